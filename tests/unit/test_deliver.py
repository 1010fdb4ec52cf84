"""Notes reach their ticket once, however often it takes."""

from datetime import timedelta
from typing import Any

import pytest

from deskhand.domain.outbox import OutboxEntry
from deskhand.errors import Rejected, Unavailable
from deskhand.jobs.deliver import LONGEST_PAUSE, deliver
from tests.builders import CONVERSATION, NOON
from tests.memory_house import MemoryHouse


def an_entry(**bent: Any) -> OutboxEntry:
    given = {
        "id": "turn-1:handoff",
        "conversation_id": CONVERSATION,
        "helpdesk": "inbox",
        "ticket_id": "T1",
        "kind": "handoff",
        "text": "the packet",
        "tell_customer": "a colleague takes over",
        "due_at": NOON,
    }
    return OutboxEntry.model_validate(given | bent)


def brought(house: MemoryHouse, entry: OutboxEntry) -> str:
    house.state.notes[(entry.conversation_id, entry.id)] = entry
    return deliver(entry, outbox=house.outbox, helpdesk=house.desk, clock=house.clock)


def test_the_note_comes_first_and_the_customer_is_told_once() -> None:
    house = MemoryHouse()
    house.arrives()
    for _ in range(3):
        assert brought(house, an_entry()) == ""

    ticket = house.desk.ticket("T1")
    assert [note.text for note in ticket.notes] == ["the packet"]
    assert [m.text for m in ticket.messages if m.author == "agent"] == ["a colleague takes over"]
    assert house.outbox.of(CONVERSATION) == ()


def test_the_customer_is_told_nothing_where_nothing_is_to_be_told() -> None:
    house = MemoryHouse()
    house.arrives()
    brought(house, an_entry(tell_customer=""))
    assert len(house.desk.ticket("T1").messages) == 1


@pytest.mark.parametrize("came_in", ["took it", "answered"])
def test_a_person_who_came_in_meanwhile_speaks_for_themselves(came_in: str) -> None:
    house = MemoryHouse()
    house.arrives()
    if came_in == "took it":
        house.desk.assign("T1", "Kim")
    else:
        house.desk.person_says("T1", "Let me see.", by="Kim", at=NOON)
        house.desk.assign("T1", "")
    assert brought(house, an_entry()) == ""

    ticket = house.desk.ticket("T1")
    assert [note.text for note in ticket.notes] == ["the packet"]
    assert [m.text for m in ticket.messages if m.author == "agent"] == []
    assert house.outbox.of(CONVERSATION) == ()


def test_a_customer_who_wrote_after_a_person_is_told_who_takes_over() -> None:
    house = MemoryHouse()
    house.arrives()
    house.desk.person_says("T1", "Let me see.", by="Kim", at=NOON)
    house.desk.assign("T1", "")
    house.arrives("And now?", number="m2")
    brought(house, an_entry())

    said = [m.text for m in house.desk.ticket("T1").messages if m.author == "agent"]
    assert said == ["a colleague takes over"]


@pytest.mark.parametrize("error", [Unavailable("the helpdesk"), Rejected("the ticket is closed")])
@pytest.mark.parametrize(("attempts", "pause_s"), [(0, 30), (1, 60), (3, 240), (20, 3600)])
def test_what_does_not_arrive_is_tried_again_ever_more_slowly(
    error: Exception, attempts: int, pause_s: int
) -> None:
    house = MemoryHouse()

    class Down:
        def find(self, ticket_id: str, marker: str) -> str | None:
            raise error

    house.desk = Down()
    why = brought(house, an_entry(attempts=attempts))

    assert why == str(error)
    (waiting,) = house.outbox.of(CONVERSATION)
    assert waiting.due_at == NOON + timedelta(seconds=pause_s)
    assert waiting.attempts == attempts + 1
    assert timedelta(seconds=pause_s) <= LONGEST_PAUSE
