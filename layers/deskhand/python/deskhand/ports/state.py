"""State: conversations and approvals; every change is one conditional write."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol

from deskhand.domain.approval import Approval
from deskhand.domain.audit import AuditEntry
from deskhand.domain.conversation import Conversation
from deskhand.domain.outbox import OutboxEntry
from deskhand.domain.retrieval import Retrieval
from deskhand.domain.sender import Sender
from deskhand.domain.ticket import Arrival, Message
from deskhand.domain.turn import Ended, Turn


class Conversations(Protocol):
    """Heads, messages and turns; every change is one conditional write, so that races have one
    winner."""

    def append(self, arrival: Arrival) -> bool:
        """Keeps the message and opens the conversation if it is new; it then waits for a turn
        (`waiting` + 1). What was begun by whom is remembered for a day (`lately`).
        False: this message id was kept before, nothing changed."""
        ...

    def ignore(self, arrival: Arrival, *, why: str, at: datetime) -> bool:
        """Keeps the message together with a turn that ended `ignored`; it waits for nobody and
        supersedes nothing.
        False: this message id was kept before."""
        ...

    def load(self, conversation_id: str) -> Conversation | None:
        """The head, or None."""
        ...

    def said(self, conversation_id: str) -> tuple[Message, ...]:
        """What was said in the episode that goes on, by both sides, oldest first; what was ignored
        is left out, what waits is not."""
        ...

    def lately(self, email: str) -> Sender:
        """What an address has begun and was answered within the last day; upper and lower case are
        the same. Whoever appends first is first for everybody who looks after an `append`."""
        ...

    def open_turn(self, conversation_id: str, *, now: datetime, lease_s: int) -> Turn | None:
        """Takes the lease for a new turn, named by `turn_id_for` after the first waiting message
        that no turn had before, and
        stores the turn (without messages). None: nothing waits, or another turn has the lease.
        A lease that ran out is not free: `settle` ends its turn first."""
        ...

    def claim(self, turn: Turn) -> Turn:
        """All waiting messages (at most 50, oldest first) become this turn's, which is stored
        with them, the episode's history
        and open approvals; the claimed no longer wait. A turn that has its messages already is
        given back unchanged."""
        ...

    def turn(self, conversation_id: str, turn_id: str) -> Turn | Ended | None:
        """A turn as it is stored, or None."""
        ...

    def turns(self, conversation_id: str) -> tuple[Turn | Ended, ...]:
        """All turns of a conversation, oldest first."""
        ...

    def save(self, turn: Turn, *, now: datetime, lease_s: int) -> Turn | None:
        """Stores the turn in place of the revision it was made from, prolongs its lease, and
        gives it with its new revision.
        None: somebody else stored that turn meanwhile, or it no longer has the lease; nothing was
        written."""
        ...

    def commit_to_send(self, turn: Turn) -> bool:
        """The moment before the first write: from here on a new message waits for the next turn.
        False: a message waits already, or the turn no longer has the lease. True again when
        repeated."""
        ...

    def park(self, turn: Turn, approval: Approval, *, note: OutboxEntry) -> bool:
        """Stores the turn, its approval and the note that asks for it, and frees the lease, all
        at once.
        False: the turn was stored or ended by somebody else meanwhile."""
        ...

    def resume(self, turn: Turn, *, now: datetime, lease_s: int) -> Turn | None:
        """Stores a parked turn and takes the lease for it again. None: another turn has it, or
        this turn has ended."""
        ...

    def end(self, ended: Ended, *, notes: Sequence[OutboxEntry] = ()) -> bool:
        """Writes the ending, its notes, our reply as a message, and frees the turn's lease if it
        has it, all at once.
        `handed_over` gives the conversation to a person; `superseded` lets the messages of a turn
        that has the lease wait again (those of a parked turn are history: a newer turn took its
        request back). An answer to the customer is counted for its address (`lately`). What the
        turn decided and did enters the audit in the same write.
        False: the turn has an ending already, or was stored by somebody else meanwhile; nothing
        was written."""
        ...

    def give_back(self, conversation_id: str, *, by: str = "a person at the desk") -> None:
        """A person gives the conversation back to the agent: a new episode begins, and the audit
        says who did it."""
        ...

    def due(self, *, before: datetime, limit: int = 50) -> tuple[Conversation, ...]:
        """Conversations to look after: a lease that ran out before then, or messages that wait
        without a turn and arrived
        more than 30 seconds before then. Oldest first."""
        ...


class Approvals(Protocol):
    """Questions to people. They are asked by `Conversations.park`, in one transaction with the
    turn."""

    def load(self, approval_id: str) -> Approval | None:
        """The approval, or None."""
        ...

    def of(self, conversation_id: str) -> tuple[Approval, ...]:
        """All of a conversation, oldest first."""
        ...

    def open(self, *, limit: int = 50) -> tuple[Approval, ...]:
        """Those that nobody has decided, oldest first."""
        ...

    def decide(self, decided: Approval) -> Approval:
        """Stores the decision if the approval is still open, and gives what is stored then: the
        earlier decision if one was made.
        Exactly one of several at once is kept, and enters the audit in the same write."""
        ...

    def mark_resumed(self, approval_id: str) -> None:
        """The turn that asked has gone on."""
        ...

    def due(self, *, before: datetime, limit: int = 50) -> tuple[Approval, ...]:
        """Open ones that expired before then, and decided ones whose turn has not gone on."""
        ...


class Audit(Protocol):
    """What was decided and done. Entries come in the writes that they tell of (`Conversations`,
    `Approvals`) or are added; nothing here changes one or takes it away."""

    def add(self, entry: AuditEntry) -> bool:
        """Keeps an entry. False: one of this id is kept already, and stays as it is."""
        ...

    def of(self, conversation_id: str) -> tuple[AuditEntry, ...]:
        """All of a conversation, oldest first."""
        ...

    def between(self, since: datetime, until: datetime) -> Iterator[AuditEntry]:
        """Everything from `since` on and before `until`, oldest first; what was written in the last
        moment may be missing yet."""
        ...


class Retrievals(Protocol):
    """What turns wanted of the articles, and whether it was there. Each comes in the write of its
    turn's ending (`Conversations.end`) and is forgotten with the turn."""

    def between(self, since: datetime, until: datetime) -> Iterator[Retrieval]:
        """Those that ended from `since` on and before `until`, oldest first; what was written in
        the last moment may be missing yet."""
        ...
