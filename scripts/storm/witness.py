"""Sees what really happened, behind everything that can fail: what was said, done and ended."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from deskhand.adapters.memory.conversations import MemoryConversations
from deskhand.adapters.memory.desk import MemoryBuiltInDesk
from deskhand.domain.outbox import OutboxEntry
from deskhand.domain.records import CustomerScope
from deskhand.domain.ticket import CloseOut, Ticket
from deskhand.domain.turn import Ended


@dataclass(frozen=True)
class Spoke:
    """Something that was said to a customer."""

    ticket_id: str
    marker: str
    text: str
    read: Ticket | None
    """The ticket as whoever said it had read it last; None: they had not looked."""
    leased_to: str
    """The turn that had the conversation at that moment."""

    @property
    def turn_id(self) -> str:
        """The turn that it was said for."""
        return self.marker.partition(":")[0]


@dataclass(frozen=True)
class Asked:
    """A change that a system of record was asked for."""

    verb: str
    subject: str
    key: str
    scope: CustomerScope
    system: Any


@dataclass
class Witness:
    """Everything that was seen, in order."""

    spoken: list[Spoke] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    endings: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """By turn, the kind of each ending that was written."""
    accepted: dict[tuple[str, str], None] = field(default_factory=dict)
    """Conversation and message id of whatever intake said yes to."""
    mistakes: list[str] = field(default_factory=list)
    """What functions raised that no port may raise."""
    working: list[int] = field(default_factory=list)
    """The functions that run, the innermost last."""
    looked: dict[tuple[int, str], Ticket] = field(default_factory=dict)
    """The ticket as each function has read it last."""


class WatchedDesk(MemoryBuiltInDesk):
    """The built-in helpdesk, watched."""

    def __init__(self, witness: Witness, conversations: MemoryConversations, clock: Any) -> None:
        super().__init__(clock)
        self._witness, self._conversations = witness, conversations

    def ticket(self, ticket_id: str) -> Ticket:
        """The ticket; it is kept how it was read."""
        found = super().ticket(ticket_id)
        if self._witness.working:
            self._witness.looked[self._witness.working[-1], ticket_id] = found
        return found

    def reply(self, ticket_id: str, text: str, *, marker: str, close_out: CloseOut) -> str:
        """Says it; what was said anew is kept with what its speaker knew."""
        is_new = self.find(ticket_id, marker) is None
        said = super().reply(ticket_id, text, marker=marker, close_out=close_out)
        if is_new:
            working = self._witness.working[-1] if self._witness.working else -1
            read = self._witness.looked.get((working, ticket_id))
            head = self._conversations.load(f"inbox:{ticket_id}")
            leased_to = head.lease.turn_id if head and head.lease else ""
            self._witness.spoken.append(Spoke(ticket_id, marker, text, read, leased_to))
        return said


class WatchedConversations(MemoryConversations):
    """Conversations, watched."""

    def __init__(self, desk: Any, witness: Witness) -> None:
        super().__init__(desk)
        self._witness = witness

    def end(self, ended: Ended, *, notes: Sequence[OutboxEntry] = ()) -> bool:
        """Writes the ending; one that was written is kept."""
        written = super().end(ended, notes=notes)
        if written:
            self._witness.endings[ended.turn.id].append(ended.ending.kind)
        return written


class WatchedSystem:
    """A system of record, watched: which changes reached it."""

    def __init__(self, system: Any, verbs: Sequence[str], witness: Witness) -> None:
        self._system, self._verbs, self._witness = system, frozenset(verbs), witness

    def __getattr__(self, verb: str) -> Any:
        thing = getattr(self._system, verb)
        if verb not in self._verbs:
            return thing

        def change(scope: CustomerScope, subject: str, **named: Any) -> Any:
            asked = Asked(verb, subject, named["idempotency_key"], scope, self._system)
            self._witness.asked.append(asked)
            return thing(scope, subject, **named)

        return change
