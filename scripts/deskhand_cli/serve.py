"""`deskhand serve`: the desk stays up on this machine until it is stopped."""

import os
import signal
import threading
from types import FrameType
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from scripts.deskhand_cli.desks import steps
from scripts.deskhand_cli.problems import CommandError, UnreadableError
from scripts.deskhand_cli.session import Session, announced, running_session
from scripts.deskhand_cli.terminal import err, out
from scripts.local_stack.ports import answers

LOOK_EVERY_S = 5.0
MOST_MISSED = 6
"""Looks in a row without an answer: a machine with much to do is slow, and not gone."""
KEY = "ANTHROPIC_API_KEY"

TICKET = (
    '{"ticket_id": "T1", "message_id": "m1", "subject": "Delivery", '
    '"text": "How long does delivery to France take?", '
    '"from": {"email": "you@example.com", "name": "You", "verified": false}}'
)


def serve(
    model: Annotated[
        Literal["offline", "claude"],
        typer.Option(
            help="Who writes: nobody outside, or Claude with your ANTHROPIC_API_KEY, which costs."
        ),
    ] = "offline",
) -> None:
    """Run the desk on this machine until you stop it with Ctrl-C."""
    # Imported here: what it takes to be an AWS is heavy, and other commands need none.
    from scripts.deskhand_cli.own_desk import own_desk

    if already := running_session():
        raise CommandError(
            f"a desk runs already (process {already.pid}); its inbox is {already.inbox_url}"
        )
    key = os.environ.get(KEY, "") if model == "claude" else ""
    if model == "claude" and not key:
        raise UnreadableError(f"--model claude needs a key of Anthropic's API in {KEY}")
    stopped = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopped.set()

    with (
        steps(err()) as report,
        own_desk(report=report, anthropic_key=key) as (session, _),
        announced(session),
    ):
        report("")
        signal.signal(signal.SIGINT, stop)
        signal.signal(signal.SIGTERM, stop)
        _introduce(out(), session)
        missed = 0
        while not stopped.wait(LOOK_EVERY_S):
            missed = 0 if answers(f"{session.api_url}/inbox") else missed + 1
            if missed == MOST_MISSED:
                raise CommandError("the local AWS is gone; start it again with `deskhand serve`")
        report("stopping")


def _introduce(console: Console, session: Session) -> None:
    """What one needs to know; addresses are not wrapped, so that they can be copied."""
    told = Text.assemble(
        ("Inbox    ", "bold"), (session.inbox_url, "cyan"), "\n",
        ("API      ", "bold"), session.api_url, "\n",
        ("API key  ", "bold"), session.api_key, "\n",
        ("AWS      ", "bold"), session.endpoint_url,
    )  # fmt: skip
    if console.is_terminal and console.width < 150:
        console.print(told, soft_wrap=True)
    else:
        console.print(Panel(told, title="Deskhand is up", expand=False))
    console.print("\nSend a ticket:\n", style="bold")
    curl = (
        f"curl -s '{session.api_url}/v1/tickets' -H 'Authorization: Bearer {session.api_key}' "
        f"-H 'Content-Type: application/json' -d '{TICKET}'"
    )
    console.print(Text(curl), soft_wrap=True)
    console.print(
        "\nIn another terminal, `deskhand ask`, `send`, `tickets`, `approvals`, `approve` and"
        " `reject` talk to this desk.\nCtrl-C stops it.",
        style="dim",
    )
