"""A ticket in Zendesk from webhook to reply, with the faults that Zendesk and the net have."""

from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import Any

import pytest

from deskhand.adapters.helpdesks.zendesk_door import ZendeskDoor
from deskhand.adapters.memory.codes import MemoryCodes
from deskhand.adapters.memory.desk import MemoryBuiltInDesk
from deskhand.adapters.memory.inbox import MemoryInbox
from deskhand.adapters.memory.once import MemoryOnce
from deskhand.domain.outbox import OutboxEntry
from deskhand.domain.receipt import Receipt
from deskhand.domain.ticket import Arrival, CloseOut
from deskhand.domain.verdict import Objection
from deskhand.domain.web import Answer, Request
from deskhand.jobs.deliver import deliver
from deskhand.jobs.fetch import completed
from deskhand.jobs.intake import Intake
from deskhand.stages.say import say
from tests.builders import NOON, a_judged_turn
from tests.helpdesks.desks import SIGNING_SECRET, Webhook, ZendeskStand, a_webhook, zendesk_stand
from tests.helpdesks.zendesk_server import FaultKind
from tests.helpdesks.zendesk_state import US
from tests.memory_house import MemoryHouse

ROUTE = "POST /webhooks/{helpdesk}"
CLOSE_OUT = CloseOut(status="solved", tags=("deskhand",), note="Intent: order_status")


@pytest.fixture
def stand() -> Iterator[ZendeskStand]:
    with zendesk_stand() as stand:
        yield stand


class Front:
    """Our intake as Zendesk's webhooks find it."""

    def __init__(self) -> None:
        self.inbox = MemoryInbox()
        self._intake = Intake(
            doors={"zendesk": ZendeskDoor()},
            webhook_secret=lambda _: SIGNING_SECRET,
            api_key=lambda: "",
            built_in=MemoryBuiltInDesk(),
            inbox=self.inbox,
            once=MemoryOnce(),
            codes=MemoryCodes(),
            clock=lambda: NOON,
        )

    def hears(self, webhook: Webhook) -> Answer:
        """One delivery arrives."""
        headers, body = webhook
        request = Request(route=ROUTE, path={"helpdesk": "zendesk"}, headers=headers, body=body)
        return self._intake.routes()[ROUTE](request)

    def taken(self, stand: ZendeskStand) -> list[Arrival]:
        return [completed(arrival, stand.helpdesk) for arrival in self.inbox.take()]


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_webhooks_that_come_late_twice_and_in_any_order_lose_nothing_and_double_nothing(
    stand: ZendeskStand, order: Sequence[int]
) -> None:
    front = Front()
    ticket_id = stand.open("One")
    stand.customer_says(ticket_id, "Two")
    stand.customer_says(ticket_id, "Three")
    webhooks = stand.webhooks(ticket_id)
    for number in (*order, *order):
        assert front.hears(webhooks[number]).status == 202

    arrivals = front.taken(stand)
    assert sorted(arrival.message.text for arrival in arrivals) == ["One", "Three", "Two"]
    assert {arrival.asker.email for arrival in arrivals} == {"ada@example.com"}
    assert [arrival.noise for arrival in arrivals] == ["", "", ""]


def test_a_webhook_that_somebody_else_has_signed_is_refused(stand: ZendeskStand) -> None:
    front = Front()
    assert front.hears(a_webhook(stand.open("One"), 1, "guessed")).status == 401
    assert front.inbox.take() == ()


def test_our_own_reply_never_answers_itself(stand: ZendeskStand) -> None:
    front = Front()
    ticket_id = stand.open("Where is it?")
    ours = stand.helpdesk.reply(ticket_id, "Here.", marker="k", close_out=CloseOut(note="Done."))
    for webhook in stand.webhooks(ticket_id):
        front.hears(webhook)

    noises = {arrival.message.id: arrival.noise for arrival in front.taken(stand)}
    assert noises.pop(ours) == "our own message"
    assert sorted(noises.values()) == ["", "a note for people"]


def house_over(stand: ZendeskStand) -> MemoryHouse:
    house = MemoryHouse()
    house.desk = stand.helpdesk
    return house


def said(stand: ZendeskStand, house: MemoryHouse, ticket_id: str) -> Receipt | Objection:
    """What `Act` does at its end: the ticket is read, then the reply is said."""
    stand.helpdesk.ticket(ticket_id)
    turn = a_judged_turn(ticket_id=ticket_id, helpdesk="zendesk")
    return say(turn, "Here it is.", close_out=CLOSE_OUT, world=house.world)


def ours(stand: ZendeskStand, ticket_id: str) -> list[dict[str, Any]]:
    comments = stand.server.state.comments[int(ticket_id)]
    return [one for one in comments if one["author_id"] == US and one["public"]]


@pytest.mark.parametrize("fault", ["broken but saved", "cut off"])
def test_a_reply_whose_answer_is_lost_is_proven_by_reading_it_back(
    stand: ZendeskStand, fault: FaultKind
) -> None:
    ticket_id, house = stand.open("Where is it?"), house_over(stand)
    stand.server.go_wrong(fault)

    receipt = said(stand, house, ticket_id)

    assert isinstance(receipt, Receipt)
    assert [str(one["id"]) for one in ours(stand, ticket_id)] == [receipt.reference]
    assert said(stand, house, ticket_id) == receipt
    assert len(ours(stand, ticket_id)) == 1


def test_a_reply_that_was_lost_for_good_is_left_to_a_person_and_never_said_late(
    stand: ZendeskStand,
) -> None:
    ticket_id, house = stand.open("Where is it?"), house_over(stand)
    stand.server.go_wrong("broken")

    for _ in range(2):
        failed = said(stand, house, ticket_id)
        assert isinstance(failed, Objection)
        assert failed.cure == "person"
    assert ours(stand, ticket_id) == []


def test_a_person_who_comes_in_at_the_worst_moment_is_not_talked_over(
    stand: ZendeskStand,
) -> None:
    ticket_id, house = stand.open("Where is it?"), house_over(stand)
    stand.before_next_write(lambda: stand.person_says(ticket_id, "I am on it."))

    failed = said(stand, house, ticket_id)

    assert isinstance(failed, Objection)
    assert "somebody wrote in ticket" in failed.words
    assert ours(stand, ticket_id) == []
    assert stand.server.state.tickets[int(ticket_id)]["status"] != "solved"


def test_a_hand_over_is_brought_once_and_the_customer_told_even_if_they_wrote_again(
    stand: ZendeskStand,
) -> None:
    ticket_id, house = stand.open("Where is it?"), house_over(stand)
    stand.helpdesk.ticket(ticket_id)
    stand.customer_says(ticket_id, "Hello?")
    entry = OutboxEntry(
        id="t1:handoff",
        conversation_id=f"zendesk:{ticket_id}",
        helpdesk="zendesk",
        ticket_id=ticket_id,
        kind="handoff",
        text="Please look.",
        close_out=CloseOut(queue="billing", priority="high"),
        tell_customer="A colleague will answer.",
        due_at=NOON,
    )

    def brought() -> str:
        return deliver(entry, outbox=house.outbox, helpdesk=house.desk, clock=house.clock)

    assert [brought() for _ in range(3)][-1] == ""
    ticket = stand.helpdesk.ticket(ticket_id)
    assert [note.text for note in ticket.notes] == ["Please look."]
    assert [one["body"] for one in ours(stand, ticket_id)] == ["A colleague will answer."]
    assert (ticket.queue, ticket.priority) == ("Billing", "high")
