"""What each event does to a ticket of the built-in helpdesk, as pure functions."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import Field

from deskhand.domain.code import address_key
from deskhand.domain.noun import Noun
from deskhand.domain.ticket import Arrival, CloseOut, Message, Note, Ticket, TicketStatus


class KeptTicket(Noun):
    """A ticket with the markers by which its messages and notes are found again."""

    ticket: Ticket
    markers: Mapping[str, str] = Field(default_factory=dict)
    """Message or note id by marker."""

    @property
    def latest_at(self) -> datetime:
        """When somebody said something last."""
        return max(message.said_at for message in self.ticket.messages)

    @property
    def opened_at(self) -> datetime:
        """When somebody said something first."""
        return min(message.said_at for message in self.ticket.messages)

    def is_of(self, email: str) -> bool:
        """Whether this address has opened it."""
        return same_address(self.ticket.asker.email) == same_address(email)

    @property
    def next_number(self) -> int:
        """The number of the next thing that is said or noted."""
        return len(self.ticket.messages) + len(self.ticket.notes) + 1

    def changed(self, **fields: object) -> "KeptTicket":
        """With these fields of the ticket changed."""
        return self.model_copy(update={"ticket": self.ticket.model_copy(update=fields)})

    def said(self, message: Message) -> "KeptTicket":
        """With one public message more."""
        return self.changed(messages=(*self.ticket.messages, message))

    def noted(self, note: Note) -> "KeptTicket":
        """With one note more."""
        return self.changed(notes=(*self.ticket.notes, note))

    def marked(self, marker: str, thing_id: str) -> "KeptTicket":
        """With a marker more."""
        return self.model_copy(update={"markers": {**self.markers, marker: thing_id}})


def same_address(email: str) -> str:
    """What two spellings of one address have in common."""
    return address_key(email)


def arrived(kept: KeptTicket | None, arrival: Arrival) -> KeptTicket:
    """With the customer's message, once; a ticket that was closed is open again.

    What is nobody asking (an auto-reply, say) is kept, and opens nothing again.
    """
    if kept is None:
        ticket = Ticket(
            helpdesk=arrival.helpdesk,
            id=arrival.ticket_id,
            subject=arrival.subject,
            asker=arrival.asker,
            messages=(arrival.message,),
        )
        return KeptTicket(ticket=ticket)
    if any(message.id == arrival.message.id for message in kept.ticket.messages):
        return kept
    with_message = kept.said(arrival.message)
    return with_message if arrival.noise else with_message.changed(status="open")


def opened(kept: KeptTicket | None, ticket: Ticket, *, marker: str) -> KeptTicket:
    """The ticket that we open ourselves, unless there is one under its id."""
    return kept or KeptTicket(ticket=ticket).marked(marker, ticket.messages[0].id)


def replied(
    kept: KeptTicket, text: str, *, marker: str, close_out: CloseOut, at: datetime
) -> KeptTicket:
    """With the agent's reply and its close-out, once for each marker."""
    if marker in kept.markers:
        return kept
    said = Message(id=f"reply-{kept.next_number}", author="agent", text=text, said_at=at)
    return closed_out(kept.said(said).marked(marker, said.id), close_out, at=at)


def noted(
    kept: KeptTicket, text: str, *, marker: str, close_out: CloseOut, at: datetime
) -> KeptTicket:
    """With a note for people and its close-out, once for each marker."""
    if marker in kept.markers:
        return kept
    note = Note(id=f"note-{kept.next_number}", text=text, written_at=at)
    return closed_out(kept.noted(note).marked(marker, note.id), close_out, at=at)


def closed_out(kept: KeptTicket, close_out: CloseOut, *, at: datetime) -> KeptTicket:
    """With what a close-out writes; what it leaves empty stays as it is."""
    ticket = kept.ticket
    assignee = ticket.assignee if close_out.assignee is None else close_out.assignee
    kept = kept.changed(
        status=close_out.status or ticket.status,
        tags=tuple(dict.fromkeys((*ticket.tags, *close_out.tags))),
        queue=close_out.queue or ticket.queue,
        priority=close_out.priority or ticket.priority,
        assignee=assignee,
    )
    if not close_out.note:
        return kept
    return kept.noted(Note(id=f"note-{kept.next_number}", text=close_out.note, written_at=at))


def person_said(
    kept: KeptTicket, text: str, *, by: str, at: datetime, status: TicketStatus | None
) -> KeptTicket:
    """With a person's public reply; a ticket that nobody has is theirs from then on."""
    said = Message(id=f"person-{kept.next_number}", author="person", text=text, said_at=at)
    stands = status or kept.ticket.status
    return kept.said(said).changed(assignee=kept.ticket.assignee or by, status=stands)
