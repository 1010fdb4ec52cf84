"""Links that let a person at the desk answer an approval: signed, and valid while it is open.

A link is a bearer's right to answer one question, so it stands in notes alone, which only people
at the desk can read. Opening it decides nothing: what scans mail and previews pages opens links,
too. It is used up by the approval's own decision, of which there is one.
"""

import hashlib
import hmac
import math
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from deskhand.domain.approval import Approval
from deskhand.domain.noun import Noun
from deskhand.errors import Rejected

PURPOSE = b"deskhand approval link 1\n"
"""Signed with each link, so that nothing else that this key may sign is one."""
NONCE_BYTES = 9
LONGEST_LINK = 500
NOT_OURS = "this link is not one of ours, or was cut off on its way: open it from the note again"


class Linked(Noun):
    """What a link says, once its signature was found right."""

    approval_id: str
    expires_at: datetime


@dataclass(frozen=True)
class ApprovalLinks:
    """Signs and reads links."""

    key: Callable[[], str]
    public_url: str
    """Where people reach the desk's API; empty: no links are given."""

    def link(self, approval: Approval) -> str:
        """The address that opens this approval; empty where the desk has no public one."""
        if not self.public_url:
            return ""
        expires = math.ceil(approval.expires_at.timestamp())
        nonce = secrets.token_urlsafe(NONCE_BYTES)
        payload = f"{approval.id}\n{expires}\n{nonce}".encode()
        token = f"{_text(payload)}.{_text(self._signature(payload))}"
        return f"{self.public_url.rstrip('/')}/approve/{token}"

    def read(self, token: str) -> Linked:
        """What the link says, expired or not. `Rejected`: we did not sign it."""
        said, _, signed = token.partition(".")
        payload, signature = _bytes(said), _bytes(signed)
        if len(token) > LONGEST_LINK or not hmac.compare_digest(
            signature, self._signature(payload)
        ):
            raise Rejected(NOT_OURS)
        approval_id, expires, _ = payload.decode().split("\n")
        at = datetime.fromtimestamp(int(expires), UTC)
        return Linked(approval_id=approval_id, expires_at=at)

    def _signature(self, payload: bytes) -> bytes:
        key = self.key()
        if not key:
            raise Rejected("links are signed with a key, and none is set")
        return hmac.digest(key.encode(), PURPOSE + payload, hashlib.sha256)


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    """What the text stands for; nothing where it was not written by `_text`."""
    try:
        raw = urlsafe_b64decode(text.encode() + b"=" * (-len(text) % 4))
    except (NotBase64, ValueError):
        return b""
    return raw if _text(raw) == text else b""
