"""What `Conversations` promises from the moment before sending to the ending and after."""

from datetime import timedelta

import pytest

from deskhand.domain.turn import Ended, EndingKind, turn_id_for
from tests.builders import CONVERSATION, NOON, an_approval
from tests.contract.conftest import Desk
from tests.contract.steps import (
    LEASE_S,
    a_note,
    arrive,
    claimed,
    end,
    ending,
    head,
    judged,
    opened,
    parked,
    texts,
)

OTHER_ENDINGS: tuple[EndingKind, ...] = ("answered", "asked_customer", "recorded", "ignored")


def test_a_turn_commits_to_send_when_nothing_waits(desk: Desk) -> None:
    arrive(desk, "m1")
    turn = claimed(desk)

    assert desk.conversations.commit_to_send(turn)
    lease = head(desk).lease
    assert lease is not None
    assert lease.sending


def test_a_message_that_waits_forbids_to_send(desk: Desk) -> None:
    arrive(desk, "m1")
    turn = claimed(desk)
    arrive(desk, "m2")

    assert not desk.conversations.commit_to_send(turn)


def test_a_message_after_the_commitment_waits_for_the_next_turn(desk: Desk) -> None:
    arrive(desk, "m1")
    turn = claimed(desk)
    desk.conversations.commit_to_send(turn)
    arrive(desk, "m2")

    assert desk.conversations.commit_to_send(turn)
    assert head(desk).waiting == 1
    end(desk, turn, reply="Here it is.")
    assert texts(claimed(desk).messages) == ["m2"]


def test_a_turn_without_the_lease_may_not_send(desk: Desk) -> None:
    arrive(desk, "m1")
    turn, _ = parked(desk)

    assert not desk.conversations.commit_to_send(turn)


def test_the_commitment_survives_saving(desk: Desk) -> None:
    arrive(desk, "m1")
    turn = claimed(desk)
    desk.conversations.commit_to_send(turn)
    saved = desk.conversations.save(turn, now=NOON, lease_s=LEASE_S)
    arrive(desk, "m2")

    assert saved is not None
    assert desk.conversations.commit_to_send(saved)


def test_parking_stores_everything_and_frees_the_conversation(desk: Desk) -> None:
    arrive(desk, "m1")
    turn = judged(desk)
    approval = an_approval(turn)

    assert desk.conversations.park(turn, approval, note=a_note(turn))

    assert head(desk).lease is None
    assert desk.approvals.load(approval.id) == approval
    assert desk.outbox.of(CONVERSATION) == (a_note(turn),)
    stored = desk.conversations.turn(CONVERSATION, turn.id)
    assert stored == turn.model_copy(update={"revision": turn.revision + 1})
    arrive(desk, "m2")
    assert texts(claimed(desk).messages) == ["m2"]


def test_a_turn_that_was_stored_meanwhile_is_not_parked(desk: Desk) -> None:
    arrive(desk, "m1")
    turn = judged(desk)
    desk.conversations.save(turn, now=NOON, lease_s=LEASE_S)

    assert not desk.conversations.park(turn, an_approval(turn), note=a_note(turn))
    assert desk.approvals.of(CONVERSATION) == ()
    assert desk.outbox.of(CONVERSATION) == ()
    assert head(desk).lease is not None


def test_parking_again_replaces_the_task_token(desk: Desk) -> None:
    arrive(desk, "m1")
    stored, approval = parked(desk)
    again = approval.model_copy(update={"task_token": "token-2"})

    assert desk.conversations.park(stored, again, note=a_note(stored))
    assert desk.approvals.load(approval.id) == again


def test_parking_again_keeps_what_a_person_has_decided_meanwhile(desk: Desk) -> None:
    arrive(desk, "m1")
    stored, approval = parked(desk)
    yes = {"state": "approved", "decided_by": "Bo", "decided_at": NOON}
    desk.approvals.decide(approval.model_copy(update=yes))
    again = approval.model_copy(update={"task_token": "token-2"})

    assert desk.conversations.park(stored, again, note=a_note(stored))
    assert desk.approvals.load(approval.id) == again.model_copy(update=yes)


def test_a_parked_turn_takes_the_lease_again(desk: Desk) -> None:
    arrive(desk, "m1")
    turn, _ = parked(desk)
    later = NOON + timedelta(hours=1)

    resumed = desk.conversations.resume(turn, now=later, lease_s=60)

    assert resumed == turn.model_copy(update={"revision": turn.revision + 1})
    assert desk.conversations.turn(CONVERSATION, turn.id) == resumed
    lease = head(desk).lease
    assert lease is not None
    assert (lease.turn_id, lease.until) == (turn.id, later + timedelta(seconds=60))


def test_a_parked_turn_waits_while_another_one_runs(desk: Desk) -> None:
    arrive(desk, "m1")
    turn, _ = parked(desk)
    arrive(desk, "m2")
    other = claimed(desk)

    assert desk.conversations.resume(turn, now=NOON, lease_s=LEASE_S) is None
    end(desk, other)
    assert desk.conversations.resume(turn, now=NOON, lease_s=LEASE_S) is not None


def test_a_parked_turn_that_has_ended_is_not_resumed(desk: Desk) -> None:
    arrive(desk, "m1")
    turn, _ = parked(desk)
    end(desk, turn, "superseded")

    assert desk.conversations.resume(turn, now=NOON, lease_s=LEASE_S) is None
    assert head(desk).lease is None


