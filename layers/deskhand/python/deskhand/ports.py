"""The outside, as the desk needs it: one small protocol for each thing that we talk to.

Every method may raise `Unavailable` (worth another try) or `Rejected` (not); nothing else crosses
a port.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal, Protocol

from deskhand.domain.approval import Approval
from deskhand.domain.article import Article, Chunk
from deskhand.domain.classification import Classification
from deskhand.domain.conversation import Conversation
from deskhand.domain.draft import Draft
from deskhand.domain.evidence import Passage
from deskhand.domain.ledger import Counters, LedgerEntry, Reservation
from deskhand.domain.outbox import OutboxEntry
from deskhand.domain.permission import Permission, PermissionRequest
from deskhand.domain.policy import Intent
from deskhand.domain.records import Customer, CustomerScope, Order, Refund
from deskhand.domain.ticket import Arrival, Asker, CloseOut, Ticket
from deskhand.domain.tool import ToolSpec
from deskhand.domain.turn import Ended, Envelope, Retrieved, Turn

Vector = Sequence[float]


class Clock(Protocol):
    """Tells the time, so that tests can."""

    def __call__(self) -> datetime:
        """Now, with its zone."""
        ...


def utc_now() -> datetime:
    """The clock of this machine."""
    return datetime.now(UTC)


# --- words and meaning ----------------------------------------------------------------------------


class Embedder(Protocol):
    """Turns texts into unit vectors whose dot product says how near they are in meaning."""

    @property
    def fingerprint(self) -> str:
        """Which model with which weights this is; thresholds and indexes fit one only."""
        ...

    def embed(self, texts: Sequence[str]) -> Sequence[Vector]:
        """One unit vector a text, in order (in practice a float32 array of shape (texts,
        dimensions))."""
        ...


class LanguageModel(Protocol):
    """Reads and writes; everything that it gives is untrusted."""

    def classify(self, turn: Turn, *, intents: dict[str, Intent]) -> Classification:
        """What the turn's messages are about; called only where the local classifier is not
        sure."""
        ...

    def draft(
        self, turn: Retrieved, *, intents: dict[str, Intent], tools: Sequence[ToolSpec]
    ) -> Draft:
        """What to say and to do, with what supports each sentence. Minds `turn.lessons` when it
        is asked again."""
        ...


class KnowledgeBase(Protocol):
    """The index that is searched, and how a new one takes its place."""

    @property
    def fingerprint(self) -> str:
        """Of the embedder whose vectors serve now; empty before anything was indexed."""
        ...

    def search(
        self,
        query: str,
        vector: Vector,
        *,
        limit: int,
        on: date,
        categories: Sequence[str] = (),
        language: str = "",
    ) -> tuple[Passage, ...]:
        """The best public passages in force on that day, best first; none before anything was
        indexed."""
        ...

    def indexed(self) -> dict[str, tuple[str, Vector]]:
        """Chunk id to content hash and vector of what serves now, so that only what changed is
        embedded."""
        ...

    def replace(
        self, chunks: Sequence[Chunk], vectors: Sequence[Vector], *, fingerprint: str
    ) -> str:
        """Builds a new index beside the old one and swaps it in at once; gives its version. A
        crash leaves the old one."""
        ...


class ArticleSource(Protocol):
    """Where articles come from."""

    def articles(self) -> Iterable[Article]:
        """Every article that there is now. A broken one raises `Rejected` that names it and what
        is wrong."""
        ...


class ArticleShelf(ArticleSource, Protocol):
    """A source that we may write to: the documents that were put there by API."""

    def put(self, article_id: str, text: str) -> None:
        """Keeps one article (Markdown with front matter) in place of any earlier one of that id."""
        ...

    def get(self, article_id: str) -> str | None:
        """The text as it was put, or None."""
        ...

    def remove(self, article_id: str) -> bool:
        """Takes it away; False: it was not there."""
        ...


# --- state ----------------------------------------------------------------------------------------


class Conversations(Protocol):
    """Heads, messages and turns; every change is one conditional write, so that races have one
    winner."""

    def append(self, arrival: Arrival) -> bool:
        """Keeps the message and opens the conversation if it is new; it then waits for a turn
        (`waiting` + 1).
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
        request back).
        False: the turn has an ending already, or was stored by somebody else meanwhile; nothing
        was written."""
        ...

    def give_back(self, conversation_id: str) -> None:
        """A person gives the conversation back to the agent: a new episode begins."""
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
        Exactly one of several at once is kept."""
        ...

    def mark_resumed(self, approval_id: str) -> None:
        """The turn that asked has gone on."""
        ...

    def due(self, *, before: datetime, limit: int = 50) -> tuple[Approval, ...]:
        """Open ones that expired before then, and decided ones whose turn has not gone on."""
        ...


