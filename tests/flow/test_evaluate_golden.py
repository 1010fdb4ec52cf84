"""Golden tickets go through the real graph: every message to its ending, and every stage alone."""

import json
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import pytest

from deskhand.domain.draft import Draft
from deskhand.domain.turn import Ended, Ending, Judged
from deskhand.errors import Unavailable
from scripts.evaluation.golden_figures import pass_at
from scripts.evaluation.golden_from_turn import golden_of
from scripts.evaluation.golden_house import GoldenHouse
from scripts.evaluation.golden_results import measured
from scripts.evaluation.golden_walk import walk
from tests.builders import NOON, a_judged_turn, an_asker
from tests.evaluating import TOMASZ, a_golden_house, a_golden_ticket, a_golden_turn

REFUND = {"name": "refund_order", "ruling": "allowed", "arguments": {"order_id": "HR-4102"}}
DEAR = {"name": "refund_order", "ruling": "asked", "arguments": {"order_id": "HR-4105"}}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GoldenHouse]:
    with a_golden_house(tmp_path_factory.mktemp("golden")) as built:
        yield built


def a_cancellation(text: str, ending: str, **bent: Any) -> dict[str, Any]:
    action = {"name": "cancel_order", "ruling": "allowed", "arguments": {"order_id": "HR-4103"}}
    label = {"intents": ["cancel_order"], "articles": [], "endings": [ending]}
    return a_golden_turn(text, **label | {"actions": [action]} | bent)


def test_a_question_is_walked_to_its_answer_and_passes(house: GoldenHouse) -> None:
    result = measured(house, a_golden_ticket())

    [turn] = result.turns
    assert result.passed
    assert (turn.ended, turn.read, turn.written_by) == ("answered", ("delivery_times",), "offline")
    assert turn.whole == dict.fromkeys(turn.whole, True)
    assert turn.alone == dict.fromkeys(turn.alone, True)
    assert {"classify", "retrieve", "generate", "gate", "act"} == set(turn.stages_ms)


def test_what_should_have_been_otherwise_is_told_in_sentences(house: GoldenHouse) -> None:
    label = a_golden_turn(articles=["gift-cards"], endings=["handed_over"], intents=["gift_cards"])

    result = measured(house, a_golden_ticket(label))

    [turn] = result.turns
    assert not result.passed
    assert "intents: expected gift_cards; found delivery_times" in turn.differences
    assert "no person was brought in" in turn.differences
    assert turn.differences[0].startswith("ending: expected handed_over; found answered")


def test_a_yes_is_sent_once_it_was_asked_for(house: GoldenHouse) -> None:
    first = a_golden_turn(
        "Where is my order?", intents=["order_status"], articles=[], endings=["asked_customer"]
    )
    second = a_golden_turn(
        "HR-4102", intents=["order_status"], articles=[], facts=["order:HR-4102"]
    )
    ticket = a_golden_ticket(first, second, **{"from": TOMASZ})

    happened = walk(house, ticket)

    assert [len(one.turn.history) for one in happened if one.turn] == [0, 2]
    assert all(one.ending for one in happened)


def test_people_say_yes_at_once_to_what_they_are_asked(house: GoldenHouse) -> None:
    label = a_golden_turn(
        "refund my jacket HR-4105 please, 119 euros",
        intents=["refund_request"],
        articles=[],
        facts=["order:HR-4105"],
        actions=[DEAR],
    )
    camille = {"email": "camille.roussel@example.com", "name": "C", "verified": True}

    result = measured(house, a_golden_ticket(label, **{"from": camille}))

    [turn] = result.turns
    assert turn.had_person
    assert turn.needs_person
    assert (turn.whole["ruling"], turn.whole["escalation"], turn.whole["deed"]) == (True,) * 3


def test_each_ticket_finds_the_shop_as_new(house: GoldenHouse) -> None:
    label = a_golden_turn(
        "refund HR-4102 please",
        intents=["refund_request"],
        articles=[],
        facts=["order:HR-4102"],
        actions=[REFUND],
    )
    ticket = a_golden_ticket(label, **{"from": TOMASZ})

    first, second = measured(house, ticket), measured(house, ticket)

    assert first.turns[0].whole == second.turns[0].whole
    assert first.turns[0].whole["deed"]


