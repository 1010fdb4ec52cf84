"""The customer's tickets where the helpdesk is the built-in one."""

import hashlib
from dataclasses import replace
from datetime import date, datetime

from deskhand.adapters.tickets import same_address
from deskhand.domain.records import CustomerScope, Made
from deskhand.domain.services import PastTicket
from deskhand.domain.ticket import Asker, Message, Ticket
from deskhand.errors import Rejected
from deskhand.ports import BuiltInDesk, Clock, Connectors, Customers

_FOLLOW_UP, _DUE = "follow-up", "due-"
_MOST_OF_THE_LAST_WORDS = 200


def with_tickets(systems: Connectors, desk: BuiltInDesk) -> Connectors:
    """The systems of record, with what their customers have opened at this desk among them."""
    tickets = TicketsOfCustomer(desk, systems.customers, systems.clock)
    return replace(systems, tickets=tickets)


class TicketsOfCustomer:
    """The port `Tickets`: what was opened from the address that the customer has on file."""

    def __init__(self, desk: BuiltInDesk, customers: Customers, clock: Clock) -> None:
        self._desk = desk
        self._customers = customers
        self._clock = clock

    def past(self, scope: CustomerScope, *, limit: int = 5) -> tuple[PastTicket, ...]:
        """This customer's tickets, newest first."""
        email = self._customers.customer(scope).email
        return tuple(_past(ticket) for ticket in self._desk.tickets_of(email, limit=limit))

    def open_follow_up(
        self, scope: CustomerScope, *, subject: str, text: str, due: date, idempotency_key: str
    ) -> str:
        """Opens a ticket that waits, with the day among its tags; gives its id. `Rejected`: the
        same key stands for another one already."""
        customer = self._customers.customer(scope)
        said = Message(id="opened", author="agent", text=text, said_at=self._clock())
        ticket = Ticket(
            helpdesk="inbox",
            id=_ticket_id(idempotency_key),
            subject=subject,
            asker=Asker(email=customer.email, name=customer.name),
            status="pending",
            tags=(_FOLLOW_UP, f"{_DUE}{due.isoformat()}"),
            messages=(said,),
        )
        kept = self._desk.open_own(ticket, marker=idempotency_key)
        if _asked(kept) != _asked(ticket):
            raise Rejected("this idempotency key was used for another follow-up")
        return kept.id

    def made(self, scope: CustomerScope, idempotency_key: str) -> Made | None:
        """The follow-up of this customer's that was opened with that key."""
        ticket_id = _ticket_id(idempotency_key)
        if self._desk.find(ticket_id, idempotency_key) is None:
            return None
        ticket = self._desk.ticket(ticket_id)
        email = self._customers.customer(scope).email
        if same_address(ticket.asker.email) != same_address(email):
            return None
        subject, text, due, _ = _asked(ticket)
        return Made(
            id=ticket.id,
            kind=_FOLLOW_UP,
            subject=scope.customer_id,
            idempotency_key=idempotency_key,
            made_at=_opened_at(ticket),
            details={"subject": subject, "text": text, "due": due},
        )


def _ticket_id(idempotency_key: str) -> str:
    return f"follow-up-{hashlib.sha256(idempotency_key.encode()).hexdigest()[:12]}"


def _past(ticket: Ticket) -> PastTicket:
    due = _due(ticket)
    return PastTicket(
        id=ticket.id,
        subject=ticket.subject,
        status=ticket.status,
        opened_at=_opened_at(ticket),
        last_words=ticket.messages[-1].text[:_MOST_OF_THE_LAST_WORDS],
        due=date.fromisoformat(due) if due else None,
    )


def _asked(ticket: Ticket) -> tuple[str, str, str, str]:
    """What a follow-up was opened with: its subject, its text, its day, and for whom."""
    text = ticket.messages[0].text
    return ticket.subject, text, _due(ticket), same_address(ticket.asker.email)


def _due(ticket: Ticket) -> str:
    if _FOLLOW_UP not in ticket.tags:
        return ""
    days = (tag.removeprefix(_DUE) for tag in ticket.tags if tag.startswith(_DUE))
    return next((day for day in days if _is_day(day)), "")


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False  # people may tag a ticket as they like
    return True


def _opened_at(ticket: Ticket) -> datetime:
    return ticket.messages[0].said_at
