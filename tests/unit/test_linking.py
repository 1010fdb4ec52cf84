"""A second ticket about the same thing: the customer hears once, and nothing is lost."""

from typing import Any

import pytest

from deskhand.domain.ticket import Attachment, CloseOut
from deskhand.domain.turn import Ended, Ending, Turn
from deskhand.domain.verdict import Objection
from deskhand.errors import Unavailable
from deskhand.jobs.dispatch import dispatch
from deskhand.jobs.settle import settle
from tests.builders import an_arrival, an_asker
from tests.memory_house import MemoryHouse

ASKED = "Where is my order HR-4101?"
PERSON = Objection(code="LEGAL", words="a lawyer is named", cure="person")


def says(house: MemoryHouse, ticket: str, text: str = ASKED, **bent: Any) -> None:
    """A message that the helpdesk has and that is dispatched."""
    house.clock.pass_by(seconds=1)
    number = bent.pop("number", f"m-{house.clock.now.timestamp():.0f}")
    message = {"id": number, "said_at": house.clock.now, **bent.pop("says", {})}
    arrival = an_arrival(text, ticket_id=ticket, says=message, **bent)
    house.desk.open_ticket(arrival)
    dispatch(arrival, turns=house.turns)


def turn_of(house: MemoryHouse, ticket: str) -> Turn | Ended:
    return house.conversations.turns(f"inbox:{ticket}")[-1]


def id_of(house: MemoryHouse, ticket: str) -> str:
    last = turn_of(house, ticket)
    return last.turn.id if isinstance(last, Ended) else last.id


def started(house: MemoryHouse) -> list[str]:
    return [one.envelope.turn_id for one in house.workflow.started]


def is_linked(house: MemoryHouse, ticket: str) -> bool:
    last = turn_of(house, ticket)
    return isinstance(last, Ended) and last.ending.codes == ("LINKED_TO_OPEN_TICKET",)


def answered(house: MemoryHouse, ticket: str, status: str = "solved") -> None:
    """The ticket's turn is answered, and the helpdesk has the answer."""
    turn = turn_of(house, ticket)
    assert isinstance(turn, Turn)
    close_out = CloseOut.model_validate({"status": status})
    house.desk.reply(ticket, "It comes on Monday.", marker=turn.id, close_out=close_out)
    ending = Ending(kind="answered", why="", at=house.clock(), reply="It comes on Monday.")
    assert house.turns.end(house.conversations.claim(turn), ending)


def test_the_second_ticket_is_closed_with_a_note_that_leads_to_the_first() -> None:
    house = MemoryHouse()
    says(house, "T1")
    says(house, "T2", "Hello, where is order HR-4101, please?")

    assert is_linked(house, "T2")
    ticket = house.desk.ticket("T2")
    assert (ticket.status, ticket.tags) == ("solved", ("deskhand", "linked", "same-as-T1"))
    assert "The same as ticket T1" in ticket.notes[0].text
    assert [said.author for said in ticket.messages] == ["customer"], "the customer hears once"
    assert started(house) == [id_of(house, "T1")]


def test_a_third_one_is_linked_to_the_first_too() -> None:
    house = MemoryHouse()
    for ticket in ("T1", "T2", "T3"):
        says(house, ticket)

    assert "same-as-T1" in house.desk.ticket("T3").tags


def test_what_a_person_has_is_linked_to_as_well() -> None:
    house = MemoryHouse()
    says(house, "T1")
    turn = turn_of(house, "T1")
    assert isinstance(turn, Turn)
    house.turns.hand_over(house.conversations.claim(turn), PERSON)
    says(house, "T2")

    assert is_linked(house, "T2")


def test_whoever_asks_again_before_they_can_have_read_the_answer_hears_once() -> None:
    house = MemoryHouse()
    says(house, "T1")
    answered(house, "T1")
    house.clock.pass_by(minutes=9)
    says(house, "T2")

    assert is_linked(house, "T2")


def test_whoever_asks_again_after_the_answer_is_answered_again() -> None:
    house = MemoryHouse()
    says(house, "T1")
    answered(house, "T1")
    house.clock.pass_by(minutes=11)
    says(house, "T2")

    assert not is_linked(house, "T2")


