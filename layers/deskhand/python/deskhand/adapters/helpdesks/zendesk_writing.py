"""The bodies of our updates, in Zendesk's words."""

from typing import Any

from deskhand.adapters.helpdesks.zendesk_shapes import TicketRow
from deskhand.domain.ticket import CloseOut
from deskhand.errors import Rejected

MARKER = "deskhand"
PRIORITIES = {"low", "normal", "high", "urgent"}
LONGEST_NOTE_BYTES = 60_000
"""Zendesk takes 64 KiB; a hand-over that is cut is better than one that never arrives."""


def comment(text: str, *, public: bool, marker: str) -> dict[str, Any]:
    """An update that says something and changes nothing."""
    return {"comment": {"body": text, "public": public}, "metadata": {MARKER: marker}}


def update(
    row: TicketRow, text: str, *, public: bool, marker: str, close_out: CloseOut, group_id: int
) -> dict[str, Any]:
    """An update that says something and closes out, made only if the ticket is still as `row`."""
    body = comment(text, public=public, marker=marker)
    body |= {"safe_update": True, "updated_stamp": row.updated_at}
    if close_out.status:
        body["status"] = close_out.status
    if close_out.tags:
        # Zendesk puts these in the place of those that are there.
        body["tags"] = list(dict.fromkeys((*row.tags, *map(_tag, close_out.tags))))
    if group_id:
        body["group_id"] = group_id
    if close_out.priority in PRIORITIES:
        body["priority"] = close_out.priority
    if close_out.assignee is not None:
        body["assignee_id"] = _assignee_id(close_out.assignee)
    return body


def shortened(note: str) -> str:
    """The note as far as Zendesk takes it."""
    whole = note.encode()
    if len(whole) <= LONGEST_NOTE_BYTES:
        return note
    return f"{whole[:LONGEST_NOTE_BYTES].decode('utf-8', 'ignore')}\n(cut here: it was longer)"


def _tag(text: str) -> str:
    """A tag of Zendesk's is in lower case and has no spaces."""
    return "_".join(text.lower().split())


def _assignee_id(assignee: str) -> int | None:
    if not assignee:
        return None
    if not assignee.isdigit():
        raise Rejected(f"a ticket of Zendesk is given to an agent by number, not to {assignee!r}")
    return int(assignee)
