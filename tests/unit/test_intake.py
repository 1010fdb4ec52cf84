"""What intake takes, refuses and queues."""

import json
from typing import Any

import pytest

from deskhand.adapters.helpdesks.built_in_door import BuiltInDoor, sign
from deskhand.adapters.memory.codes import MemoryCodes
from deskhand.adapters.memory.desk import MemoryBuiltInDesk
from deskhand.adapters.memory.inbox import MemoryInbox
from deskhand.adapters.memory.once import MemoryOnce
from deskhand.domain.ticket import Arrival
from deskhand.domain.web import Answer, Request
from deskhand.errors import Unavailable
from deskhand.jobs.intake import Intake
from deskhand.text.quoted import CUT, LONGEST
from tests.builders import NOON, StoppedClock
from tests.challenges import a_challenge

KEY, SECRET = "the key", "the secret"
STAMP = str(int(NOON.timestamp()))


class FailingDesk(MemoryBuiltInDesk):
    """A built-in desk that is out of reach while it `fails`."""

    fails = False

    def open_ticket(self, arrival: Arrival) -> None:
        if self.fails:
            raise Unavailable("the built-in desk")
        super().open_ticket(arrival)


class Desk:
    """An intake with its twins."""

    def __init__(self, key: str = KEY) -> None:
        self.clock = clock = StoppedClock()
        self.tickets = FailingDesk(clock)
        self.inbox = MemoryInbox()
        self.codes = MemoryCodes()
        self.intake = Intake(
            doors={"inbox": BuiltInDoor()},
            webhook_secret=lambda _: SECRET,
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
        (a_body(text=None), 400, "text"),
        (a_body(text="x" * 200_001), 400, "at most 200000"),
        (a_body(ticket_id=None), 400, "ticket_id"),
        (a_body(colour="red"), 400, "colour"),
        (a_body(text="x" * 925_000), 413, "at most 921600"),
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


@pytest.mark.parametrize("way", ["api", "webhook"])
def test_a_one_time_code_reaches_neither_the_ticket_nor_the_queue(way: str) -> None:
    desk = Desk()
    desk.codes.issue(a_challenge(), "314159", most_an_hour=3)
    getattr(desk, way)(a_body(text="Here it is: 314159", subject="314159"))

    (arrival,) = desk.inbox.take()
    assert arrival.message.code is not None
    assert arrival.message.code.result == "right"
    assert "314159" not in arrival.model_dump_json()
    assert "314159" not in desk.tickets.ticket("T1").model_dump_json()


def test_a_code_whose_delivery_failed_half_way_counts_when_it_comes_again() -> None:
    desk = Desk()
    desk.codes.issue(a_challenge(), "314159", most_an_hour=3)
    desk.tickets.fails = True
    with pytest.raises(Unavailable):
        desk.api(a_body(text="314159"))
    desk.tickets.fails = False
    desk.api(a_body(text="314159"))

    (arrival,) = desk.inbox.take()
    assert arrival.message.code is not None
    assert arrival.message.code.result == "right"


def test_who_sends_a_message_cannot_say_himself_what_came_of_a_code() -> None:
    desk = Desk()
    answer = desk.api(a_body(code={"result": "right"}))

    assert answer.status == 400


def test_of_a_very_long_message_the_beginning_is_read_and_the_ticket_keeps_all() -> None:
    desk = Desk()
    text = "Where is it? " * 2_000
    assert desk.api(a_body(text=text)).status == 202

    (arrival,) = desk.inbox.take()
    assert arrival.message.text == text[:LONGEST] + CUT
    assert desk.tickets.ticket(arrival.ticket_id).messages[0].text == text.strip()


def test_a_short_answer_above_a_long_history_is_taken() -> None:
    desk = Desk()
    history = "On Monday, 2 May 2026, Desk <desk@shop.example> wrote:\n" + "> so it goes\n" * 3_000
    answer = desk.api(a_body(text=f"Yes, please.\n\n{history}"))

    assert answer.status == 202
    assert desk.inbox.take()[0].message.text == "Yes, please."


def test_what_a_machine_wrote_in_the_history_is_not_what_the_customer_says_now() -> None:
    desk = Desk()
    history = "On Monday, 2 May 2026, Desk wrote:\n> Please do not reply to this email."
    desk.api(a_body(text=f"Where is my order?\n\n{history}"))

    assert desk.inbox.take()[0].noise == ""


def test_a_picture_without_a_word_is_a_customer_speaking() -> None:
    desk = Desk()
    photo = {"name": "tin.jpg", "media_type": "image/jpeg", "size_bytes": 9}
    desk.api(a_body(text=" ", subject="", attachments=[photo]))

    assert desk.inbox.take()[0].noise == ""
