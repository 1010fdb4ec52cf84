"""A few golden tickets and a house to walk them in, for the tests of the evaluation."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import fmean
from typing import Any

from scripts.evaluation.golden import GoldenTicket, read_golden
from scripts.evaluation.golden_alone import each_alone
from scripts.evaluation.golden_house import GoldenHouse, golden_house
from scripts.evaluation.golden_marks import Marks
from scripts.evaluation.golden_results import alone_marks, measured
from tests.builders import ROOT

ADA = {"email": "ada@example.com", "name": "Ada"}
TOMASZ = {"email": "t.wilk@example.org", "name": "Tomasz Wilk", "verified": True}
QUESTION = "Do you deliver to Norway, and how long does it take?"


def a_golden_turn(text: str = QUESTION, **bent: Any) -> dict[str, Any]:
    """A question that one article answers."""
    label = {
        "intents": ["delivery_times"],
        "articles": ["delivery-times-and-costs"],
        "endings": ["answered"],
    }
    return {"text": text} | label | bent


def a_golden_ticket(*turns: dict[str, Any], **bent: Any) -> GoldenTicket:
    """One customer with these messages."""
    given = {"id": "norway", "from": ADA, "turns": list(turns) or [a_golden_turn()]}
    return GoldenTicket.model_validate(given | bent)


def golden_file(folder: Path, *tickets: GoldenTicket) -> Path:
    """A file of these tickets."""
    file = folder / "golden.jsonl"
    lines = (one.model_dump(mode="json", by_alias=True, exclude_defaults=True) for one in tickets)
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return file


def some_of_the_sample() -> tuple[GoldenTicket, ...]:
    """Every ninth golden ticket of the sample shop."""
    return read_golden(ROOT / "scripts" / "sample" / "golden")[::9]


@contextmanager
def a_golden_house(
    folder: Path, furnished: Callable[[GoldenHouse], None] = lambda _: None
) -> Iterator[GoldenHouse]:
    """A house over an index in that folder."""
    with golden_house(folder, furnished=furnished) as house:
        yield house


def by_itself(house: GoldenHouse, tickets: tuple[GoldenTicket, ...]) -> dict[str, float]:
    """The share of right marks of each stage behind what the labels say."""
    return _shares(
        alone_marks(label, stages, house.policy)
        for ticket in tickets
        for label, stages in zip(ticket.turns, each_alone(house, ticket), strict=True)
        if stages
    )


def end_to_end(house: GoldenHouse, tickets: tuple[GoldenTicket, ...]) -> dict[str, float]:
    """The share of right marks as everything really came."""
    return _shares(
        turn.whole for ticket in tickets for turn in measured(house, ticket, alone=False).turns
    )


def _shares(marked: Iterable[Marks]) -> dict[str, float]:
    found: dict[str, list[bool]] = {}
    for marks in marked:
        for name, right in marks.items():
            found.setdefault(name, []).append(right)
    return {name: fmean(marks) for name, marks in found.items()}
