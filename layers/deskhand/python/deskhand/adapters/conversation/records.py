"""What is kept of a conversation beside its nouns, and one change to it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from pydantic import AwareDatetime, NonNegativeInt, PositiveInt

from deskhand.domain.approval import Approval
from deskhand.domain.audit import AuditEntry
from deskhand.domain.conversation import Conversation
from deskhand.domain.noun import Noun
from deskhand.domain.outbox import OutboxEntry
from deskhand.domain.retrieval import Retrieval
from deskhand.domain.ticket import Asker, Message
from deskhand.domain.turn import Ended, Turn

MOST_NEAR = 100
"""How many messages besides those that wait a turn looks back over, however long the conversation.
More than an episode's replies allow; what a burst of hundreds leaves behind it is cut off."""

UNATTENDED = timedelta(seconds=30)
"""How long a message may wait without a turn before somebody has to look."""


class Head(Noun):
    """A conversation with what its order and its due time are made of."""

    conversation: Conversation
    kept: NonNegativeInt = 0
    """How many messages were ever kept, which numbers the next."""
    oldest_waiting_at: AwareDatetime | None = None
    last_started_at: AwareDatetime | None = None
    near: tuple[str, ...] | None = None
    """The last messages and all that wait, in the order of their arrival: what a turn reads of the
    conversation. None where release 1 began it: everything is read."""

    @property
    def read(self) -> tuple[str, ...] | None:
        """The messages that an event may need; None: all that were ever kept."""
        if self.near is None:
            return None
        return tuple(dict.fromkeys((*self.conversation.unproven, *self.near)))

    @property
    def due_at(self) -> datetime | None:
        """From when on somebody has to look after it; None: it waits for nothing of ours."""
        if self.conversation.lease is not None:
            return self.conversation.lease.until
        if self.oldest_waiting_at is not None:
            return self.oldest_waiting_at + UNATTENDED
        return None

    def with_conversation(self, **fields: object) -> "Head":
        """The head with these fields of its conversation changed."""
        changed = self.conversation.model_copy(update=fields)
        return self.model_copy(update={"conversation": changed})

    def with_message(self, message_id: str) -> "Head":
        """The head with one message more, numbered; of those long past the oldest is let go."""
        near = None if self.near is None else (*self.near, message_id)
        if near is not None:
            near = near[-(MOST_NEAR + self.conversation.waiting) :]
        return self.model_copy(update={"kept": self.kept + 1, "near": near})

    def leases(self, turn: Turn) -> bool:
        """Whether this turn is the one that may run."""
        lease = self.conversation.lease
        return lease is not None and lease.turn_id == turn.id


class Kept(Noun):
    """A message with its place in the conversation and the turns that it had."""

    message: Message
    asker: Asker
    number: PositiveInt
    """The order of arrival."""
    episode: PositiveInt
    arrived_at: AwareDatetime
    state: Literal["waiting", "claimed", "ignored", "said"]
    turns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """What one event changes, all at once or not at all."""

    head: Head
    arrived: Kept | None = None
    """A message that must be new."""
    messages: tuple[Kept, ...] = ()
    turn: Turn | Ended | None = None
    replaces: int | None = None
    """The revision that the turn must have in the store; None: it must be new."""
    approval: Approval | None = None
    notes: tuple[OutboxEntry, ...] = ()
    audited: AuditEntry | None = None
    """What the audit says of it, which must be new."""
    retrieval: Retrieval | None = None
    """What the turn that it ends wanted of the articles."""
