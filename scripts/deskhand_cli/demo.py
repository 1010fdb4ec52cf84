"""`deskhand demo`: every sample ticket goes through the whole house, on this machine."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal

import typer

from scripts.deskhand_cli.api import DeskApi
from scripts.deskhand_cli.desks import steps
from scripts.deskhand_cli.outcome import Outcome, Summary
from scripts.deskhand_cli.problems import CommandError
from scripts.deskhand_cli.progress import shown_progress
from scripts.deskhand_cli.runner import AT_ONCE, run_tickets
from scripts.deskhand_cli.send import tickets_of
from scripts.deskhand_cli.tables import outcome_table, summary_lines
from scripts.deskhand_cli.terminal import err, out, print_json
from scripts.search_server import ServerMissingError, search_server

Store = Literal["embedded", "opensearch"]

WHERE_NEXT = """\
  deskhand serve           the same desk stays up, with its inbox as a page in your browser
  deskhand ask "…"         one question of yours, with everything that happens to it
  deskhand send FILE       tickets of yours, written as scripts/sample/README.md explains"""


def demo(
    auth: Annotated[
        bool, typer.Option(help="Give each function only the rights of its role.")
    ] = True,
    json: Annotated[bool, typer.Option("--json", help="Print the outcomes as JSON.")] = False,
    sample: Annotated[
        Path | None,
        typer.Option(help="Another shop, made like scripts/sample (its rename.py makes copies)."),
    ] = None,
    search: Annotated[
        Store, typer.Option(help="Where articles are searched; OpenSearch is a server of its own.")
    ] = "embedded",
    at_once: Annotated[
        int, typer.Option(min=1, max=32, help="How many customers write at the same time.")
    ] = AT_ONCE,
) -> None:
    """Show every sample ticket going through the whole house, with what came of each."""
    # Imported here: what it takes to be an AWS is heavy, and other commands need none.
    from scripts.deskhand_cli.own_desk import SAMPLE, own_desk

    shop = sample or SAMPLE
    tickets = tickets_of(shop / "tickets")
    began_s = time.monotonic()
    with (
        steps(err()) as report,
        _searched_in(search, report) as search_url,
        own_desk(auth=auth, report=report, sample=shop, search_url=search_url) as (session, _),
    ):
        report("")
        with (
            DeskApi(session.address) as api,
            shown_progress(err(), total=len(tickets)) as told,
        ):
            outcomes = run_tickets(tickets, desk=api, report=told, at_once=at_once)
        elapsed_s = time.monotonic() - began_s
    _show(outcomes, Summary.of(outcomes, elapsed_s=elapsed_s), as_json=json)
    if not all(outcome.as_expected for outcome in outcomes):
        raise typer.Exit(1)


@contextmanager
def _searched_in(store: Store, report: Callable[[str], None]) -> Iterator[str]:
    """The address of the server that is searched; empty where there is none."""
    if store == "embedded":
        yield ""
        return
    report("starting OpenSearch")
    try:
        with search_server() as url:
            yield url
    except ServerMissingError as error:
        raise CommandError(str(error)) from error


def _show(outcomes: tuple[Outcome, ...], summary: Summary, *, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "tickets": [outcome.as_json() for outcome in outcomes],
                "summary": summary.as_json(),
            }
        )
        return
    console = out()
    console.print(outcome_table(outcomes))
    console.print()
    console.print(summary_lines(summary, outcomes))
    console.print(f"\n[dim]Where to look further:\n{WHERE_NEXT}")
