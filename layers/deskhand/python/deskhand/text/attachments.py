"""Tells which files of a customer may be opened by a machine at all."""

from collections.abc import Collection

from deskhand.domain.ticket import Attachment


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
