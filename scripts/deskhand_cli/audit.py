"""`deskhand audit`: what was decided and done, by whom and why, for whoever has to check it."""

import json as json_text
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from scripts.deskhand_cli.api import DeskApi
from scripts.deskhand_cli.desks import running_desk
from scripts.deskhand_cli.problems import UnreadableError
from scripts.deskhand_cli.terminal import err, out, plain

DAY = timedelta(days=1)
DAYS_BY_DEFAULT = 7
MOST_DAYS = 3_660

Entry = dict[str, Any]


def audit(
    from_day: Annotated[
        str, typer.Option("--from", metavar="DAY", help="The first day (UTC), as 2026-11-21.")
    ] = "",
    to_day: Annotated[
        str, typer.Option("--to", metavar="DAY", help="The last day; today if left out.")
    ] = "",
    conversation: Annotated[
        str, typer.Option(metavar="ID", help="Only this conversation, whenever that was.")
    ] = "",
    json: Annotated[
        bool, typer.Option("--json", help="Print each entry whole, as one line of JSON.")
    ] = False,
) -> None:
    """Show what was decided and done, by whom and why, oldest first; the last week by default."""
    if conversation and (from_day or to_day):
        raise UnreadableError("give --conversation, or --from and --to, not both")
    days = () if conversation else _days(from_day, to_day)
    with running_desk() as api:
        found = api.audit(conversation=conversation) if conversation else _each_day(api, days)
        if json:
            for entry in found:
                sys.stdout.write(json_text.dumps(entry, ensure_ascii=False) + "\n")
            return
        entries = list(found)
    out().print(_table(entries) if entries else "Nothing was decided or done then.")


def _days(first: str, last: str) -> tuple[datetime, ...]:
    """The beginnings of the days that are asked for."""
    end = (
        _day("--to", last)
        if last
        else datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    )
    begin = _day("--from", first) if first else end - (DAYS_BY_DEFAULT - 1) * DAY
    count = (end - begin).days + 1
    if count < 1:
        raise UnreadableError(f"--from {begin:%Y-%m-%d} is after --to {end:%Y-%m-%d}")
    if count > MOST_DAYS:
        raise UnreadableError(f"{count} days are too many at once; ask for at most {MOST_DAYS}")
    return tuple(begin + number * DAY for number in range(count))


def _day(option: str, text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise UnreadableError(f"{option} is {text!r}; write a day as 2026-11-21") from None


def _each_day(api: DeskApi, days: tuple[datetime, ...]) -> Iterator[Entry]:
    """The entries day by day; how far that is stands on standard error, if that is a terminal."""
    console = err()
    columns = (TextColumn("{task.description}"), BarColumn(bar_width=30), MofNCompleteColumn())
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task("days", total=len(days))
        for day in days:
            bar.update(task, description=f"{day:%Y-%m-%d}")
            yield from api.audit(since=day, until=day + DAY)
            bar.advance(task)


def _table(entries: list[Entry]) -> Table:
    table = Table(header_style="bold", pad_edge=False)
    for column in ("when", "conversation", "who", "what", "because"):
        table.add_column(column, overflow="fold")
    for entry in entries:
        cells = (
            entry["at"][:19].replace("T", " "),
            entry["conversation_id"],
            entry["who"],
            "\n".join([entry["what"], *map(_in_a_line, entry["actions"])]),
            ", ".join([entry["intent"], *entry["rules"]] if entry["intent"] else entry["rules"]),
        )
        table.add_row(*(plain(cell) for cell in cells))
    return table


def _in_a_line(action: Entry) -> str:
    told = f" ({action['reference']})" if action["reference"] else ""
    return f"- {action['name']}: {action['came_to'].replace('_', ' ')}{told}"