@pytest.mark.parametrize("kind", OTHER_ENDINGS)
def test_an_ending_is_stored_with_its_notes_and_frees_the_lease(
    desk: Desk, kind: EndingKind
) -> None:
    arrive(desk, "m1")
    turn = claimed(desk)
    ended, note = Ended(turn=turn, ending=ending(kind)), a_note(turn)

    assert desk.conversations.end(ended, notes=[note])

    assert desk.conversations.turn(CONVERSATION, turn.id) == ended
    assert desk.outbox.of(CONVERSATION) == (note,)
    assert (head(desk).lease, head(desk).owner, head(desk).waiting) == (None, "agent", 0)


def test_a_turn_has_exactly_one_ending(desk: Desk) -> None:
    arrive(desk, "m1")
    turn = claimed(desk)
    first = end(desk, turn)

    second = Ended(turn=turn, ending=ending("handed_over", reply="Sorry."))
    assert not desk.conversations.end(second, notes=[a_note(turn)])
    assert desk.conversations.turn(CONVERSATION, turn.id) == first
    assert desk.outbox.of(CONVERSATION) == ()
    assert head(desk).owner == "agent"


def test_a_turn_that_was_stored_meanwhile_does_not_end(desk: Desk) -> None:
    arrive(desk, "m1")
    turn = claimed(desk)
    saved = desk.conversations.save(turn, now=NOON, lease_s=LEASE_S)

    assert not desk.conversations.end(Ended(turn=turn, ending=ending()))
    assert desk.conversations.turn(CONVERSATION, turn.id) == saved
    assert head(desk).lease is not None


def test_handing_over_gives_the_conversation_to_a_person(desk: Desk) -> None:
    arrive(desk, "m1")
    end(desk, claimed(desk), "handed_over")

    assert head(desk).owner == "person"


def test_a_superseded_turns_messages_wait_again_for_the_next_turn(desk: Desk) -> None:
    arrive(desk, "m1")
    first = claimed(desk)
    arrive(desk, "m2")
    end(desk, first, "superseded")

    assert head(desk).waiting == 2
    second = claimed(desk)
    assert second.id == turn_id_for(CONVERSATION, "m2")
    assert texts(second.messages) == ["m1", "m2"]
    assert second.history == ()


def test_messages_that_all_had_a_turn_still_get_a_new_one(desk: Desk) -> None:
    arrive(desk, "m1")
    first = claimed(desk)
    end(desk, first, "superseded")

    second = claimed(desk)
    end(desk, second, "superseded")
    third = claimed(desk)

    assert len({first.id, second.id, third.id}) == 3
    assert texts(third.messages) == ["m1"]


def test_a_turn_that_ended_before_it_claimed_leaves_its_name_to_nobody(desk: Desk) -> None:
    arrive(desk, "m1")
    first = opened(desk)
    end(desk, first, "handed_over")

    second = claimed(desk)
    assert second.id != first.id
    assert texts(second.messages) == ["m1"]


def test_a_superseded_parked_turns_messages_are_history(desk: Desk) -> None:
    arrive(desk, "m1")
    first, _ = parked(desk)
    end(desk, first, "superseded")

    assert head(desk).waiting == 0
    arrive(desk, "m2")
    second = claimed(desk)
    assert texts(second.messages) == ["m2"]
    assert texts(second.history) == ["m1"]


def test_a_parked_turn_that_ends_leaves_the_lease_to_the_one_that_runs(desk: Desk) -> None:
    arrive(desk, "m1")
    first, _ = parked(desk)
    arrive(desk, "m2")
    second = claimed(desk)

    end(desk, first, "handed_over")

    lease = head(desk).lease
    assert lease is not None
    assert lease.turn_id == second.id
    assert head(desk).owner == "person"
    assert desk.conversations.save(second, now=NOON, lease_s=LEASE_S) is not None
    assert not desk.conversations.commit_to_send(second)


def test_a_reply_is_said_once_in_the_history(desk: Desk) -> None:
    arrive(desk, "m1")
    end(desk, claimed(desk), reply="One moment.")
    arrive(desk, "m2")
    end(desk, claimed(desk), reply="There it is.")
    arrive(desk, "m3")

    history = claimed(desk).history
    assert texts(history) == ["m1", "One moment.", "m2", "There it is."]


@pytest.mark.parametrize(("state", "seen"), [("approved", ("m1",)), ("rejected", ())])
def test_a_reply_says_what_a_person_had_before_them_when_they_said_yes(
    desk: Desk, state: str, seen: tuple[str, ...]
) -> None:
    arrive(desk, "m1")
    turn = claimed(desk)
    decided = an_approval(turn, state=state)
    end(desk, turn.model_copy(update={"decisions": (decided,)}), reply="One moment.")
    arrive(desk, "m2")

    assert claimed(desk).history[-1].seen == seen


def test_given_back_a_new_episode_begins_without_the_old_ones_history(desk: Desk) -> None:
    arrive(desk, "m1")
    end(desk, claimed(desk), "handed_over", reply="A colleague will answer.")

    desk.conversations.give_back(CONVERSATION)

    assert (head(desk).owner, head(desk).episode) == ("agent", 2)
    arrive(desk, "m2")
    turn = claimed(desk)
    assert (turn.episode, turn.history) == (2, ())


def test_given_back_twice_is_one_new_episode(desk: Desk) -> None:
    arrive(desk, "m1")
    end(desk, claimed(desk), "handed_over")

    desk.conversations.give_back(CONVERSATION)
    desk.conversations.give_back(CONVERSATION)

    assert head(desk).episode == 2


def test_a_message_that_waited_through_the_handover_belongs_to_the_new_episode(
    desk: Desk,
) -> None:
    arrive(desk, "m1")
    turn = claimed(desk)
    arrive(desk, "m2")
    end(desk, turn, "handed_over")
    desk.conversations.give_back(CONVERSATION)
    end(desk, claimed(desk), reply="Yes.")
    arrive(desk, "m3")

    assert texts(claimed(desk).history) == ["m2", "Yes."]