def test_a_ticket_that_waits_for_the_customer_is_none_to_link_to() -> None:
    house = MemoryHouse()
    says(house, "T1")
    answered(house, "T1", status="pending")
    says(house, "T2")

    assert not is_linked(house, "T2")


@pytest.mark.parametrize(
    "bent",
    [
        {"text": "Where is my order HR-4088?"},
        {"text": "Please cancel order HR-4101."},
        {"subject": "And my invoice?"},
        {"asker": an_asker(email="bob@example.com")},
        {"asker": an_asker(verified=False)},
        {"asker": an_asker(email="")},
        {
            "says": {
                "attachments": (Attachment(name="a.png", media_type="image/png", size_bytes=9),)
            }
        },
    ],
    ids=[
        "another order",
        "another wish",
        "another subject",
        "somebody else",
        "not verified",
        "no address",
        "with a picture",
    ],
)
def test_what_differs_in_anything_is_answered_by_itself(bent: dict[str, Any]) -> None:
    house = MemoryHouse()
    says(house, "T1")
    says(house, "T2", **bent)

    assert not is_linked(house, "T2")
    assert len(house.workflow.started) == 2


def test_two_of_the_same_unverified_address_are_linked_and_a_stranger_takes_nothing_from_it() -> (
    None
):
    house = MemoryHouse()
    stranger = an_asker(verified=False)
    says(house, "T1", asker=stranger)
    says(house, "T2", asker=stranger)
    says(house, "T3")

    assert is_linked(house, "T2")
    assert not is_linked(house, "T3"), "the customer that we know is answered whoever used the name"


def test_a_ticket_of_yesterday_is_too_old_to_link_to() -> None:
    house = MemoryHouse()
    says(house, "T1")
    house.clock.pass_by(hours=5)
    says(house, "T2")

    assert not is_linked(house, "T2")


def test_a_helpdesk_that_does_not_answer_costs_a_second_answer_not_the_only_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    house = MemoryHouse()
    says(house, "T1")
    ticket = house.desk.ticket

    def down(ticket_id: str) -> Any:
        if ticket_id == "T1":
            raise Unavailable("the helpdesk")
        return ticket(ticket_id)

    monkeypatch.setattr(house.desk, "ticket", down)
    says(house, "T2")

    assert not is_linked(house, "T2")


def test_what_is_said_next_on_a_linked_ticket_is_answered_there_and_understood() -> None:
    house = MemoryHouse()
    says(house, "T1")
    says(house, "T2")
    says(house, "T2", "And when does it come?")

    turn = turn_of(house, "T2")
    assert isinstance(turn, Turn)
    claimed = house.conversations.claim(turn)
    assert [said.text for said in claimed.history] == [ASKED]
    assert [said.text for said in claimed.messages] == ["And when does it come?"]


def test_the_same_delivery_again_is_linked_once() -> None:
    house = MemoryHouse()
    says(house, "T1")
    for _ in range(3):
        says(house, "T2", number="m2")

    assert len(house.conversations.turns("inbox:T2")) == 1
    assert len(house.desk.ticket("T2").notes) == 1


def test_a_crash_in_the_middle_of_linking_costs_a_second_answer_and_loses_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    house = MemoryHouse()
    says(house, "T1")
    end = house.conversations.end
    monkeypatch.setattr(house.conversations, "end", _dies)
    with pytest.raises(RuntimeError):
        says(house, "T2", number="m2")
    monkeypatch.setattr(house.conversations, "end", end)
    house.clock.pass_by(hours=1)
    settle(house.turns)

    assert id_of(house, "T2") in started(house)


def test_a_crash_before_linking_links_when_the_message_comes_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    house = MemoryHouse()
    says(house, "T1")
    lately = house.conversations.lately
    monkeypatch.setattr(house.conversations, "lately", _dies)
    with pytest.raises(RuntimeError):
        says(house, "T2", number="m2")
    monkeypatch.setattr(house.conversations, "lately", lately)
    says(house, "T2", number="m2", says={"said_at": house.clock.now})

    assert is_linked(house, "T2")


def _dies(*given: Any, **more: Any) -> Any:
    raise RuntimeError("the function died here")
