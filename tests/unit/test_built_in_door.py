"""Who may knock at the built-in inbox, and what they have to bring."""

import json
from datetime import UTC, datetime

import pytest

from deskhand.adapters.helpdesks.built_in_door import BuiltInDoor, sign
from deskhand.errors import Rejected

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
STAMP = str(int(NOW.timestamp()))
SECRET = "a secret that only the helpdesk and we know"
BODY = json.dumps(
    {
        "ticket_id": "T1",
        "message_id": "m1",
        "subject": "My order",
        "text": "Where is it? Straße, 注文",
        "from": {"email": "ada@example.com", "verified": True},
    },
    ensure_ascii=False,
).encode()


def headers(**bent: str) -> dict[str, str]:
    given = {
        "x-deskhand-timestamp": STAMP,
        "x-deskhand-signature": sign(BODY, secret=SECRET, timestamp=STAMP),
    }
    return {name: value for name, value in (given | bent).items() if value}


def test_a_signed_delivery_is_believed_and_read() -> None:
    door = BuiltInDoor()
    assert door.verify(headers(), BODY, secret=SECRET, now=NOW) == ""

    arrival = door.read(headers(), BODY)
    assert (arrival.conversation_id, arrival.message.text) == (
        "inbox:T1",
        "Where is it? Straße, 注文",
    )
    assert arrival.message.said_at == NOW
    assert arrival.asker.verified


@pytest.mark.parametrize(
    ("bent", "body", "why"),
    [
        ({"x-deskhand-signature": ""}, BODY, "not signed"),
        ({"x-deskhand-timestamp": ""}, BODY, "not signed"),
        ({"x-deskhand-signature": "AAAA"}, BODY, "does not fit"),
        ({"x-deskhand-signature": "ö"}, BODY, "does not fit"),
        ({}, BODY.replace(b"T1", b"T2"), "does not fit"),
        ({"x-deskhand-timestamp": str(int(STAMP) + 1)}, BODY, "does not fit"),
        ({"x-deskhand-timestamp": str(int(STAMP) - 301)}, BODY, "five minutes"),
        ({"x-deskhand-timestamp": str(int(STAMP) + 301)}, BODY, "five minutes"),
        ({"x-deskhand-timestamp": "yesterday"}, BODY, "whole seconds"),
        ({"x-deskhand-timestamp": "9" * 30}, BODY, "whole seconds"),
    ],
)
def test_what_is_not_signed_well_is_not_believed(
    bent: dict[str, str], body: bytes, why: str
) -> None:
    assert why in BuiltInDoor().verify(headers(**bent), body, secret=SECRET, now=NOW)


def test_the_wrong_secret_and_no_secret_open_nothing() -> None:
    door = BuiltInDoor()
    assert "does not fit" in door.verify(headers(), BODY, secret="another", now=NOW)
    unsigned = headers() | {"x-deskhand-signature": sign(BODY, secret="", timestamp=STAMP)}
    assert "no webhook secret" in door.verify(unsigned, BODY, secret="", now=NOW)


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"not json", "body: Invalid JSON"),
        (b"[]", "body: "),
        (b'{"ticket_id": "T1", "message_id": "m1", "from": {"email": "a@b.c"}}', "text: Field"),
        (BODY.replace(b'"text"', b'"texts"'), "texts: Extra"),
        (BODY.replace(b'"T1"', b'"T 1/../x"'), "ticket_id: String should match"),
        (BODY.replace(b'"ada@example.com"', b"7"), "from.email: "),
    ],
)
def test_a_body_that_is_not_what_we_take_is_refused_by_field(body: bytes, what: str) -> None:
    with pytest.raises(Rejected, match=what):
        BuiltInDoor().read(headers(), body)


def test_a_delivery_that_names_itself_is_remembered_by_that_name() -> None:
    named = headers() | {"x-deskhand-delivery": "d-7"}
    assert BuiltInDoor().read(named, BODY).delivery_id == "inbox:d-7"


def test_a_delivery_may_say_how_the_customer_wrote() -> None:
    said = BODY.replace(b'"text"', b'"channel": "chat", "text"', 1)

    assert BuiltInDoor().read(headers(), said).message.channel == "chat"
    assert BuiltInDoor().read(headers(), BODY).message.channel == ""
    with pytest.raises(Rejected, match="channel: String should match"):
        BuiltInDoor().read(headers(), said.replace(b'"chat"', b'"Chat, or not"'))
