"""What `Outbox` promises about notes on their way to the helpdesk."""

from datetime import timedelta

from deskhand.domain.outbox import OutboxEntry
from deskhand.domain.turn import Ended
from tests.builders import CONVERSATION, NOON, an_arrival
from tests.contract.conftest import Desk
from tests.contract.steps import LEASE_S, a_note, ending

A_MOMENT = timedelta(microseconds=1)


def send(desk: Desk, *minutes: int, ticket: str = "T1") -> tuple[OutboxEntry, ...]:
    """Notes due so many minutes after noon, put into the outbox by one ending."""
    desk.conversations.append(an_arrival(ticket_id=ticket))
    turn = desk.conversations.open_turn(f"inbox:{ticket}", now=NOON, lease_s=LEASE_S)
    assert turn is not None
    notes = tuple(
        a_note(turn, id=f"{ticket}-{minute}", due_at=NOON + timedelta(minutes=minute))
        for minute in minutes
    )
    assert desk.conversations.end(Ended(turn=turn, ending=ending()), notes=notes)
    return notes


def test_what_is_not_delivered_is_found_by_its_conversation(desk: Desk) -> None:
    later, now = send(desk, 5, 0)
    send(desk, 0, ticket="T2")

    assert desk.outbox.of(CONVERSATION) == (now, later)
    assert desk.outbox.of("inbox:T9") == ()


def test_a_note_is_due_when_its_time_has_come(desk: Desk) -> None:
    (note,) = send(desk, 5)

    assert desk.outbox.due(before=note.due_at - A_MOMENT) == ()
    assert desk.outbox.due(before=note.due_at) == (note,)


def test_what_is_due_comes_oldest_first_and_no_more_than_asked_for(desk: Desk) -> None:
    third, first = send(desk, 3, 1)
    (second,) = send(desk, 2, ticket="T2")

    tomorrow = NOON + timedelta(days=1)
    assert desk.outbox.due(before=tomorrow) == (first, second, third)
    assert desk.outbox.due(before=tomorrow, limit=2) == (first, second)


def test_what_has_arrived_leaves_the_outbox(desk: Desk) -> None:
    (note,) = send(desk, 0)

    desk.outbox.delivered(note)
    desk.outbox.delivered(note)

    assert desk.outbox.of(CONVERSATION) == ()
    assert desk.outbox.due(before=NOON + timedelta(days=1)) == ()


def test_what_did_not_arrive_is_tried_again_later(desk: Desk) -> None:
    (note,) = send(desk, 0)
    later = NOON + timedelta(minutes=10)

    desk.outbox.postpone(note, until=later)

    (waiting,) = desk.outbox.of(CONVERSATION)
    assert waiting == note.model_copy(update={"attempts": 1, "due_at": later})
    assert desk.outbox.due(before=later - A_MOMENT) == ()
    assert desk.outbox.due(before=later) == (waiting,)


def test_every_attempt_is_counted_even_by_two_that_knew_nothing_of_each_other(desk: Desk) -> None:
    (note,) = send(desk, 0)

    desk.outbox.postpone(note, until=NOON)
    desk.outbox.postpone(note, until=NOON)

    assert [entry.attempts for entry in desk.outbox.of(CONVERSATION)] == [2]


def test_a_note_that_was_delivered_meanwhile_does_not_come_back(desk: Desk) -> None:
    (note,) = send(desk, 0)
    desk.outbox.delivered(note)

    desk.outbox.postpone(note, until=NOON)

    assert desk.outbox.of(CONVERSATION) == ()
