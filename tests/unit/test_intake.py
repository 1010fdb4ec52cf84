"""What intake takes, refuses and queues."""

import json
from typing import Any

import pytest

from deskhand.adapters.helpdesks.built_in_door import BuiltInDoor, sign
from deskhand.adapters.memory.codes import MemoryCodes
from deskhand.adapters.memory.desk import MemoryBuiltInDesk
from deskhand.adapters.memory.inbox import MemoryInbox
from deskhand.adapters.memory.once import MemoryOnce
from deskhand.domain.web import Answer, Request
from deskhand.jobs.intake import Intake
from tests.builders import NOON, StoppedClock

KEY, SECRET = "the key", "the secret"
STAMP = str(int(NOON.timestamp()))


class Desk:
    """An intake with its twins."""

    def __init__(self, key: str = KEY) -> None:
        self.clock = clock = StoppedClock()
        self.tickets = MemoryBuiltInDesk(clock)
        self.inbox = MemoryInbox()
        self.codes = MemoryCodes()
        self.intake = Intake(
            doors={"inbox": BuiltInDoor()},
            webhook_secret=lambda: SECRET,
            api_key=lambda: key,
            built_in=self.tickets,
            inbox=self.inbox,
            once=MemoryOnce(),
            codes=self.codes,
            clock=clock,
        )

    def api(self, body: bytes, authorization: str = f"Bearer {KEY}") -> Answer:
        headers = {"authorization": authorization}
        request = Request(route="POST /v1/tickets", headers=headers, body=body)
        return self.intake.routes()["POST /v1/tickets"](request)

    def webhook(self, body: bytes, helpdesk: str = "inbox", signed: str | None = None) -> Answer:
        signature = sign(body, secret=SECRET, timestamp=STAMP) if signed is None else signed
        headers = {"x-deskhand-timestamp": STAMP, "x-deskhand-signature": signature}
        route = "POST /webhooks/{helpdesk}"
        request = Request(route=route, path={"helpdesk": helpdesk}, headers=headers, body=body)
        return self.intake.routes()[route](request)


def a_body(**bent: Any) -> bytes:
    given = {
        "ticket_id": "T1",
        "message_id": "m1",
        "subject": "My order",
        "text": "Where is my order?",
        "from": {"email": "ada@example.com", "name": "Ada", "verified": True},
    }
    return json.dumps(given | bent).encode()


@pytest.mark.parametrize("way", ["api", "webhook"])
def test_a_message_is_kept_on_its_ticket_and_queued(way: str) -> None:
    desk = Desk()
    answer = getattr(desk, way)(a_body())

    assert answer == Answer(status=202, body={"conversation_id": "inbox:T1", "message_id": "m1"})
    (arrival,) = desk.inbox.take()
    assert arrival.message.text == "Where is my order?"
    assert desk.tickets.ticket("T1").messages == (arrival.message,)


@pytest.mark.parametrize("way", ["api", "webhook"])
def test_the_same_delivery_twice_is_taken_once_and_answered_alike(way: str) -> None:
    desk = Desk()
    first, second = (getattr(desk, way)(a_body()) for _ in range(2))

    assert first == second
    assert len(desk.inbox.take()) == 1


def test_an_unsigned_or_wrongly_signed_webhook_is_refused() -> None:
    desk = Desk()
    assert desk.webhook(a_body(), signed="").status == 401
    assert desk.webhook(a_body(), signed="AAAA").status == 401
    assert desk.inbox.take() == ()


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer wrong", KEY, f"Basic {KEY}"])
def test_the_api_wants_its_key(given: str) -> None:
    desk = Desk()
    assert desk.api(a_body(), authorization=given).status == 401
    assert desk.inbox.take() == ()


def test_no_key_opens_while_none_is_set() -> None:
    assert Desk(key="").api(a_body(), authorization="Bearer ").status == 401


def test_an_unknown_helpdesk_is_named_with_those_that_are_known() -> None:
    answer = Desk().webhook(a_body(), helpdesk="pigeon")
    assert answer.status == 404
    assert "'pigeon'; known: inbox" in str(answer.body)


@pytest.mark.parametrize("way", ["api", "webhook"])
@pytest.mark.parametrize(
    ("body", "status", "what"),
    [
        (b"{", 400, "Invalid JSON"),
        (b"\xff\xfe", 400, "body"),
        (a_body(text=""), 400, "text"),
        (a_body(ticket_id=None), 400, "ticket_id"),
        (a_body(colour="red"), 400, "colour"),
        (a_body(text="x" * 205_000), 413, "at most 204800"),
    ],
)
def test_a_bad_body_is_told_what_is_wrong_and_queues_nothing(
    way: str, body: bytes, status: int, what: str
) -> None:
    desk = Desk()
    answer = getattr(desk, way)(body)

    assert answer.status == status
    assert what in str(answer.body)
    assert desk.inbox.take() == ()


def test_an_auto_reply_is_queued_with_the_reason_why_it_is_no_question() -> None:
    desk = Desk()
    desk.api(a_body(headers={"Auto-Submitted": "auto-replied"}))

    (arrival,) = desk.inbox.take()
    assert arrival.noise
