"""Which conversations somebody has to look after, as `Conversations.due` promises it."""

from datetime import timedelta

from tests.builders import CONVERSATION, NOON, an_arrival
from tests.contract.conftest import Desk
from tests.contract.steps import LEASE_S, arrive, claimed, end, head, opened, parked

A_MOMENT = timedelta(microseconds=1)
HALF_A_MINUTE = timedelta(seconds=30)
LEASE = timedelta(seconds=LEASE_S)


def test_a_message_that_waits_without_a_turn_is_due_after_half_a_minute(desk: Desk) -> None:
    arrive(desk, "m1")

    assert desk.conversations.due(before=NOON + HALF_A_MINUTE) == ()
    assert desk.conversations.due(before=NOON + HALF_A_MINUTE + A_MOMENT) == (head(desk),)


def test_the_oldest_message_counts(desk: Desk) -> None:
    arrive(desk, "m1")
    later = NOON + timedelta(minutes=5)
    desk.clock.now = later
    desk.conversations.append(an_arrival(says={"id": "m2", "said_at": later}))

    assert desk.conversations.due(before=NOON + HALF_A_MINUTE + A_MOMENT) == (head(desk),)


def test_a_clock_that_is_ahead_hides_no_message(desk: Desk) -> None:
    next_year = NOON + timedelta(days=365)
    desk.conversations.append(an_arrival(says={"said_at": next_year}))

    assert desk.conversations.due(before=NOON + HALF_A_MINUTE + A_MOMENT) == (head(desk),)


def test_a_lease_that_ran_out_is_due(desk: Desk) -> None:
    arrive(desk, "m1")
    opened(desk)

    assert desk.conversations.due(before=NOON + LEASE) == ()
    assert desk.conversations.due(before=NOON + LEASE + A_MOMENT) == (head(desk),)


def test_a_message_that_waits_while_a_turn_runs_is_not_due(desk: Desk) -> None:
    arrive(desk, "m1")
    claimed(desk)
    arrive(desk, "m2")

    assert desk.conversations.due(before=NOON + HALF_A_MINUTE + A_MOMENT) == ()


def test_a_message_left_behind_by_a_turn_is_due(desk: Desk) -> None:
    arrive(desk, "m1")
    turn = claimed(desk)
    arrive(desk, "m2")
    end(desk, turn)

    assert desk.conversations.due(before=NOON + HALF_A_MINUTE + A_MOMENT) == (head(desk),)


def test_messages_that_wait_again_are_due_by_their_own_age(desk: Desk) -> None:
    arrive(desk, "m1")
    end(desk, claimed(desk), "superseded")

    assert desk.conversations.due(before=NOON + HALF_A_MINUTE + A_MOMENT) == (head(desk),)


def test_a_conversation_at_rest_is_never_due(desk: Desk) -> None:
    arrive(desk, "m1")
    end(desk, claimed(desk))

    assert desk.conversations.due(before=NOON + timedelta(days=365)) == ()


def test_a_parked_conversation_where_nothing_waits_is_not_due(desk: Desk) -> None:
    arrive(desk, "m1")
    parked(desk)

    assert desk.conversations.due(before=NOON + timedelta(days=365)) == ()


def test_what_was_ignored_is_not_due(desk: Desk) -> None:
    desk.conversations.ignore(an_arrival(), why="an auto-reply", at=NOON)

    assert desk.conversations.due(before=NOON + timedelta(days=365)) == ()


def test_the_longest_overdue_come_first_and_no_more_than_asked_for(desk: Desk) -> None:
    for minutes, ticket in ((3, "T3"), (1, "T1"), (2, "T2")):
        desk.clock.now = NOON + timedelta(minutes=minutes)
        says = {"said_at": desk.clock.now}
        desk.conversations.append(an_arrival(ticket_id=ticket, says=says))

    tomorrow = NOON + timedelta(days=1)
    due = desk.conversations.due(before=tomorrow)
    assert [conversation.ticket_id for conversation in due] == ["T1", "T2", "T3"]
    due = desk.conversations.due(before=tomorrow, limit=2)
    assert [conversation.ticket_id for conversation in due] == ["T1", "T2"]
    assert due[0].id == CONVERSATION
