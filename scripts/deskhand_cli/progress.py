"""What is shown while tickets are on their way."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from scripts.deskhand_cli.runner import Report
from scripts.deskhand_cli.terminal import plain
from scripts.sample.ticket_file import SampleTicket

SHOWN = 4


@contextmanager
def shown_progress(console: Console, *, total: int) -> Iterator[Report]:
    """A bar for all tickets and the last words about those that run; silent without a terminal."""
    running: dict[str, str] = {}
    lock = Lock()
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("[dim]{task.fields[now]}"),
    )
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task("tickets", total=total, now="")

        def report(ticket: SampleTicket, what: str) -> None:
            with lock:
                running.pop(ticket.id, None)
                if what == "ended":
                    bar.advance(task)
                else:
                    running[ticket.id] = what
                last = list(running.items())[-SHOWN:]
                now = plain(", ".join(f"{id_} ({said})" for id_, said in last))
                bar.update(task, now=now.plain.replace("[", "\\["))

        yield report
