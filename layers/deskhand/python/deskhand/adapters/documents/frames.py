"""How a document and what was read in it travel between two processes: each with its length."""

import json
from typing import Any

_LENGTH_BYTES = 8


def frame(said: dict[str, Any] | bytes) -> bytes:
    """Some bytes, or an object as JSON, after their length."""
    payload = said if isinstance(said, bytes) else json.dumps(said).encode()
    return len(payload).to_bytes(_LENGTH_BYTES, "big") + payload


def unframed_size(got: bytes) -> int | None:
    """How many bytes the frame that begins so has in all; None while that cannot be told."""
    if len(got) < _LENGTH_BYTES:
        return None
    return _LENGTH_BYTES + int.from_bytes(got[:_LENGTH_BYTES], "big")


def parsed_frame(whole: bytes) -> dict[str, Any]:
    """The object in a frame."""
    found: dict[str, Any] = json.loads(whole[_LENGTH_BYTES:])
    return found


def read_frame(stream: Any) -> bytes | None:
    """The next frame's payload from a stream; None at its end."""
    length = stream.read(_LENGTH_BYTES)
    if len(length) < _LENGTH_BYTES:
        return None
    payload: bytes = stream.read(int.from_bytes(length, "big"))
    return payload
