"""A second ticket about the same thing is told from one that only sounds like it."""

import json
from itertools import permutations
from pathlib import Path
from typing import NamedTuple

import pytest

from deskhand.text.sameness import says_nothing_new
from tests.builders import ROOT

FILE = ROOT / "tests" / "pairs" / "same_matter.txt"


class Pair(NamedTuple):
    same: bool
    first: str
    second: str


def read_pairs(file: Path = FILE) -> list[Pair]:
    lines = file.read_text(encoding="utf-8").splitlines()
    texts = [(line[0], *line[1:].split("|")) for line in lines if line[:1] in {"=", "!"}]
    return [Pair(kind == "=", first.strip(), second.strip()) for kind, first, second in texts]


PAIRS = read_pairs()


def test_half_of_the_pairs_are_near_misses() -> None:
    assert len(PAIRS) >= 60
    assert sum(pair.same for pair in PAIRS) * 2 == len(PAIRS)


def test_what_is_linked_is_the_same_thing_and_most_of_it_is_linked() -> None:
    linked = [pair for pair in PAIRS if says_nothing_new(pair.second, pair.first)]
    right = sum(pair.same for pair in linked)

    assert right / len(linked) >= 0.98, "precision"
    assert right / sum(pair.same for pair in PAIRS) >= 0.85, "recall"


@pytest.mark.parametrize("pair", [pair for pair in PAIRS if not pair.same], ids=str)
def test_a_near_miss_gets_an_answer_of_its_own(pair: Pair) -> None:
    assert not says_nothing_new(pair.second, pair.first)


@pytest.mark.parametrize("pair", PAIRS, ids=str)
def test_a_message_is_never_the_same_as_one_with_another_order(pair: Pair) -> None:
    assert not says_nothing_new(f"{pair.second} It is about order HR-9999.", pair.first)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("I need to see your payment methods", "I need to see the delivery methods"),
        ("I forgot to include several items in order 00123842", "I want to buy several items"),
        ("Where is my order? Please also refund HR-4102.", "Where is my order?"),
    ],
)
def test_what_was_left_out_may_be_what_made_the_difference(first: str, second: str) -> None:
    assert not says_nothing_new(second, first)


@pytest.mark.parametrize("text", ["", "Thanks!", "???", "Hello", "\U0001f642"])
def test_what_asks_nothing_is_about_nothing(text: str) -> None:
    assert not says_nothing_new(text, text)


def test_in_a_language_that_we_do_not_read_only_the_same_words_are_the_same() -> None:
    asked = "Bitte Bestellung HR-4116 stornieren"
    assert says_nothing_new(asked, asked)
    assert not says_nothing_new(asked, "Bitte Bestellung HR-4116 nicht stornieren")


def test_no_two_tickets_of_the_sample_are_about_the_same_thing() -> None:
    """The demo sends them within minutes: the second one would be linked, not answered."""
    begun: dict[str, list[tuple[str, str]]] = {}
    for file in sorted((ROOT / "scripts" / "sample" / "tickets").glob("*.json")):
        ticket = json.loads(file.read_text(encoding="utf-8"))
        said = f"{ticket.get('subject', '')}\n{ticket['messages'][0]['text']}"
        begun.setdefault(json.dumps(ticket["from"]), []).append((file.name, said))

    alike = [
        (one, other)
        for tickets in begun.values()
        for (one, first), (other, second) in permutations(tickets, 2)
        if says_nothing_new(second, first)
    ]
    assert alike == []
