"""The audit in memory: the twin for a laptop and for tests."""

from collections.abc import Iterator
from datetime import datetime

from deskhand.adapters.memory.state import MemoryDesk
from deskhand.domain.audit import AuditEntry


class MemoryAudit:
    """The port `Audit` over a `MemoryDesk`."""

    def __init__(self, desk: MemoryDesk) -> None:
        self._desk = desk

    def add(self, entry: AuditEntry) -> bool:
        """Keeps an entry, unless one of this id is kept already."""
        with self._desk.lock:
            is_new = entry.id not in self._desk.audit
            self._desk.audit.setdefault(entry.id, entry)
            return is_new

    def of(self, conversation_id: str) -> tuple[AuditEntry, ...]:
        """All of a conversation, oldest first."""
        kept = self._oldest_first()
        return tuple(entry for entry in kept if entry.conversation_id == conversation_id)

    def between(self, since: datetime, until: datetime) -> Iterator[AuditEntry]:
        """Everything from `since` on and before `until`, oldest first."""
        return (entry for entry in self._oldest_first() if since <= entry.at < until)

    def _oldest_first(self) -> list[AuditEntry]:
        with self._desk.lock:
            kept = list(self._desk.audit.values())
        return sorted(kept, key=lambda entry: (entry.at, entry.id))
