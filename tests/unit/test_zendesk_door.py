"""Who may knock at Zendesk's door, and what a trigger has to send."""

from datetime import timedelta

import pytest

from deskhand.adapters.helpdesks.zendesk_door import ZendeskDoor, sign
from deskhand.errors import Rejected
from tests.builders import NOON

STAMP = "2026-11-21T12:00:00Z"
SECRET = "dGhpc19zZWNyZXQ="
BODY = b'{"ticket_id": "35", "comment_id": "1042"}'
# Made with: openssl dgst -sha256 -hmac SECRET -binary | base64, over STAMP and BODY
SIGNATURE = "zj4kb3ZEY5Mp2iK7/52LTHBpqoNlBsU/Q+Mril9a8AU="
IN_OTHER_LETTERS = '{"ticket_id": "35", "comment_id": "1042", "note": "Grüße"}'.encode()
ITS_SIGNATURE = "Vm9khmuXiapMHWGB+eyBmISMZShXTDeXwR5KeZQE4Mg="


def headers(signature: str = SIGNATURE, stamp: str = STAMP) -> dict[str, str]:
    given = {
        "x-zendesk-webhook-signature": signature,
        "x-zendesk-webhook-signature-timestamp": stamp,
        "x-zendesk-webhook-invocation-id": "8350205582",
    }
    return {name: value for name, value in given.items() if value}


@pytest.mark.parametrize(
    ("body", "signature"), [(BODY, SIGNATURE), (IN_OTHER_LETTERS, ITS_SIGNATURE)]
)
def test_what_zendesk_has_signed_is_believed(body: bytes, signature: str) -> None:
    assert sign(body, secret=SECRET, timestamp=STAMP) == signature
    assert ZendeskDoor().verify(headers(signature), body, secret=SECRET, now=NOON) == ""


@pytest.mark.parametrize(
    ("signature", "stamp", "body", "why"),
    [
        ("", STAMP, BODY, "not signed"),
        (SIGNATURE, "", BODY, "not signed"),
        ("AAAA", STAMP, BODY, "does not fit"),
        ("ö", STAMP, BODY, "does not fit"),
        (SIGNATURE.lower(), STAMP, BODY, "does not fit"),
        (SIGNATURE, STAMP, BODY.replace(b"35", b"36"), "does not fit"),
        (SIGNATURE, STAMP, BODY + b"\n", "does not fit"),
        (SIGNATURE, "2026-11-21T12:00:01Z", BODY, "does not fit"),
        (SIGNATURE, "2026-11-21T11:54:59Z", BODY, "five minutes"),
        (SIGNATURE, "2026-11-21T12:05:01Z", BODY, "five minutes"),
        (SIGNATURE, "2026-11-21T12:00:00", BODY, "ISO 8601"),
        (SIGNATURE, "noon", BODY, "ISO 8601"),
        (SIGNATURE, "1795262400", BODY, "ISO 8601"),
    ],
)
def test_everything_else_stays_outside(signature: str, stamp: str, body: bytes, why: str) -> None:
    door = ZendeskDoor()
    assert why in door.verify(headers(signature, stamp), body, secret=SECRET, now=NOON)


def test_a_wrong_secret_or_none_lets_nobody_in() -> None:
    door = ZendeskDoor()
    assert "does not fit" in door.verify(headers(), BODY, secret="another", now=NOON)
    for nothing in ("", " "):
        signed = headers(sign(BODY, secret=nothing, timestamp=STAMP))
        assert "no signing secret" in door.verify(signed, BODY, secret=nothing, now=NOON)


def test_while_the_secret_is_changed_both_are_good() -> None:
    door = ZendeskDoor()
    for both in (f"{SECRET} new", f"new {SECRET}"):
        assert door.verify(headers(), BODY, secret=both, now=NOON) == ""


def test_a_delivery_is_believed_for_five_minutes() -> None:
    for minutes in (-5, 5):
        now = NOON + timedelta(minutes=minutes)
        assert ZendeskDoor().verify(headers(), BODY, secret=SECRET, now=now) == ""


def test_a_delivery_is_a_hint_at_one_comment() -> None:
    arrival = ZendeskDoor().read(headers(), BODY)

    assert arrival.hint
    assert (arrival.conversation_id, arrival.message.id) == ("zendesk:35", "1042")
    assert (arrival.asker.email, arrival.asker.verified, arrival.message.text) == ("", False, "")
    assert arrival.message.said_at == NOON


def test_the_same_comment_is_one_delivery_however_often_it_is_told_of() -> None:
    door = ZendeskDoor()
    later = headers(stamp="2026-11-21T12:04:00Z") | {"x-zendesk-webhook-invocation-id": "2"}
    first, second = door.read(headers(), BODY), door.read(later, BODY)

    assert first.delivery_id == second.delivery_id == "zendesk:35:1042"
    other = door.read(headers(), BODY.replace(b"1042", b"1043"))
    assert other.delivery_id != first.delivery_id


def test_numbers_are_taken_as_they_are() -> None:
    arrival = ZendeskDoor().read(headers(), b'{"ticket_id": 35, "comment_id": 1042}')
    assert arrival.delivery_id == "zendesk:35:1042"


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        (b"", "body"),
        (b"[]", "body"),
        (b'{"ticket_id": "35"}', "comment_id: Field required"),
        (b'{"ticket_id": "35", "comment_id": ""}', "comment_id"),
        (b'{"ticket_id": "35", "comment_id": "{{ticket.latest_comment.id}}"}', "comment_id"),
        (b'{"ticket_id": "../35", "comment_id": "1"}', "ticket_id"),
        ('{"ticket_id": "٣", "comment_id": "1"}'.encode(), "ticket_id"),
        (b'{"ticket_id": "35", "comment_id": "1", "text": "hi"}', "text"),
    ],
)
def test_a_body_that_the_trigger_should_not_send_is_told_from_one_that_it_should(
    body: bytes, wrong: str
) -> None:
    with pytest.raises(Rejected, match=rf"{wrong}.*docs/zendesk\.md"):
        ZendeskDoor().read(headers(), body)
