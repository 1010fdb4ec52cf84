"""Approvals in DynamoDB, beside the conversation that they belong to."""

import json
from collections.abc import Callable
from datetime import datetime
from heapq import merge
from itertools import islice

from deskhand.adapters.dynamodb.audit import audit_write
from deskhand.adapters.dynamodb.items import Due, Item, Put, noun_of
from deskhand.adapters.dynamodb.layout import (
    APPROVAL,
    EXPIRING,
    TO_DECIDE,
    TO_GO_ON_WITH,
    conversation,
    in_conversation,
    pointer,
)
from deskhand.adapters.dynamodb.table import DeskTable
from deskhand.domain.approval import Approval
from deskhand.domain.audit import AuditEntry
from deskhand.errors import Rejected, Unavailable

TRIES = 20


class DynamoDbApprovals:
    """The port `Approvals` over the DeskTable."""

    def __init__(self, table: DeskTable) -> None:
        self._table = table

    def load(self, approval_id: str) -> Approval | None:
        """The approval, or None."""
        item = self._item(approval_id)
        return noun_of(Approval, item) if item else None

    def of(self, conversation_id: str) -> tuple[Approval, ...]:
        """All of a conversation, oldest first."""
        items = self._table.query(conversation(conversation_id), APPROVAL)
        found = (noun_of(Approval, item) for item in items)
        return tuple(sorted(found, key=lambda approval: (approval.asked_at, approval.id)))

    def open(self, *, limit: int = 50) -> tuple[Approval, ...]:
        """Those that nobody has decided, oldest first."""
        pointers = self._table.due(TO_DECIDE)
        found = (self.load(item.key.pk.removeprefix("A#")) for item in pointers)
        waiting = (approval for approval in found if approval and approval.state == "open")
        return tuple(islice(waiting, limit))

    def decide(self, decided: Approval) -> Approval:
        """Stores the decision if the approval is still open; gives what is stored then."""
        if decided.state == "open":
            raise Rejected(f"the approval {decided.id} was decided as `open`, which is no decision")
        return self._change(decided.id, lambda asked: decided if asked.state == "open" else asked)

    def mark_resumed(self, approval_id: str) -> None:
        """The turn that asked has gone on."""
        self._change(approval_id, lambda asked: asked.model_copy(update={"resumed": True}))

    def due(self, *, before: datetime, limit: int = 50) -> tuple[Approval, ...]:
        """Open ones that expired before then, and decided ones whose turn has not gone on."""
        expired = (
            item
            for item in self._table.due(EXPIRING, before=before)
            if item.due and item.due.at < before
        )
        overdue = merge(expired, self._table.due(TO_GO_ON_WITH), key=_due_at)
        return tuple(noun_of(Approval, item) for item in islice(overdue, limit))

    def _item(self, approval_id: str) -> Item | None:
        pointing = self._table.get(pointer(approval_id))
        if pointing is None:
            return None
        conversation_id = str(pointing.record["conversation_id"])
        return self._table.get(in_conversation(conversation_id, APPROVAL, approval_id))

    def _change(self, approval_id: str, change: Callable[[Approval], Approval]) -> Approval:
        """What is stored in the end; written only where it differs from what was there."""
        for _ in range(TRIES):
            item = self._item(approval_id)
            if item is None:
                raise Rejected(f"there is no approval {approval_id}")
            stored = noun_of(Approval, item)
            changed = change(stored)
            if changed == stored:
                return stored
            writes = approval_writes(changed, expects=item.changes)
            is_new = stored.state == "open" and changed.state != "open"
            told = (audit_write(AuditEntry.of_decision(changed)),) if is_new else ()
            if not self._table.write(*writes, *told):
                return changed
        raise Unavailable(f"the approval {approval_id}, which changes all the time,")


def approval_writes(approval: Approval, *, expects: int) -> tuple[Put, Put]:
    """An approval and its pointer, each in the bucket where it is looked for."""
    is_open = approval.state == "open"
    place = json.dumps({"conversation_id": approval.conversation_id})
    to_decide = Due(TO_DECIDE, approval.asked_at) if is_open else None
    return (
        Put.of(
            in_conversation(approval.conversation_id, APPROVAL, approval.id),
            approval,
            expects=expects,
            due=_due(approval),
        ),
        Put(pointer(approval.id), place, due=to_decide),
    )


def _due(approval: Approval) -> Due | None:
    if approval.state == "open":
        return Due(EXPIRING, approval.expires_at)
    if approval.resumed:
        return None
    return Due(TO_GO_ON_WITH, approval.decided_at or approval.expires_at)


def _due_at(item: Item) -> datetime:
    if item.due is None:
        raise ValueError(f"the record {item.key.sk} is in the index, but has no due time")
    return item.due.at
