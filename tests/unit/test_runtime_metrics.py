"""What the machine counts as a turn ends: how many needed an article, and how many found none."""

import json
from collections.abc import Iterator

import pytest

from deskhand.domain.turn import Ending, Envelope, Judged
from deskhand.domain.verdict import Articles, Verdict
from deskhand.runtime import step
from tests.builders import NOON, a_judged_turn
from tests.memory_house import MemoryHouse
from tests.wired import wired_to


@pytest.fixture
def house() -> Iterator[MemoryHouse]:
    house = MemoryHouse()
    with wired_to(house):
        yield house


@step
def act(turn: Judged) -> Ending:
    return Ending(kind="answered", why="all", at=NOON)


def counted(house: MemoryHouse, articles: Articles, said: pytest.CaptureFixture[str]) -> object:
    """The metrics of a turn's ending, by their names."""
    turn = house.stored(a_judged_turn(verdict=Verdict(decision="send", articles=articles)))
    said.readouterr()
    act(Envelope.of(turn).model_dump(mode="json"), None)
    lines = [json.loads(line) for line in said.readouterr().out.splitlines() if "_aws" in line]
    names = ("Retrievals", "ThinRetrievals")
    return {name: line[name] for line in lines for name in names if name in line}


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        ("enough", {"Retrievals": [1.0], "ThinRetrievals": [0.0]}),
        ("thin", {"Retrievals": [1.0], "ThinRetrievals": [1.0]}),
        ("unasked", {}),
    ],
)
def test_a_turn_counts_once_if_it_needed_an_article(
    house: MemoryHouse,
    capsys: pytest.CaptureFixture[str],
    articles: Articles,
    expected: dict[str, list[float]],
) -> None:
    assert counted(house, articles, capsys) == expected
