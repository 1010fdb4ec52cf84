"""Tells which files of a customer may be opened by a machine at all."""

from collections.abc import Collection

from deskhand.domain.file import OpenedFile
from deskhand.domain.ticket import Attachment
from deskhand.text.visible import visible

LONGEST_TEXT = 40_000
"""In characters: as much as twice the longest message that is read. More would cost more than all
else that a model is told, and of a part nobody could say that the file was read."""

_BEGINNINGS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
)


def why_not_opened(attachment: Attachment, *, types: Collection[str], max_bytes: int) -> str:
    """Why this file is never fetched and only a person opens it, in words; empty where it may be.

    By the type that the helpdesk states: whoever fetches it has to find the content to be of it.
    """
    media_type = attachment.media_type.partition(";")[0].strip().lower()
    if media_type not in types:
        return f"{media_type or 'no type'} is not among the types that are opened"
    if not 0 < attachment.size_bytes <= max_bytes:
        return f"{attachment.size_bytes} bytes; 1 to {max_bytes} are opened"
    return ""


def opened(attachment: Attachment, content: bytes, *, types: Collection[str]) -> OpenedFile | None:
    """The file as what its first bytes say it is; None where that is none of the types, or not the
    one that was stated. A text is what a reader sees of it; None where that is nothing, or too
    long."""
    found = _type_of(content)
    stated = attachment.media_type.partition(";")[0].strip().lower()
    if found not in types or found != stated:
        return None
    if found == "text/plain":
        text = visible(content.decode("utf-8-sig"))
        if not text.strip() or len(text) > LONGEST_TEXT:
            return None
        content = text.encode()
    return OpenedFile(name=attachment.name, media_type=found, content=content)


def _type_of(content: bytes) -> str:
    for beginning, media_type in _BEGINNINGS:
        if content.startswith(beginning):
            return media_type
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return "" if "\0" in text else "text/plain"
