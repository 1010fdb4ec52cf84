"""Which desk a command talks to: the one that `deskhand serve` runs, else one of its own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console
from rich.status import Status

from scripts.deskhand_cli.api import Address, DeskApi
from scripts.deskhand_cli.problems import CommandError, UnreadableError
from scripts.deskhand_cli.session import Session, running_session
from scripts.deskhand_cli.terminal import err

Url = Annotated[
    str,
    typer.Option(
        help="Where a desk's API is (the stack's output ApiUrl); without it, the one on this "
        "machine.",
        envvar="DESKHAND_API_URL",
    ),
]
Key = Annotated[
    str,
    typer.Option(help="The key of that API; better in the environment.", envvar="DESKHAND_API_KEY"),
]


def the_session() -> Session:
    """How to reach the desk that `deskhand serve` runs."""
    session = running_session()
    if session is None:
        raise CommandError("no desk runs; start one with `deskhand serve` in another terminal")
    return session


@contextmanager
def running_desk() -> Iterator[DeskApi]:
    """The desk that `deskhand serve` runs, and no other: what it knows is what is asked for."""
    with DeskApi(the_session().address) as api:
        yield api


@contextmanager
def desk_at(url: str, key: str) -> Iterator[DeskApi]:
    """The desk at an address, on AWS for example; without one the desk that runs here."""
    if not url:
        with running_desk() as api:
            yield api
        return
    if not key:
        raise UnreadableError("a desk at --url wants its API key: set DESKHAND_API_KEY")
    with DeskApi(Address(url.rstrip("/"), key, webhook_secret="")) as api:
        yield api


@contextmanager
def any_desk() -> Iterator[tuple[DeskApi, bool]]:
    """The desk that runs, else one for the moment; and whether it stays afterwards."""
    session = running_session()
    if session is None:
        with fresh_desk() as fresh:
            yield fresh
    else:
        with DeskApi(session.address) as api:
            yield api, True


@contextmanager
def fresh_desk() -> Iterator[tuple[DeskApi, bool]]:
    """A desk for the moment, which knows only the sample shop and does not stay."""
    # Imported here: what it takes to be an AWS is heavy, and most commands need none.
    from scripts.deskhand_cli.own_desk import own_desk

    with steps(err()) as report, own_desk(report=report) as (own, _):
        report("")
        with DeskApi(own.address) as api:
            yield api, False


@contextmanager
def steps(console: Console) -> Iterator[Callable[[str], None]]:
    """Tells one step after another, each in place of the last; an empty one ends the telling."""
    status = Status("", console=console)

    def report(step: str) -> None:
        if not step:
            status.stop()
        elif console.is_terminal:
            status.update(f"[dim]{step} …")
            status.start()
        else:
            console.print(step, style="dim")

    try:
        yield report
    finally:
        status.stop()
