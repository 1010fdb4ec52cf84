"""The desk's memory inside one process: what the twins share where an event changes several."""

from collections import defaultdict
from datetime import UTC, datetime
from threading import RLock

from deskhand.adapters.conversation.records import Head, Kept
from deskhand.domain.approval import Approval
from deskhand.domain.audit import AuditEntry
from deskhand.domain.outbox import OutboxEntry
from deskhand.domain.retrieval import Retrieval
from deskhand.domain.sender import Sender
from deskhand.domain.turn import Ended, Turn
from deskhand.ports import Clock


class MemoryDesk:
    """Everything that is kept, behind one lock. Give the same one to all twins of a desk."""

    def __init__(self, clock: Clock = lambda: datetime.now(UTC)) -> None:
        self.clock = clock
        self.lock = RLock()
        self.heads: dict[str, Head] = {}
        self.messages: defaultdict[str, dict[str, Kept]] = defaultdict(dict)
        self.turns: defaultdict[str, dict[str, Turn | Ended]] = defaultdict(dict)
        self.approvals: dict[str, Approval] = {}
        self.notes: dict[tuple[str, str], OutboxEntry] = {}
        """By conversation and id."""
        self.audit: dict[str, AuditEntry] = {}
        self.retrievals: dict[str, Retrieval] = {}
        """By the turn."""
        self.senders: dict[str, Sender] = {}
