"""What happens at most once, and what is on its way: ledger, outbox, queue, state machine."""

from collections.abc import Callable
from datetime import datetime
from typing import Literal, Protocol

from deskhand.domain.dead_letter import DeadLetter
from deskhand.domain.ledger import Counters, LedgerEntry, Reservation
from deskhand.domain.outbox import OutboxEntry
from deskhand.domain.stop import Sign, Stop
from deskhand.domain.ticket import Arrival
from deskhand.domain.turn import Envelope, Turn


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

    def counters(
        self, customer_id: str, *, conversation_id: str, now: datetime, besides: str = ""
    ) -> Counters:
        """What the limits count for this customer, this conversation and this day (UTC), read
        consistently. A place that is held by the key `besides` is not counted, for whoever may
        have taken it before and asks again. `stopped` is left empty: `Stops` knows that."""
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


class Stops(Protocol):
    """The anomaly stop: counts what happens to an action, hour by hour, and holds it for everybody
    once that is out of the ordinary, until a person releases it."""

    def note(self, action: str, sign: Sign, *, at: datetime) -> None:
        """Counts one happening; past the policy's numbers the action is stopped. A count that is
        lost by a race may not be: several at once all count."""
        ...

    def standing(self) -> tuple[Stop, ...]:
        """What is stopped now, read consistently."""
        ...

    def release(self, action: str, *, by: str, at: datetime) -> Stop | None:
        """A person lets the action go on; the counts begin anew. None: it was not stopped."""
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


class DeadLetters(Protocol):
    """What the queue gave up, kept whole so that it can be looked at and put into it again."""

    def keep(self, letter: DeadLetter) -> None:
        """Keeps the letter in place of what was kept of it."""
        ...

    def load(self, letter_id: str) -> DeadLetter | None:
        """The letter, or None."""
        ...

    def all(self) -> tuple[DeadLetter, ...]:
        """Every letter, oldest first; one of the last moment may be missing yet."""
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
