"""What `Conversations` promises about who is asking: a right code, and what waited for it."""

from datetime import timedelta
from typing import Any

import pytest

from deskhand.domain.code import CodeTried
from deskhand.domain.turn import Turn
from tests.builders import NOON, a_message, an_arrival, an_asker
from tests.contract.conftest import Desk
from tests.contract.steps import LEASE_S, arrive, claimed, end, head, opened, texts

STRANGER = an_asker(verified=False)
HOUR = timedelta(hours=1)


def asks(desk: Desk, name: str, **bent: Any) -> None:
    """A message of somebody whom the helpdesk does not know."""
    arrive(desk, name, asker=bent.pop("asker", STRANGER), **bent)


def told_to_verify(desk: Desk, *names: str) -> Turn:
    """The turn of these messages, which ended with the question who is asking."""
    for name in names:
        asks(desk, name)
    turn = claimed(desk)
    end(desk, turn, "asked_customer", asks_who=True, reply="Who are you?")
    return turn


def answers(desk: Desk, result: str = "right", *, name: str = "code", **bent: Any) -> None:
    """A message with a code, of which this came."""
    asker = bent.pop("asker", STRANGER)
    given = {"result": result, "alone": True}
    if result == "right":
        given |= {"verified_until": NOON + HOUR}
    tried = CodeTried.model_validate(given | bent)
    message = a_message("[one-time code]", id=name, code=tried)
    assert desk.conversations.append(an_arrival(message=message, asker=asker))


def test_a_right_code_verifies_and_takes_up_what_was_asked_before(desk: Desk) -> None:
    told_to_verify(desk, "m1")
    answers(desk)

    turn = claimed(desk)
    assert turn.asker.verified
    assert turn.text == "m1"
    assert texts(turn.messages) == ["m1", "[one-time code]"]
    assert texts(turn.history) == ["Who are you?"]
    assert head(desk).unproven == ()


@pytest.mark.parametrize("result", ["wrong", "expired", "locked", "again"])
def test_anything_but_a_right_code_takes_it_up_and_verifies_nobody(desk: Desk, result: str) -> None:
    told_to_verify(desk, "m1")
    answers(desk, result)

    turn = claimed(desk)
    assert not turn.asker.verified
    assert turn.text == "m1"
    assert head(desk).unproven == ("m1",)


def test_after_wrong_ones_the_right_one_still_finds_what_was_asked(desk: Desk) -> None:
    told_to_verify(desk, "m1")
    answers(desk, "wrong", name="c1")
    end(desk, claimed(desk), "asked_customer", asks_who=True, reply="Not right.")
    answers(desk, name="c2")

    turn = claimed(desk)
    assert turn.text == "m1"
    assert texts(turn.history) == ["Who are you?", "[one-time code]", "Not right."]


def test_what_needed_no_identity_is_not_answered_again(desk: Desk) -> None:
    told_to_verify(desk, "m1")
    asks(desk, "m2")
    end(desk, claimed(desk), "answered")
    answers(desk)

    assert texts(claimed(desk).messages) == ["m1", "[one-time code]"]


def test_everything_that_waited_is_taken_up_in_its_order(desk: Desk) -> None:
    told_to_verify(desk, "m1", "m2")
    told_to_verify(desk, "m3")
    answers(desk)

    assert claimed(desk).text == "m1\nm2\nm3"


def test_the_next_messages_are_verified_too_until_the_hour_is_over(desk: Desk) -> None:
    told_to_verify(desk, "m1")
    answers(desk)
    end(desk, claimed(desk))

    asks(desk, "m2")
    turn = claimed(desk)
    assert turn.asker.verified
    assert texts(turn.messages) == ["m2"]
    end(desk, turn)

    asks(desk, "m3")
    late = desk.conversations.open_turn(turn.conversation_id, now=NOON + HOUR, lease_s=LEASE_S)
    assert late is not None
    assert not desk.conversations.claim(late).asker.verified


def test_a_code_verifies_nobody_else_in_the_conversation(desk: Desk) -> None:
    told_to_verify(desk, "m1")
    answers(desk)
    end(desk, claimed(desk))

    asks(desk, "m2", asker=an_asker(email="eve@example.com", verified=False))
    assert not claimed(desk).asker.verified


def test_what_another_one_asked_is_not_taken_up(desk: Desk) -> None:
    told_to_verify(desk, "m1")
    answers(desk, asker=an_asker(email="eve@example.com", verified=False))

    turn = claimed(desk)
    assert texts(turn.messages) == ["[one-time code]"]
    assert turn.text == "[one-time code]"


def test_an_address_is_the_same_in_capitals(desk: Desk) -> None:
    told_to_verify(desk, "m1")
    answers(desk, asker=an_asker(email="ADA@Example.com", verified=False))

    turn = claimed(desk)
    assert turn.asker.verified
    assert turn.text == "m1"


def test_an_address_that_only_unicode_takes_for_the_same_is_another_one(desk: Desk) -> None:
    theirs = an_asker(email="gro\u00df@example.com", verified=False)
    asks(desk, "m1", asker=theirs)
    end(desk, claimed(desk), "asked_customer", asks_who=True, reply="Who are you?")
    answers(desk, asker=theirs)
    end(desk, claimed(desk))

    asks(desk, "m2", asker=an_asker(email="gross@example.com", verified=False))
    assert not claimed(desk).asker.verified


def test_a_message_of_another_one_beside_the_code_keeps_the_turn_unverified(desk: Desk) -> None:
    told_to_verify(desk, "m1")
    asks(desk, "m2", asker=an_asker(email="eve@example.com", verified=False))
    answers(desk)

    assert not claimed(desk).asker.verified


def test_a_code_of_an_earlier_episode_shows_nothing(desk: Desk) -> None:
    turn = told_to_verify(desk, "m1")
    asks(desk, "m2")
    end(desk, claimed(desk), "handed_over")
    desk.conversations.give_back(turn.conversation_id)
    answers(desk, episode=1)

    after = claimed(desk)
    assert not after.asker.verified
    assert texts(after.messages) == ["[one-time code]"]


def test_what_a_right_code_has_shown_ends_with_the_episode(desk: Desk) -> None:
    turn = told_to_verify(desk, "m1")
    answers(desk)
    end(desk, claimed(desk), "handed_over")
    desk.conversations.give_back(turn.conversation_id)
    asks(desk, "m2")

    assert not claimed(desk).asker.verified


def test_a_turn_that_is_superseded_gives_everything_to_the_next(desk: Desk) -> None:
    told_to_verify(desk, "m1")
    answers(desk)
    end(desk, claimed(desk), "superseded")
    asks(desk, "m2")

    turn = claimed(desk)
    assert turn.text == "m1\nm2"
    assert turn.asker.verified
    assert texts(turn.history) == ["Who are you?"]


def test_a_code_that_comes_while_the_turn_gathers_is_heard(desk: Desk) -> None:
    told_to_verify(desk, "m1")
    asks(desk, "m2")
    turn = opened(desk)
    answers(desk)

    claim = desk.conversations.claim(turn)
    assert claim.asker.verified
    assert claim.text == "m1\nm2"


def test_a_claim_that_is_repeated_gives_the_same_turn(desk: Desk) -> None:
    told_to_verify(desk, "m1")
    answers(desk)
    turn = opened(desk)

    assert desk.conversations.claim(turn) == desk.conversations.claim(turn)


def test_who_the_helpdesk_knows_is_verified_as_ever(desk: Desk) -> None:
    arrive(desk, "m1")
    assert claimed(desk).asker.verified