class Ledger(Protocol):
    """Remembers what was done, so that nothing is done twice."""

    def begin(self, entry: LedgerEntry) -> LedgerEntry | None:
        """Claims the key. None: it is yours, go ahead. Otherwise what is there: `confirmed`
        carries the receipt, `refused` the
        other side's no; `begun`, `done` and `unknown` mean that somebody began and was not heard
        of again: read the outcome
        back, and where that cannot be done leave it to a person. Never do it a second time."""
        ...

    def record(self, entry: LedgerEntry) -> None:
        """Stores how far it got: forward only (begun, done, then confirmed, unknown or refused);
        a step back is ignored."""
        ...

    def load(self, key: str) -> LedgerEntry | None:
        """The entry, or None."""
        ...

    def counters(self, customer_id: str, *, now: datetime) -> Counters:
        """What the limits count for this customer and this day (UTC), read consistently."""
        ...

    def reserve(self, reservation: Reservation, *, seen: Counters) -> bool:
        """Takes a place under the limits if the counters are still as they were seen: the
        customer's dated reservations and
        the day's total change in one transaction. True again for a key that has its place. False:
        look again."""
        ...

    def release(self, reservation: Reservation) -> None:
        """Gives the place back; one that is not there is fine. The attempt stays counted."""
        ...


class Outbox(Protocol):
    """Notes on their way to the helpdesk; they enter it in the transactions of `Conversations`."""

    def of(self, conversation_id: str) -> tuple[OutboxEntry, ...]:
        """What is not delivered yet of one conversation."""
        ...

    def due(self, *, before: datetime, limit: int = 50) -> tuple[OutboxEntry, ...]:
        """What should have been delivered by then, oldest first."""
        ...

    def delivered(self, entry: OutboxEntry) -> None:
        """It has arrived, and leaves the outbox."""
        ...

    def postpone(self, entry: OutboxEntry, *, until: datetime) -> None:
        """It did not arrive: one attempt more, tried again then."""
        ...


class Inbox(Protocol):
    """The queue between intake and dispatch: in order within a conversation."""

    def put(self, arrival: Arrival) -> None:
        """Accepts one message; a delivery id that was put minutes ago is accepted and dropped."""
        ...


class Workflow(Protocol):
    """The state machine that runs turns."""

    def start(self, turn: Turn, *, gather_s: int, approval_s: int) -> None:
        """Starts the turn's execution; one that was started already is a success. It waits
        `gather_s` for more messages, and `approval_s` for a person's answer."""
        ...

    def status(self, turn_id: str) -> Literal["running", "stopped", "unknown"]:
        """How the turn's execution stands; `unknown`: it was never started."""
        ...

    def resume(self, task_token: str, envelope: Envelope) -> bool:
        """Lets a parked execution go on. False: it no longer waits."""
        ...


class Once(Protocol):
    """Lets the same delivery do its work once, however often it comes."""

    def do(self, key: str, work: Callable[[], None]) -> None:
        """Does the work unless it was done for this key before. `Unavailable`: it is being done
        now."""
        ...


class Reindexing(Protocol):
    """Asks for the knowledge base to be indexed anew, soon."""

    def request(self) -> None:
        """Returns at once; several requests in a row may be answered by one run."""
        ...


# --- the desk and the systems of record -----------------------------------------------------------


