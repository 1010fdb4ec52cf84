"""What `Conversations` promises while messages arrive and turns open and claim them."""

from datetime import datetime, timedelta

import pytest

from deskhand.domain.turn import Classified, Ended, Turn, turn_id_for
from deskhand.errors import Rejected, Unavailable
from tests.builders import CONVERSATION, NOON, a_reading, an_arrival, an_asker
from tests.contract.conftest import Desk
from tests.contract.steps import LEASE_S, arrive, claimed, end, head, opened, parked, texts


def test_a_first_message_opens_the_conversation_and_waits(desk: Desk) -> None:
    assert desk.conversations.append(an_arrival())

    conversation = head(desk)
    assert (conversation.helpdesk, conversation.ticket_id) == ("inbox", "T1")
    assert conversation.subject == "My order"
    assert conversation.asker == an_asker()
    assert (conversation.owner, conversation.episode) == ("agent", 1)
    assert (conversation.waiting, conversation.lease) == (1, None)


def test_the_same_message_is_kept_once(desk: Desk) -> None:
    arrive(desk, "m1")

    assert not desk.conversations.append(an_arrival("again, and other words", delivery_id="d9"))
    assert head(desk).waiting == 1
    assert texts(claimed(desk).messages) == ["m1"]


def test_a_message_that_a_turn_has_had_is_not_kept_again(desk: Desk) -> None:
    arrive(desk, "m1")
    end(desk, claimed(desk))

    assert not desk.conversations.append(an_arrival())
    assert head(desk).waiting == 0


def test_an_unknown_conversation_is_none(desk: Desk) -> None:
    assert desk.conversations.load("inbox:T9") is None
    assert desk.conversations.turn("inbox:T9", "t1") is None
    assert desk.conversations.turns("inbox:T9") == ()
    assert desk.conversations.open_turn("inbox:T9", now=NOON, lease_s=LEASE_S) is None


def test_an_auto_reply_is_kept_with_a_turn_that_ended_ignored(desk: Desk) -> None:
    assert desk.conversations.ignore(an_arrival(), why="an auto-reply", at=NOON)

    assert head(desk).waiting == 0
    (ended,) = desk.conversations.turns(CONVERSATION)
    assert isinstance(ended, Ended)
    assert (ended.ending.kind, ended.ending.why) == ("ignored", "an auto-reply")
    assert ended.turn.id == turn_id_for(CONVERSATION, "m1")
    assert texts(ended.turn.messages) == ["Where is my order 1001?"]
    assert desk.conversations.open_turn(CONVERSATION, now=NOON, lease_s=LEASE_S) is None


def test_an_ignored_message_is_kept_once_and_never_waits_later(desk: Desk) -> None:
    desk.conversations.ignore(an_arrival(), why="an auto-reply", at=NOON)

    assert not desk.conversations.ignore(an_arrival(), why="an auto-reply", at=NOON)
    assert not desk.conversations.append(an_arrival())
    assert head(desk).waiting == 0
    assert len(desk.conversations.turns(CONVERSATION)) == 1


def test_an_ignored_message_supersedes_nothing_and_is_nobodys_history(desk: Desk) -> None:
    arrive(desk, "m1")
    turn = claimed(desk)
    desk.conversations.ignore(an_arrival(says={"id": "m2"}), why="an auto-reply", at=NOON)

    assert desk.conversations.commit_to_send(turn)
    end(desk, turn)
    arrive(desk, "m3")
    assert texts(claimed(desk).history) == ["m1"]


def test_a_turn_takes_the_lease_and_is_stored_without_messages(desk: Desk) -> None:
    arrive(desk, "m1")

    turn = desk.conversations.open_turn(CONVERSATION, now=NOON, lease_s=60)

    assert turn is not None
    assert turn.id == turn_id_for(CONVERSATION, "m1")
    assert (turn.messages, turn.revision, turn.started_at) == ((), 0, NOON)
    assert (turn.ticket_id, turn.subject, turn.episode) == ("T1", "My order", 1)
    assert desk.conversations.turn(CONVERSATION, turn.id) == turn
    lease = head(desk).lease
    assert lease is not None
    assert (lease.turn_id, lease.until, lease.sending) == (
        turn.id,
        NOON + timedelta(seconds=60),
        False,
    )
    assert head(desk).waiting == 1


def test_one_turn_runs_at_a_time(desk: Desk) -> None:
    arrive(desk, "m1")
    opened(desk)
    arrive(desk, "m2")

    assert desk.conversations.open_turn(CONVERSATION, now=NOON, lease_s=LEASE_S) is None


def test_a_lease_that_ran_out_is_not_free(desk: Desk) -> None:
    arrive(desk, "m1")
    opened(desk)

    later = NOON + timedelta(days=1)
    assert desk.conversations.open_turn(CONVERSATION, now=later, lease_s=LEASE_S) is None


def test_all_waiting_messages_become_the_turns_oldest_first(desk: Desk) -> None:
    for name in ("m1", "m10", "m2"):
        arrive(desk, name)
    turn = opened(desk)
    arrive(desk, "m3")

    claiming = desk.conversations.claim(turn)

    assert texts(claiming.messages) == ["m1", "m10", "m2", "m3"]
    assert head(desk).waiting == 0
    assert claiming.revision == turn.revision + 1
    assert desk.conversations.turn(CONVERSATION, turn.id) == claiming


