"""`deskhand kb gaps`: what customers asked and no article answers."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from scripts.deskhand_cli.desks import Key, Url, desk_at
from scripts.deskhand_cli.terminal import out, plain, print_json

BAR_WIDTH = 30
LONGEST_QUESTION = 200
Report = dict[str, Any]


def gaps(
    days: Annotated[int, typer.Option(min=1, max=31, help="So many days, with today.")] = 7,
    json: Annotated[bool, typer.Option("--json", help="Print all of it as JSON.")] = False,
    url: Url = "",
    key: Key = "",
) -> None:
    """Show what customers asked and no article answers, the most frequent first.

    Ends with 1 if too many of yesterday's questions found nothing; what is too many stands in
    policies/replies.toml.
    """
    with desk_at(url, key) as api:
        report = api.gaps(days=days)
    if json:
        print_json(report)
    else:
        for part in _shown(report):
            out().print(part)
    if report["too_high"]:
        raise typer.Exit(1)


def _shown(report: Report) -> Iterator[Text | Table]:
    yield _days(report)
    limit, least = report["max_share"], report["min_retrievals"]
    yield Text(f"More than {limit:.0%} is too much, on a day with {least} or more.", "dim")
    if not report["complete"]:
        words = f"Only these days: more than {report['read']} turns are too many to read at once."
        yield Text(words, "yellow")
    if not report["gaps"]:
        yield Text("No question went without an article.")
        return
    yield _gaps(report["gaps"])
    if report["thin"] > report["grouped"]:
        words = f"Of {report['thin']} questions the newest {report['grouped']} are in these groups."
        yield Text(words, "yellow")


def _days(report: Report) -> Table:
    table = Table(box=SIMPLE_HEAD, header_style="bold", pad_edge=False)
    table.add_column("day (UTC)", no_wrap=True)
    table.add_column("needed an article", justify="right")
    table.add_column("found none", justify="right")
    table.add_column("share", justify="right")
    table.add_column("", no_wrap=True)
    for day in report["days"]:
        style = "bold red" if day["too_high"] else ""
        filled = round(day["share"] * BAR_WIDTH)
        table.add_row(
            day["day"],
            str(day["retrievals"]),
            str(day["thin"]),
            Text(f"{day['share']:.1%}" if day["retrievals"] else "-", style),
            Text("█" * filled + "·" * (BAR_WIDTH - filled), style or "dim")
            + Text(" too many" if day["too_high"] else "", style),
        )
    return table


def _gaps(found: list[Report]) -> Table:
    table = Table(box=SIMPLE_HEAD, header_style="bold", pad_edge=False)
    table.add_column("asked", justify="right")
    table.add_column("what, for example", ratio=3)
    table.add_column("last", no_wrap=True)
    table.add_column("tickets", ratio=2, overflow="fold")
    table.add_column("closest article", ratio=2, overflow="fold")
    for gap in found:
        tickets = ", ".join(dict.fromkeys(one["ticket_id"] for one in gap["examples"]))
        table.add_row(
            str(gap["count"]),
            plain(_short(gap["question"])),
            gap["last_asked_at"][:10],
            plain(tickets),
            _closest(gap["closest"]),
        )
    return table


def _closest(closest: Report | None) -> Text:
    if closest is None:
        return Text("none", "dim")
    heading = f", {closest['heading']}" if closest["heading"] else ""
    named = plain(f"{closest['title']}{heading} ({closest['article_id']})")
    tells = ": near, does it say so?" if closest["near_enough"] else ""
    style = "green" if tells else "dim"
    return named + Text(f" {closest['similarity']:.2f}{tells}", style)


def _short(text: str) -> str:
    line = " ".join(text.split())
    longer = len(line) > LONGEST_QUESTION
    return line[:LONGEST_QUESTION].rsplit(" ", 1)[0] + " …" if longer else line