class Helpdesk(Protocol):
    """Where tickets live. Its webhooks are read by `intake`."""

    def ticket(self, ticket_id: str) -> Ticket:
        """The ticket as it is now. `Rejected`: there is none."""
        ...

    def reply(self, ticket_id: str, text: str, *, marker: str, close_out: CloseOut) -> str:
        """Says this to the customer, in one call with the close-out; gives the message's id. The
        marker lets it be found."""
        ...

    def note(self, ticket_id: str, text: str, *, marker: str, close_out: CloseOut) -> str:
        """Writes a note for people, in one call with the close-out; gives the note's id."""
        ...

    def find(self, ticket_id: str, marker: str) -> str | None:
        """The id of the message or note with that marker, or None when there is certainly none."""
        ...


class Door(Protocol):
    """Reads a helpdesk's webhooks; reaches nothing outside."""

    def verify(self, headers: Mapping[str, str], body: bytes, *, secret: str, now: datetime) -> str:
        """Why this delivery is not to be believed, for our log; empty when the signature over the
        raw body holds and is fresh. Header names are in lower case."""
        ...

    def read(self, headers: Mapping[str, str], body: bytes) -> Arrival:
        """The message that was delivered. `Rejected`: the body is not what this helpdesk sends; it
        says what is wrong and where."""
        ...


class BuiltInDesk(Helpdesk, Protocol):
    """The helpdesk for those who have none: it also takes tickets in."""

    def open_ticket(self, arrival: Arrival) -> None:
        """Keeps the message on its ticket, which is opened if it is new; the same message id
        twice is one message."""
        ...

    def tickets(self, *, limit: int = 50) -> tuple[Ticket, ...]:
        """All tickets, the one with the latest message first."""
        ...

    def assign(self, ticket_id: str, person: str) -> None:
        """The ticket is this person's; an empty name takes it from everybody."""
        ...

    def person_says(self, ticket_id: str, text: str, *, by: str, at: datetime) -> str:
        """A person answers in public, and has the ticket from then on unless somebody had it;
        gives the message's id."""
        ...


class Identity(Protocol):
    """Who a verified asker is; the only maker of a `CustomerScope`."""

    def scope(self, asker: Asker) -> CustomerScope | None:
        """What of whom may be read; None: not verified, or no such customer. Both look the same
        to the asker."""
        ...


class Customers(Protocol):
    """The customers' system of record."""

    def customer(self, scope: CustomerScope) -> Customer:
        """The customer's record."""
        ...


class Orders(Protocol):
    """The orders' system of record; reads are the scope's alone."""

    def order(self, scope: CustomerScope, order_id: str) -> Order | None:
        """This customer's order of that number; None: they have none, whoever else may."""
        ...

    def orders(self, scope: CustomerScope) -> tuple[Order, ...]:
        """All of this customer's orders, newest first."""
        ...

    def cancel(self, scope: CustomerScope, order_id: str, *, idempotency_key: str) -> str:
        """Cancels an order that has not left yet; gives the cancellation's id, the same for the
        same key."""
        ...

    def cancellation(self, scope: CustomerScope, idempotency_key: str) -> str | None:
        """The cancellation's id made with that key, or None when there is certainly none."""
        ...


class Billing(Protocol):
    """The payments' system of record."""

    def refund(
        self, scope: CustomerScope, order_id: str, *, amount_cents: int, idempotency_key: str
    ) -> str:
        """Gives money back to where it came from; gives the refund's id, the same for the same key.
        `Unavailable`: it may or may not have happened."""
        ...

    def refund_made(self, scope: CustomerScope, idempotency_key: str) -> Refund | None:
        """The refund made with that key, or None when there is certainly none."""
        ...


@dataclass(frozen=True)
class Connectors:
    """All systems of record that tools may reach."""

    identity: Identity
    customers: Customers
    orders: Orders
    billing: Billing
    clock: Clock = utc_now
    """By which a fact's ages are counted: days since it was ordered, since it was delivered."""


class Permissions(Protocol):
    """The permission layer: deterministic, default deny."""

    def ask(self, request: PermissionRequest) -> Permission:
        """Whether this may be done as things stand, and otherwise the first of verified,
        confirmed, approved that lifts it.
        A rule that errs denies, with its own code."""
        ...