def test_a_stage_that_raises_is_a_miss_of_its_own_and_loses_no_ticket(
    house: GoldenHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("it is broken")

    monkeypatch.setattr(house.handlers["generate"], "generate", broken)

    [turn] = measured(house, a_golden_ticket()).turns

    assert turn.ended == "handed_over"
    assert turn.differences[0] == "trouble: generate: ValueError: it is broken"
    alone = {name: right for name, right in turn.alone.items() if not right}
    assert set(alone) == {"grounding", "citation"}


def test_what_the_door_refuses_is_a_miss_with_its_reason(house: GoldenHouse) -> None:
    [turn] = measured(house, a_golden_ticket(a_golden_turn("word " * 60_000))).turns

    assert (turn.ended, turn.alone) == ("refused", {})
    assert turn.whole["ending"] is False
    assert turn.differences[0].startswith("trouble: text")


def test_what_fails_for_a_moment_is_tried_again(
    house: GoldenHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = iter([Unavailable("the search")])
    real: Callable[..., Any] = house.handlers["retrieve"].retrieve  # type: ignore[attr-defined]

    def flaky(*args: object, **ports: object) -> Any:
        for error in once:
            raise error
        return real(*args, **ports)

    monkeypatch.setattr(house.handlers["retrieve"], "retrieve", flaky)

    [happened] = walk(house, a_golden_ticket())

    assert happened.kind == "answered"


def test_a_model_that_is_random_is_run_again_and_told_by_pass_at_k(house: GoldenHouse) -> None:
    draw = Random(7)
    model = house.kept["language_model"]

    class Sometimes:
        classify = staticmethod(model.classify)

        def draft(self, turn: Any, **given: Any) -> Draft:
            if draw.random() < 0.2:
                return Draft(missing="it was not in the mood", written_by="by chance")
            drafted: Draft = model.draft(turn, **given)
            return drafted

    house.kept["language_model"] = Sometimes()
    try:
        runs = tuple(measured(house, a_golden_ticket(), alone=False) for _ in range(8))
    finally:
        house.kept["language_model"] = model

    told = pass_at({"norway": runs})
    assert 0 < told[1] < 1
    assert told[1] > told[4] > told[8] == 0


def test_a_walked_conversation_becomes_a_case_that_comes_out_the_same(house: GoldenHouse) -> None:
    ticket = a_golden_ticket(
        a_golden_turn("Hello, I am Ada. Do you deliver to Norway?"),
        a_golden_turn("I will take you to court over this!"),
    )
    stored = [
        Ended(turn=one.turn, ending=one.ending)
        for one in walk(house, ticket)
        if one.turn and one.ending
    ]

    case = golden_of(stored, stored[-1].turn.id[:8])

    assert case is not None
    assert [turn.endings for turn in case.turns] == [("answered",), ("handed_over",)]
    assert case.turns[0].text == "Hello, I am [name]. Do you deliver to Norway?"
    assert case.turns[0].articles == ("delivery-times-and-costs",)
    corrected = case.model_copy(update={"to_correct": ""})
    assert measured(house, corrected).passed


def a_story() -> tuple[Ended, ...]:
    """A customer who signs, whose first message a person had and whose second was answered."""
    turns = []
    for number, text in enumerate(
        ("I am Ada Lovelace, ring me: +49 151 23456789", "Thanks, Ada Lovelace. And HR-4102?"), 1
    ):
        turn = a_judged_turn(text, asker=an_asker(name="Ada Lovelace"), id=f"{number}" * 32)
        turns.append(turn.model_copy(update={"started_at": NOON.replace(minute=number)}))
    kinds = ("handed_over", "answered")
    return tuple(
        Ended(turn=turn, ending=Ending(kind=kind, why="x", at=NOON, codes=("LEGAL",)))
        for turn, kind in zip(turns, kinds, strict=True)
    )


def test_a_stored_turn_becomes_a_masked_case_that_a_person_has_to_correct() -> None:
    story = a_story()

    ticket = golden_of(story, "2222")

    assert ticket is not None
    assert ticket.to_correct.startswith("Labelled with what happened.")
    assert (ticket.sender.email, ticket.sender.name) == ("customer@example.com", "")
    [turn] = ticket.turns  # what a person had before it is another story
    assert turn.endings == ("answered",)
    assert turn.intents
    written = json.dumps(ticket.model_dump(mode="json"))
    for private in ("Ada", "Lovelace", "23456789", "HR-4102", "ada@example.com"):
        assert private not in written


def test_a_case_of_the_first_turn_ends_there() -> None:
    ticket = golden_of(a_story(), "1" * 32)

    assert ticket is not None
    [turn] = ticket.turns
    assert (turn.endings, turn.codes) == (("handed_over",), ("LEGAL",))
    assert golden_of(a_story(), "3333") is None


def test_the_rulings_of_a_stored_turn_are_its_cases_without_arguments() -> None:
    [_, last] = a_story()
    assert isinstance(last.turn, Judged)

    ticket = golden_of((last,), "2")

    assert ticket is not None
    proposed = [one.name for one in last.turn.draft.actions]
    assert [one.name for one in ticket.turns[0].actions] == proposed
    assert all(one.arguments == {} for one in ticket.turns[0].actions)
