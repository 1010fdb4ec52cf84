"""The outbox in memory: the twin for a laptop and for tests."""

from datetime import datetime

from deskhand.adapters.memory.state import MemoryDesk
from deskhand.domain.outbox import OutboxEntry


class MemoryOutbox:
    """The port `Outbox` over a `MemoryDesk`."""

    def __init__(self, desk: MemoryDesk) -> None:
        self._desk = desk

    def of(self, conversation_id: str) -> tuple[OutboxEntry, ...]:
        """What is not delivered yet of one conversation, earliest due first."""
        return tuple(one for one in self._oldest_first() if one.conversation_id == conversation_id)

    def due(self, *, before: datetime, limit: int = 50) -> tuple[OutboxEntry, ...]:
        """What should have been delivered by then, oldest first."""
        return tuple(one for one in self._oldest_first() if one.due_at <= before)[:limit]

    def delivered(self, entry: OutboxEntry) -> None:
        """It leaves the outbox."""
        with self._desk.lock:
            self._desk.notes.pop((entry.conversation_id, entry.id), None)

    def postpone(self, entry: OutboxEntry, *, until: datetime) -> None:
        """One attempt more, tried again then; one that was delivered meanwhile stays away."""
        key = (entry.conversation_id, entry.id)
        with self._desk.lock:
            if stored := self._desk.notes.get(key):
                self._desk.notes[key] = stored.model_copy(
                    update={"attempts": stored.attempts + 1, "due_at": until}
                )

    def _oldest_first(self) -> list[OutboxEntry]:
        with self._desk.lock:
            kept = list(self._desk.notes.values())
        return sorted(kept, key=lambda one: (one.due_at, one.id))
