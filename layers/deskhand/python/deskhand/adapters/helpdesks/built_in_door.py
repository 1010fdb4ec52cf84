"""Reads the signed webhooks of the built-in inbox, a form that any helpdesk can be made to send.

Signature: base64 of HMAC-SHA256 over the timestamp, a full stop and the raw body, in the manner of
Chatwoot's; fresh is what was signed at most five minutes from now, the window that HubSpot names.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from deskhand.domain.ticket import Arrival
from deskhand.text.deliveries import read_delivery

SIGNATURE = "x-deskhand-signature"
TIMESTAMP = "x-deskhand-timestamp"
DELIVERY = "x-deskhand-delivery"
WINDOW = timedelta(minutes=5)


def sign(body: bytes, *, secret: str, timestamp: str) -> str:
    """The signature that a delivery has to carry; the timestamp is in whole seconds since 1970."""
    signed = timestamp.encode() + b"." + body
    return base64.b64encode(hmac.digest(secret.encode(), signed, hashlib.sha256)).decode()


class BuiltInDoor:
    """The door of the built-in inbox."""

    def verify(self, headers: Mapping[str, str], body: bytes, *, secret: str, now: datetime) -> str:
        """Why the delivery is not to be believed; empty when it is."""
        if not secret:
            return "no webhook secret is set: nothing can be believed"
        timestamp, given = headers.get(TIMESTAMP, ""), headers.get(SIGNATURE, "")
        if not timestamp or not given:
            return f"the delivery is not signed: send {TIMESTAMP} and {SIGNATURE}"
        if not timestamp.isascii() or not timestamp.isdigit() or len(timestamp) > 12:
            return f"{TIMESTAMP} has to be whole seconds since 1970"
        if abs(now - datetime.fromtimestamp(int(timestamp), UTC)) > WINDOW:
            return "the delivery was signed more than five minutes from now"
        expected = sign(body, secret=secret, timestamp=timestamp)
        if not hmac.compare_digest(expected.encode(), given.encode()):
            return "the signature does not fit the body"
        return ""

    def read(self, headers: Mapping[str, str], body: bytes) -> Arrival:
        """The message that was delivered; it was said when it was signed unless it says
        otherwise."""
        signed_at = datetime.fromtimestamp(int(headers[TIMESTAMP]), UTC)
        arrival = read_delivery(body, helpdesk="inbox", now=signed_at)
        delivery_id = headers.get(DELIVERY, "")
        if not delivery_id:
            return arrival
        return arrival.model_copy(update={"delivery_id": f"inbox:{delivery_id}"[:200]})
