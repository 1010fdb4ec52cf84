"""Tickets that Claude reads and writes, over a stand-in: whatever it does, a ticket ends well."""

import pytest

from deskhand import wiring
from tests.claude.brain import told_in
from tests.flow.claude_desk import BY_RULE, FAULTS, SLOW, UNSURE, WRITTEN, a_desk, asks
from tests.flow.conftest import House


def test_a_question_is_answered_in_the_words_of_an_article_and_its_cost_is_kept(
    house: House,
) -> None:
    with a_desk(house, BY_RULE) as server:
        turn, told = asks(house)
        spent = wiring.spending().spent(turn.turn.conversation_id)  # type: ignore[union-attr]

    assert turn.ending.kind == "answered"
    assert "France" in told
    assert turn.turn.draft.written_by.startswith("claude-haiku-5-5")  # type: ignore[attr-defined]
    assert [told_in(body).task for body in server.bodies] == ["draft"]
    assert spent.conversation_microusd > 0


@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_claude_does_wrong_a_person_has_the_ticket_and_no_broken_word_goes_out(
    house: House, fault: str
) -> None:
    with a_desk(house, lambda _: FAULTS[fault], timeout_s=0.3 if fault in SLOW else 20.0):
        turn, told = asks(house)
        notes = house.ticket(turn.turn.ticket_id).notes

    assert turn.ending.kind == "handed_over"
    for broken in ("Zebra", "{", "<html", "claims", "stand_in"):
        assert broken not in told
    assert notes, "a person starts with what was found"


FINAL = {
    *("invented", "cut off", "cut off where it looks whole", "too much to read"),
    *("wrong key", "no credit", "not there", "too large", "wrong request"),
}
"""What asking once more would not mend."""


@pytest.mark.parametrize("fault", sorted(set(FAULTS) - FINAL))
def test_what_goes_wrong_once_is_not_seen_by_the_customer(house: House, fault: str) -> None:
    with a_desk(house, BY_RULE, timeout_s=1.0 if fault in SLOW else 20.0) as server:
        server.next(FAULTS[fault])
        turn, told = asks(house)

    assert turn.ending.kind == "answered"
    assert "France" in told
    assert "Zebra" not in told
    assert len(server.requests) == 2


def test_what_claude_invents_is_written_anew_by_the_larger_model_and_then_left_to_a_person(
    house: House,
) -> None:
    with a_desk(house, lambda _: WRITTEN) as server:
        turn, _ = asks(house)

    assert turn.ending.kind == "handed_over"
    asked = [told_in(body) for body in server.bodies]
    assert len(asked) > 1
    assert "objections" not in asked[0].texts
    assert all("objections" in told.texts for told in asked[1:])


def test_a_wish_that_the_classifier_is_not_sure_of_is_read_by_claude(house: House) -> None:
    with a_desk(house, BY_RULE) as server:
        turn, _ = asks(house, UNSURE)

    assert told_in(server.bodies[0]).task == "classify"
    assert turn.turn.classification.read_by.startswith("claude-haiku-5-5")  # type: ignore[attr-defined]


@pytest.mark.parametrize("fault", ["no JSON", "refused", "overloaded", "wrong key", "cut off"])
def test_where_claude_cannot_even_read_a_person_has_the_ticket(house: House, fault: str) -> None:
    with a_desk(house, lambda _: FAULTS[fault]):
        turn, _ = asks(house, UNSURE)

    assert turn.ending.kind == "handed_over"
