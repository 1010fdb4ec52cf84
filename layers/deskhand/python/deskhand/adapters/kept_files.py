"""The files of the built-in helpdesk, in S3 beside the other parts that no table holds."""

import hashlib
import json
from typing import Any

from deskhand.adapters.s3_objects import S3Objects
from deskhand.errors import Rejected


class S3Files:
    """The port `FileShelf`. What customers call their files never stands in a key; the bucket's
    lifecycle rule forgets them with the turns."""

    def __init__(self, client: Any, bucket: str) -> None:
        self._objects = S3Objects(client, bucket, "parts/files")

    def keep(self, ticket_id: str, message_id: str, name: str, content: bytes) -> None:
        """Keeps the file in place of any earlier one of that name of that message."""
        key = _key(ticket_id, message_id, name)
        self._objects.put(key, content, content_type="application/octet-stream")

    def content(self, ticket_id: str, message_id: str, name: str, *, max_bytes: int) -> bytes:
        """The file of that name of that message. `Rejected`: there is none, or it is larger."""
        found = self._objects.get(_key(ticket_id, message_id, name))
        return within(max_bytes, found, f"file {name!r} of message {message_id}")


def within(max_bytes: int, content: bytes | None, what: str) -> bytes:
    """The content, if there is one and it is not too large; else `Rejected`."""
    if content is None:
        raise Rejected(f"there is no {what}")
    if len(content) > max_bytes:
        raise Rejected(f"the {what} is larger than {max_bytes} bytes")
    return content


def _key(ticket_id: str, message_id: str, name: str) -> str:
    return hashlib.sha256(json.dumps([ticket_id, message_id, name]).encode()).hexdigest()
