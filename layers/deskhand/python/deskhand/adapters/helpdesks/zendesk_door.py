"""Reads the webhooks with which a trigger of Zendesk tells of a new comment.

Signature: base64 of HMAC-SHA256 over the timestamp and the raw body, with nothing between them
(developer.zendesk.com/documentation/webhooks/verifying); Zendesk names no tolerance, ours is five
minutes. The body is the one that docs/zendesk.md gives for the trigger. It names a comment and is
no more than a hint: what was said, and by whom, is fetched.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta

from pydantic import ConfigDict, Field, ValidationError

from deskhand.domain.noun import Noun
from deskhand.domain.ticket import Arrival, Asker, Message
from deskhand.errors import Rejected
from deskhand.text.deliveries import in_plain_words

SIGNATURE = "x-zendesk-webhook-signature"
TIMESTAMP = "x-zendesk-webhook-signature-timestamp"
WINDOW = timedelta(minutes=5)

Number = Field(pattern=r"^[0-9]{1,20}$")


class Hint(Noun):
    """What the trigger sends: which comment of which ticket is new."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)

    ticket_id: str = Number
    comment_id: str = Number


def sign(body: bytes, *, secret: str, timestamp: str) -> str:
    """The signature that Zendesk gives a delivery; the timestamp is in ISO 8601."""
    signed = timestamp.encode() + body
    return base64.b64encode(hmac.digest(secret.encode(), signed, hashlib.sha256)).decode()


class ZendeskDoor:
    """The door of Zendesk."""

    def verify(self, headers: Mapping[str, str], body: bytes, *, secret: str, now: datetime) -> str:
        """Why the delivery is not to be believed; empty when it is. While the secret is changed
        there may be two, with a space between them."""
        if not secret.split():
            return "no signing secret of Zendesk is set: nothing can be believed"
        timestamp, given = headers.get(TIMESTAMP, ""), headers.get(SIGNATURE, "")
        if not timestamp or not given:
            return f"the delivery is not signed: {TIMESTAMP} or {SIGNATURE} is missing"
        signed_at = _time(timestamp)
        if signed_at is None:
            return f"{TIMESTAMP} has to be a time with its zone, in ISO 8601"
        if abs(now - signed_at) > WINDOW:
            return "the delivery was signed more than five minutes from now"
        expected = [sign(body, secret=one, timestamp=timestamp) for one in secret.split()]
        if not any(hmac.compare_digest(one.encode(), given.encode()) for one in expected):
            return "the signature does not fit the body"
        return ""

    def read(self, headers: Mapping[str, str], body: bytes) -> Arrival:
        """The hint that was delivered; a comment is one delivery, however often it is told of."""
        try:
            hint = Hint.model_validate_json(body)
        except ValidationError as error:
            wanted = "send ticket_id and comment_id as docs/zendesk.md shows"
            raise Rejected(f"{in_plain_words(error)}: {wanted}") from error
        signed_at = _time(headers.get(TIMESTAMP, ""))
        if signed_at is None:
            raise Rejected(f"{TIMESTAMP} has to be a time with its zone, in ISO 8601")
        return Arrival(
            helpdesk="zendesk",
            ticket_id=hint.ticket_id,
            subject="",
            asker=Asker(email=""),
            message=Message(id=hint.comment_id, author="customer", text="", said_at=signed_at),
            delivery_id=f"zendesk:{hint.ticket_id}:{hint.comment_id}",
            hint=True,
        )


def _time(text: str) -> datetime | None:
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return None
    return time if time.tzinfo else None
