"""The built-in helpdesk in memory: the twin for a laptop and for tests."""

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Lock

from deskhand.adapters import tickets
from deskhand.adapters.tickets import KeptTicket
from deskhand.domain.ticket import Arrival, CloseOut, Ticket, TicketStatus
from deskhand.errors import Rejected
from deskhand.ports import Clock


class MemoryBuiltInDesk:
    """The port `BuiltInDesk`, behind one lock."""

    def __init__(self, clock: Clock = lambda: datetime.now(UTC)) -> None:
        self._clock = clock
        self._lock = Lock()
        self._kept: dict[str, KeptTicket] = {}

    def open_ticket(self, arrival: Arrival) -> None:
        """Keeps the message on its ticket, which is opened if it is new."""
        with self._lock:
            kept = self._kept.get(arrival.ticket_id)
            self._kept[arrival.ticket_id] = tickets.arrived(kept, arrival)

    def ticket(self, ticket_id: str) -> Ticket:
        """The ticket as it is now. `Rejected`: there is none."""
        with self._lock:
            return self._there(ticket_id).ticket

    def tickets(self, *, limit: int = 50) -> tuple[Ticket, ...]:
        """All tickets, the one with the latest message first."""
        with self._lock:
            kept = sorted(self._kept.values(), key=lambda one: one.latest_at, reverse=True)
        return tuple(one.ticket for one in kept[:limit])

    def tickets_of(self, email: str, *, limit: int = 50) -> tuple[Ticket, ...]:
        """The tickets that this address has opened, newest first."""
        with self._lock:
            kept = [one for one in self._kept.values() if one.is_of(email)]
        kept.sort(key=lambda one: one.opened_at, reverse=True)
        return tuple(one.ticket for one in kept[:limit])

    def open_own(self, ticket: Ticket, *, marker: str) -> Ticket:
        """Keeps a ticket that we open ourselves, unless there is one under its id."""
        with self._lock:
            opened = tickets.opened(self._kept.get(ticket.id), ticket, marker=marker)
            self._kept[ticket.id] = opened
            return opened.ticket

    def reply(self, ticket_id: str, text: str, *, marker: str, close_out: CloseOut) -> str:
        """Says this to the customer, once for each marker; gives the message's id."""
        at = self._clock()
        return self._change(
            ticket_id,
            lambda kept: tickets.replied(kept, text, marker=marker, close_out=close_out, at=at),
        ).markers[marker]

    def note(self, ticket_id: str, text: str, *, marker: str, close_out: CloseOut) -> str:
        """Writes a note for people, once for each marker; gives the note's id."""
        at = self._clock()
        return self._change(
            ticket_id,
            lambda kept: tickets.noted(kept, text, marker=marker, close_out=close_out, at=at),
        ).markers[marker]

    def find(self, ticket_id: str, marker: str) -> str | None:
        """The id of the message or note with that marker, or None."""
        with self._lock:
            kept = self._kept.get(ticket_id)
        return kept.markers.get(marker) if kept else None

    def assign(self, ticket_id: str, person: str) -> None:
        """The ticket is this person's; an empty name takes it from everybody."""
        self._change(ticket_id, lambda kept: kept.changed(assignee=person))

    def person_says(
        self,
        ticket_id: str,
        text: str,
        *,
        by: str,
        at: datetime,
        status: TicketStatus | None = None,
    ) -> str:
        """A person answers in public, and has the ticket from then on; gives the message's id."""
        return (
            self._change(
                ticket_id,
                lambda kept: tickets.person_said(kept, text, by=by, at=at, status=status),
            )
            .ticket.messages[-1]
            .id
        )

    def _change(self, ticket_id: str, change: Callable[[KeptTicket], KeptTicket]) -> KeptTicket:
        with self._lock:
            self._kept[ticket_id] = changed = change(self._there(ticket_id))
            return changed

    def _there(self, ticket_id: str) -> KeptTicket:
        if kept := self._kept.get(ticket_id):
            return kept
        raise Rejected(f"there is no ticket {ticket_id}")
