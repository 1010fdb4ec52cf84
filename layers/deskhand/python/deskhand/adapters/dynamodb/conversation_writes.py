"""One change of a conversation as what is written into the table for it."""

import json
from collections.abc import Iterator

from deskhand.adapters.conversation.records import Change, Kept
from deskhand.adapters.dynamodb.approvals import approval_writes
from deskhand.adapters.dynamodb.audit import audit_write
from deskhand.adapters.dynamodb.items import ABSENT, ANYTHING, Due, Item, Put, Write
from deskhand.adapters.dynamodb.layout import (
    CONVERSATIONS,
    HEAD,
    MESSAGE,
    NOTES,
    OUTBOX,
    TURN,
    in_conversation,
)
from deskhand.adapters.dynamodb.retrievals import retrieval_write
from deskhand.domain.turn import Ended, Turn, dump_turn


def writes_of(change: Change, seen: Item | None, asked: Item | None) -> Iterator[Write]:
    """All of the change, if the head and the approval are as they were seen."""
    head = change.head
    due = Due(CONVERSATIONS, head.due_at) if head.due_at else None
    conversation_id = head.conversation.id
    key = in_conversation(conversation_id, HEAD)
    yield Put.of(key, head, expects=seen.changes if seen else ABSENT, due=due)
    if change.arrived:
        yield _message(conversation_id, change.arrived, ABSENT)
    for kept in change.messages:
        yield _message(conversation_id, kept, ANYTHING)
    if change.turn:
        key = in_conversation(conversation_id, TURN, id_of(change.turn))
        record = json.dumps(dump_turn(change.turn), ensure_ascii=False, separators=(",", ":"))
        expects = ABSENT if change.replaces is None else change.replaces
        yield Put(key, record, expects=expects, first=0)
    if change.approval:
        yield from approval_writes(change.approval, expects=asked.changes if asked else ABSENT)
    for note in change.notes:
        key = in_conversation(conversation_id, OUTBOX, note.id)
        yield Put.of(key, note, due=Due(NOTES, note.due_at))
    if change.audited:
        yield audit_write(change.audited)
    if change.retrieval:
        yield retrieval_write(change.retrieval)


def _message(conversation_id: str, kept: Kept, expects: int) -> Put:
    return Put.of(in_conversation(conversation_id, MESSAGE, kept.message.id), kept, expects=expects)


def id_of(stored: Turn | Ended) -> str:
    """The id of a turn that runs or has ended."""
    return stored.turn.id if isinstance(stored, Ended) else stored.id