def test_a_message_that_comes_after_the_claim_keeps_waiting(desk: Desk) -> None:
    arrive(desk, "m1")
    turn = claimed(desk)
    arrive(desk, "m2")

    assert head(desk).waiting == 1
    assert texts(turn.messages) == ["m1"]


def test_fifty_messages_are_claimed_and_the_others_wait(desk: Desk) -> None:
    for number in range(52):
        arrive(desk, f"m{number}")

    turn = claimed(desk)

    assert texts(turn.messages) == [f"m{number}" for number in range(50)]
    assert head(desk).waiting == 2
    end(desk, turn)
    assert texts(claimed(desk).messages) == ["m50", "m51"]


def test_a_turn_that_has_its_messages_is_given_back_unchanged(desk: Desk) -> None:
    arrive(desk, "m1")
    turn = opened(desk)
    first = desk.conversations.claim(turn)
    arrive(desk, "m2")

    assert desk.conversations.claim(first) == first
    assert desk.conversations.claim(turn) == first
    assert head(desk).waiting == 1


def test_a_turn_that_has_ended_claims_nothing(desk: Desk) -> None:
    arrive(desk, "m1")
    turn = opened(desk)
    end(desk, turn, "handed_over")

    with pytest.raises(Unavailable):
        desk.conversations.claim(turn)
    assert head(desk).waiting == 1


def test_earlier_messages_and_our_replies_are_the_history(desk: Desk) -> None:
    arrive(desk, "m1")
    first = claimed(desk)
    assert first.history == ()
    end(desk, first, reply="It is on its way.")
    arrive(desk, "m2")

    second = claimed(desk)

    assert texts(second.history) == ["m1", "It is on its way."]
    assert [said.author for said in second.history] == ["customer", "agent"]
    assert second.history[-1].said_at == NOON
    assert texts(second.messages) == ["m2"]


def test_a_turn_is_as_verified_as_its_least_verified_message(desk: Desk) -> None:
    arrive(desk, "m1")
    arrive(desk, "m2", asker=an_asker(verified=False))
    arrive(desk, "m3")

    assert not claimed(desk).asker.verified


def test_somebody_elses_message_does_not_speak_for_the_verified_customer(desk: Desk) -> None:
    arrive(desk, "m1")
    arrive(desk, "m2", asker=an_asker(email="eve@example.com"))

    turn = claimed(desk)
    assert (turn.asker.email, turn.asker.verified) == ("eve@example.com", False)


def test_the_asker_is_who_wrote_last(desk: Desk) -> None:
    arrive(desk, "m1", asker=an_asker(verified=False))
    end(desk, claimed(desk))
    arrive(desk, "m2")

    assert head(desk).asker.verified
    assert claimed(desk).asker.verified


def test_turns_are_listed_oldest_first_even_within_one_moment(desk: Desk) -> None:
    ids = []
    for number in range(5):
        arrive(desk, f"m{number}")
        turn = claimed(desk)
        end(desk, turn)
        ids.append(turn.id)

    turns = desk.conversations.turns(CONVERSATION)
    assert [ended.turn.id for ended in turns if isinstance(ended, Ended)] == ids


def test_saving_stores_the_next_revision_and_prolongs_the_lease(desk: Desk) -> None:
    arrive(desk, "m1")
    turn = claimed(desk)
    classified = Classified(**dict(turn), classification=a_reading())

    later = NOON + timedelta(seconds=30)
    saved = desk.conversations.save(classified, now=later, lease_s=60)

    assert saved == classified.model_copy(update={"revision": turn.revision + 1})
    assert desk.conversations.turn(CONVERSATION, turn.id) == saved
    assert _until(desk) == later + timedelta(seconds=60)


def test_a_revision_that_somebody_else_has_replaced_is_not_saved(desk: Desk) -> None:
    arrive(desk, "m1")
    turn = claimed(desk)
    saved = desk.conversations.save(turn, now=NOON, lease_s=LEASE_S)

    mine = turn.model_copy(update={"looks": 7})
    assert desk.conversations.save(mine, now=NOON + timedelta(days=1), lease_s=LEASE_S) is None
    assert desk.conversations.turn(CONVERSATION, turn.id) == saved
    assert _until(desk) == NOON + timedelta(seconds=LEASE_S)


def test_a_turn_that_has_ended_is_not_saved(desk: Desk) -> None:
    arrive(desk, "m1")
    turn = claimed(desk)
    end(desk, turn)

    assert desk.conversations.save(turn, now=NOON, lease_s=LEASE_S) is None
    assert isinstance(desk.conversations.turn(CONVERSATION, turn.id), Ended)


def test_a_lease_that_ran_out_is_still_the_turns_own(desk: Desk) -> None:
    arrive(desk, "m1")
    turn = claimed(desk)
    later = NOON + timedelta(days=1)

    assert desk.conversations.save(turn, now=later, lease_s=60) is not None
    assert _until(desk) == later + timedelta(seconds=60)


def test_giving_back_what_is_not_there_is_refused(desk: Desk) -> None:
    with pytest.raises(Rejected, match="inbox:T9"):
        desk.conversations.give_back("inbox:T9")


def _until(desk: Desk) -> datetime:
    lease = head(desk).lease
    assert lease is not None
    return lease.until


def test_a_claimed_turn_knows_the_approvals_that_are_still_open(desk: Desk) -> None:
    arrive(desk, "m1")
    _, approval = parked(desk)
    arrive(desk, "m2")

    turn = claimed(desk)

    assert isinstance(turn, Turn)
    assert turn.pending == (approval,)
    assert texts(turn.history) == ["m1"]
