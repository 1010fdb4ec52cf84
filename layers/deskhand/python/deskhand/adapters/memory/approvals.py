"""Approvals in memory: the twin for a laptop and for tests."""

from datetime import datetime

from deskhand.adapters.memory.state import MemoryDesk
from deskhand.domain.approval import Approval
from deskhand.domain.audit import AuditEntry
from deskhand.errors import Rejected


class MemoryApprovals:
    """The port `Approvals` over a `MemoryDesk`."""

    def __init__(self, desk: MemoryDesk) -> None:
        self._desk = desk

    def load(self, approval_id: str) -> Approval | None:
        """The approval, or None."""
        with self._desk.lock:
            return self._desk.approvals.get(approval_id)

    def of(self, conversation_id: str) -> tuple[Approval, ...]:
        """All of a conversation, oldest first."""
        return tuple(one for one in self._oldest_first() if one.conversation_id == conversation_id)

    def open(self, *, limit: int = 50) -> tuple[Approval, ...]:
        """Those that nobody has decided, oldest first."""
        return tuple(one for one in self._oldest_first() if one.state == "open")[:limit]

    def decide(self, decided: Approval) -> Approval:
        """Stores the decision if the approval is still open; gives what is stored then."""
        if decided.state == "open":
            raise Rejected(f"the approval {decided.id} was decided as `open`, which is no decision")
        with self._desk.lock:
            stored = self._stored(decided.id)
            if stored.state == "open":
                self._desk.approvals[decided.id] = stored = decided
                entry = AuditEntry.of_decision(decided)
                self._desk.audit[entry.id] = entry
            return stored

    def mark_resumed(self, approval_id: str) -> None:
        """The turn that asked has gone on."""
        with self._desk.lock:
            stored = self._stored(approval_id)
            self._desk.approvals[approval_id] = stored.model_copy(update={"resumed": True})

    def due(self, *, before: datetime, limit: int = 50) -> tuple[Approval, ...]:
        """Open ones that expired before then, and decided ones whose turn has not gone on."""
        overdue = [
            one
            for one in self._oldest_first()
            if (one.expires_at < before if one.state == "open" else not one.resumed)
        ]
        overdue.sort(key=_due_at)
        return tuple(overdue[:limit])

    def _oldest_first(self) -> list[Approval]:
        with self._desk.lock:
            kept = list(self._desk.approvals.values())
        return sorted(kept, key=lambda one: (one.asked_at, one.id))

    def _stored(self, approval_id: str) -> Approval:
        if stored := self._desk.approvals.get(approval_id):
            return stored
        raise Rejected(f"there is no approval {approval_id}")


def _due_at(approval: Approval) -> datetime:
    is_open = approval.state == "open"
    return approval.expires_at if is_open else approval.decided_at or approval.expires_at
