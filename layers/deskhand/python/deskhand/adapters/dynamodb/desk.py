"""The built-in helpdesk in DynamoDB: one item a ticket, and a pointer for who opened it."""

from collections.abc import Callable
from datetime import datetime
from itertools import islice

from pydantic import AwareDatetime

from deskhand.adapters import tickets
from deskhand.adapters.dynamodb.items import ABSENT, Due, Key, Put, noun_of
from deskhand.adapters.dynamodb.layout import TICKET, TICKETS, tickets_of
from deskhand.adapters.dynamodb.table import DeskTable
from deskhand.adapters.tickets import KeptTicket
from deskhand.domain.noun import Noun
from deskhand.domain.ticket import Arrival, CloseOut, Ticket, TicketStatus
from deskhand.errors import Rejected, Unavailable
from deskhand.ports import Clock

TRIES = 20


class TicketPointer(Noun):
    """One ticket of an address."""

    ticket_id: str
    opened_at: AwareDatetime


class DynamoDesk:
    """The port `BuiltInDesk` over the DeskTable."""

    def __init__(self, table: DeskTable, clock: Clock | None = None) -> None:
        self._table = table
        self._clock = clock or table.clock

    def open_ticket(self, arrival: Arrival) -> None:
        """Keeps the message on its ticket, which is opened if it is new."""
        self._change_any(arrival.ticket_id, lambda kept: tickets.arrived(kept, arrival))

    def ticket(self, ticket_id: str) -> Ticket:
        """The ticket as it is now. `Rejected`: there is none."""
        item = self._table.get(_key(ticket_id))
        return _there(noun_of(KeptTicket, item) if item else None, ticket_id).ticket

    def tickets(self, *, limit: int = 50) -> tuple[Ticket, ...]:
        """All tickets, the one with the latest message first."""
        items = islice(self._table.latest(TICKETS), limit)
        return tuple(noun_of(KeptTicket, item).ticket for item in items)

    def tickets_of(self, email: str, *, limit: int = 50) -> tuple[Ticket, ...]:
        """The tickets that this address has opened, newest first."""
        pointers = [
            noun_of(TicketPointer, item) for item in self._table.query(tickets_of(email), TICKET)
        ]
        pointers.sort(key=lambda pointer: pointer.opened_at, reverse=True)
        items = (self._table.get(_key(pointer.ticket_id)) for pointer in pointers[:limit])
        return tuple(noun_of(KeptTicket, item).ticket for item in items if item)

    def open_own(self, ticket: Ticket, *, marker: str) -> Ticket:
        """Keeps a ticket that we open ourselves, unless there is one under its id."""
        return self._change_any(
            ticket.id, lambda kept: tickets.opened(kept, ticket, marker=marker)
        ).ticket

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
        item = self._table.get(_key(ticket_id))
        return noun_of(KeptTicket, item).markers.get(marker) if item else None

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
        return self._change_any(ticket_id, lambda kept: change(_there(kept, ticket_id)))

    def _change_any(
        self, ticket_id: str, change: Callable[[KeptTicket | None], KeptTicket]
    ) -> KeptTicket:
        """What is stored in the end; written only where it differs from what was there."""
        key = _key(ticket_id)
        for _ in range(TRIES):
            item = self._table.get(key)
            stored = noun_of(KeptTicket, item) if item else None
            changed = change(stored)
            if changed == stored:
                return changed
            due = Due(TICKETS, changed.latest_at)
            put = Put.of(key, changed, expects=item.changes if item else ABSENT, due=due)
            # A ticket belongs to who opened it. Its pointer is written each time, so that neither
            # is forgotten before the other.
            pointer = Put.of(
                Key(tickets_of(changed.ticket.asker.email), TICKET + ticket_id),
                TicketPointer(ticket_id=ticket_id, opened_at=changed.opened_at),
            )
            if not self._table.write(put, pointer):
                return changed
        raise Unavailable(f"the ticket {ticket_id}, which changes all the time,")


def _there(kept: KeptTicket | None, ticket_id: str) -> KeptTicket:
    if kept is None:
        raise Rejected(f"there is no ticket {ticket_id}")
    return kept


def _key(ticket_id: str) -> Key:
    return Key(f"T#{ticket_id}", "ticket")
