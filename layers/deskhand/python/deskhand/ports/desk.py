"""The helpdesk: where tickets live and webhooks come from."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from deskhand.domain.ticket import Arrival, CloseOut, Ticket, TicketStatus


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


class Files(Protocol):
    """The content of what customers attach; it stays with the helpdesk and is fetched when it is
    shown to somebody."""

    def content(self, ticket_id: str, message_id: str, name: str, *, max_bytes: int) -> bytes:
        """The file of that name of that message. `Rejected`: there is none, or it is larger."""
        ...


class FileShelf(Files, Protocol):
    """The files of the built-in helpdesk, which is where they stay."""

    def keep(self, ticket_id: str, message_id: str, name: str, content: bytes) -> None:
        """Keeps the file in place of any earlier one of that name of that message."""
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

    def tickets_of(self, email: str, *, limit: int = 50) -> tuple[Ticket, ...]:
        """The tickets that this address has opened, newest first; upper and lower case are the
        same."""
        ...

    def open_own(self, ticket: Ticket, *, marker: str) -> Ticket:
        """Keeps a ticket that we open ourselves; gives what is kept under its id, which is the
        earlier one where there was one. The marker lets its first message be found."""
        ...

    def assign(self, ticket_id: str, person: str) -> None:
        """The ticket is this person's; an empty name takes it from everybody."""
        ...

    def person_says(
        self,
        ticket_id: str,
        text: str,
        *,
        by: str,
        at: datetime,
        status: TicketStatus | None = None,
    ) -> str:
        """A person answers in public, and has the ticket from then on unless somebody had it; it
        then stands as they say, or as before. Gives the message's id."""
        ...
