"""`deskhand send`: tickets from a file or a folder, compared with what the file expects."""

import time
from pathlib import Path
from typing import Annotated

import typer

from scripts.deskhand_cli.desks import any_desk, fresh_desk
from scripts.deskhand_cli.outcome import Summary
from scripts.deskhand_cli.problems import UnreadableError
from scripts.deskhand_cli.progress import shown_progress
from scripts.deskhand_cli.runner import AT_ONCE, run_tickets
from scripts.deskhand_cli.tables import outcome_table, summary_lines
from scripts.deskhand_cli.terminal import err, out, print_json
from scripts.sample.ticket_file import SampleTicket, TicketFileError, read_tickets


def send(
    path: Annotated[
        Path, typer.Argument(help="A .json or .jsonl file of tickets, or a folder of such files.")
    ],
    check: Annotated[
        bool, typer.Option("--check", help="End with 1 unless all end as their files say.")
    ] = False,
    alone: Annotated[
        bool, typer.Option("--alone", help="Use a fresh desk even while another one runs.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the outcomes as JSON.")] = False,
    at_once: Annotated[
        int, typer.Option(min=1, max=32, help="How many customers write at the same time.")
    ] = AT_ONCE,
) -> None:
    """Send tickets from a file or a folder and say how each ended."""
    tickets = tickets_of(path)
    with (fresh_desk if alone else any_desk)() as (api, _):
        began_s = time.monotonic()
        with shown_progress(err(), total=len(tickets)) as told:
            outcomes = run_tickets(tickets, desk=api, report=told, at_once=at_once)
        summary = Summary.of(outcomes, elapsed_s=time.monotonic() - began_s)
    if json:
        listed = [outcome.as_json() for outcome in outcomes]
        print_json({"tickets": listed, "summary": summary.as_json()})
    else:
        console = out()
        console.print(outcome_table(outcomes))
        console.print()
        console.print(summary_lines(summary, outcomes))
    if check and summary.as_expected < summary.tickets:
        raise typer.Exit(1)


def tickets_of(path: Path) -> tuple[SampleTicket, ...]:
    """The tickets of a file or a folder; what cannot be read is named with what is wrong."""
    try:
        tickets = read_tickets(path)
    except TicketFileError as error:
        raise UnreadableError(str(error)) from error
    except OSError as error:
        raise UnreadableError(f"{path}: {error.strerror or error}") from error
    if not tickets:
        raise UnreadableError(f"{path}: there is no ticket in it; write one JSON object a line")
    return tickets
