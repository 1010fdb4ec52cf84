"""Whole tickets of Zendesk: a webhook's hint, the real graph, and a reply over real HTTP."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest

from deskhand import wiring
from deskhand.domain.turn import Ended
from deskhand.jobs.dispatch import take
from tests.flow.conftest import House
from tests.helpdesks.desks import ZendeskStand, zendesk_stand
from tests.helpdesks.zendesk_state import ADA, BO, US

_thousands = count(1)  # the house forgets no conversation from one test to the next
WHERE = "Where is my order HR-1003?"
REFUND = "Please refund my order HR-1001, I want my money back."


@pytest.fixture
def stand(house: House) -> Iterator[ZendeskStand]:
    with zendesk_stand() as stand:
        stand.server.state.now = house.clock.now
        stand.server.state.ids = count(next(_thousands) * 1000)
        wiring.replace({"zendesk": stand.helpdesk})
        yield stand


def webhooks_arrive(stand: ZendeskStand, ticket_id: str, *, times: int = 1) -> None:
    """Whatever Zendesk has to tell about a ticket is told."""
    for headers, body in stand.webhooks(ticket_id) * times:
        take(stand.door.read(headers, body), turns=wiring.turns(), codes=wiring.codes())


def ended(house: House, ticket_id: str) -> Ended:
    conversation = f"zendesk:{ticket_id}"

    def endings() -> list[Ended]:
        turns = wiring.conversations().turns(conversation)
        return [turn for turn in turns if isinstance(turn, Ended)]

    house.until(lambda: endings() and not wiring.outbox().of(conversation))
    (ending,) = (turn for turn in endings() if turn.ending.kind != "ignored")
    return ending


def ours(stand: ZendeskStand, ticket_id: str, *, public: bool = True) -> list[str]:
    comments: list[dict[str, Any]] = stand.server.state.comments[int(ticket_id)]
    return [one["body"] for one in comments if one["author_id"] == US and one["public"] is public]


def test_a_question_is_answered_in_zendesk_and_the_ticket_closed_out(
    house: House, stand: ZendeskStand
) -> None:
    ticket_id = stand.open(WHERE)
    webhooks_arrive(stand, ticket_id, times=2)

    turn = ended(house, ticket_id)

    assert turn.ending.kind == "answered"
    (reply,) = ours(stand, ticket_id)
    assert "PW1" in reply
    ticket = stand.server.state.tickets[int(ticket_id)]
    assert ticket["status"] == "solved"
    assert "deskhand" in ticket["tags"]
    (note,) = ours(stand, ticket_id, public=False)
    assert "Intent: order_status" in note


def test_a_customer_who_was_signed_in_gets_their_refund(house: House, stand: ZendeskStand) -> None:
    ticket_id = stand.open(REFUND)
    webhooks_arrive(stand, ticket_id)

    turn = ended(house, ticket_id)

    assert [receipt.name for receipt in turn.ending.receipts] == ["refund_order", "reply"]
    assert "42.00 EUR" in ours(stand, ticket_id)[0]


@pytest.mark.parametrize("told", [{"channel": "email"}, {"channel": "web", "flags": (3,)}])
def test_nothing_is_refunded_to_who_only_says_who_they_are(
    house: House, stand: ZendeskStand, told: dict[str, Any]
) -> None:
    ticket_id = str(stand.server.state.open(REFUND, **told)["id"])
    webhooks_arrive(stand, ticket_id)

    turn = ended(house, ticket_id)

    assert "refund_order" not in [receipt.name for receipt in turn.ending.receipts]
    assert not any("42.00 EUR" in said for said in ours(stand, ticket_id))


def test_a_reply_whose_answer_was_lost_is_no_reason_to_bother_anybody(
    house: House, stand: ZendeskStand
) -> None:
    stand.server.go_wrong("broken but saved")
    ticket_id = stand.open(WHERE)
    webhooks_arrive(stand, ticket_id)

    turn = ended(house, ticket_id)

    assert turn.ending.kind == "answered"
    assert len(ours(stand, ticket_id)) == 1


def test_a_person_who_answers_at_the_worst_moment_has_the_ticket(
    house: House, stand: ZendeskStand
) -> None:
    ticket_id = stand.open(WHERE)
    stand.before_next_write(
        lambda: stand.server.state.says(int(ticket_id), "It is with Postwing.", by=BO)
    )
    webhooks_arrive(stand, ticket_id)

    turn = ended(house, ticket_id)

    assert turn.ending.kind == "handed_over"
    assert ours(stand, ticket_id) == []
    assert len(ours(stand, ticket_id, public=False)) == 1


def test_what_people_and_we_write_starts_no_turn(house: House, stand: ZendeskStand) -> None:
    ticket_id = str(stand.server.state.open(WHERE, by=ADA)["id"])
    webhooks_arrive(stand, ticket_id)
    ended(house, ticket_id)
    stand.server.state.says(int(ticket_id), "Glad to help!", by=BO)
    webhooks_arrive(stand, ticket_id, times=2)

    assert ended(house, ticket_id).ending.kind == "answered"
    assert len(ours(stand, ticket_id)) == 1
