"""`deskhand kb search`: what the agent finds in the articles, now or in a past turn."""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from scripts.deskhand_cli.desks import Key, Url, desk_at
from scripts.deskhand_cli.problems import UnreadableError
from scripts.deskhand_cli.terminal import out, plain, print_json

EXCERPT = 160
Shown = dict[str, Any]


def search(
    words: Annotated[str, typer.Argument(help="What the customer writes.")] = "",
    language: Annotated[
        str | None, typer.Option(help="Look in this language; an empty one means all.")
    ] = None,
    category: Annotated[
        str | None,
        typer.Option(help="Look in this category, or in several, by commas; empty means all."),
    ] = None,
    plan: Annotated[str | None, typer.Option(help="As somebody with this plan.")] = None,
    region: Annotated[str | None, typer.Option(help="As somebody of this region.")] = None,
    channel: Annotated[str | None, typer.Option(help="As somebody who writes by this.")] = None,
    on: Annotated[
        str | None, typer.Option(metavar="DAY", help="What is in force then, as 2026-11-21.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, max=50, help="So many passages at most.")
    ] = None,
    turn: Annotated[
        str | None, typer.Option(metavar="ID", help="A past turn: its id, or how it begins.")
    ] = None,
    conversation: Annotated[
        str | None, typer.Option(metavar="ID", help="Its conversation; alone: its last turn.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print all of it as JSON.")] = False,
    url: Url = "",
    key: Key = "",
) -> None:
    """Show the passages, scores and filters that the agent gets for these words.

    What an option says takes the place of what the agent would look for by itself. With --turn or
    --conversation: what a past turn has found.
    """
    instead = {
        "language": language,
        "category": category,
        "plan": plan,
        "region": region,
        "channel": channel,
        "on": on and _day(on),
        "limit": None if limit is None else str(limit),
    }
    given = {name: value for name, value in instead.items() if value is not None}
    past = {"turn": turn, "conversation": conversation}
    named = {name: value for name, value in past.items() if value}
    if bool(words.strip()) == bool(named):
        raise UnreadableError("write what to look for, or name a past turn by --turn")
    if named and given:
        options = ", ".join(f"--{name}" for name in given)
        raise UnreadableError(f"a past turn is shown as it was: leave out {options}")
    with desk_at(url, key) as api:
        found = api.search(named or {"q": words} | given)
    if json:
        print_json(found)
        return
    for part in _shown(found):
        out().print(part)


def _day(text: str) -> str:
    try:
        return f"{datetime.strptime(text, '%Y-%m-%d'):%Y-%m-%d}"
    except ValueError:
        raise UnreadableError(f"--on is {text!r}; write a day as 2026-11-21") from None


def _shown(found: Shown) -> Iterator[Text | Table]:
    yield from _read(found)
    for searched in found["searches"]:
        yield Text.assemble(
            plain(f"looked for “{searched['query']}”"),
            plain(f"  {_filters(searched['filters'])}: {searched['found']} found", "dim"),
        )
    if found["passages"]:
        yield _passages(found["passages"])
    else:
        yield Text("Nothing was found.", "yellow")
    best = max((one["similarity"] for one in found["passages"]), default=0.0)
    least = found["needed_similarity"]
    if found["near_enough"]:
        yield Text(f"The nearest has a cosine of {best:.2f}; from {least} on it may answer.")
    else:
        words = f"The nearest has a cosine of {best:.2f}, below {least}: this counts as nothing."
        yield Text(words, "yellow")
    yield from (plain(f"failed: {trouble}", "red") for trouble in found["troubles"])
    for left_out in found["outside"]:
        passage = left_out["passage"]
        where = f"{passage['article_id']} ({passage['category']}, {passage['language']})"
        words = f"Nearer, and left out by the filter of {left_out['filter']}: {where},"
        yield plain(f"{words} with a cosine of {passage['similarity']:.2f}", "cyan")


def _read(found: Shown) -> Iterator[Text]:
    if past := found["past"]:
        when = past["started_at"][:16].replace("T", " ")
        looks = f", after {past['looks']} looks more" if past["looks"] else ""
        yield plain(f"turn {past['turn_id']} of {past['conversation_id']}, {when}{looks}", "bold")
    wants = ", ".join(f"{one['intent']} {one['confidence']:.2f}" for one in found["intents"])
    question = " ".join(found["question"].split())
    yield plain(f"read as {wants or 'nothing in scope'}, {found['language']}: “{question}”")
    if past and not past["as_now"]:
        words = "What it found stands below; with articles and policy of today it would differ."
        yield Text(words, "yellow")


def _filters(filters: Shown) -> str:
    who = ", ".join(f"{name} {value}" for name, value in filters["reader"].items() if value)
    return " · ".join(
        (
            "in " + (", ".join(filters["categories"]) or "all categories"),
            filters["language"] or "all languages",
            f"in force on {filters['on']}",
            f"for {who or 'anybody'}",
        )
    )


def _passages(passages: list[Shown]) -> Table:
    table = Table(box=SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for name in ("score", "cosine"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("passage", overflow="fold", ratio=2)
    table.add_column("says", ratio=3)
    for one in passages:
        heading = f", {one['heading']}" if one["heading"] else ""
        where = f"{one['title']}{heading}\n{one['id']}\n{one['category']}, {one['language']}"
        ranks = f", authority {one['authority']}" if one["authority"] else ""
        table.add_row(
            f"{one['score']:.3f}",
            f"{one['similarity']:.3f}",
            plain(where + ranks),
            plain(_excerpt(one["text"]), "dim"),
        )
    return table


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else line[:EXCERPT].rsplit(" ", 1)[0] + " …"
