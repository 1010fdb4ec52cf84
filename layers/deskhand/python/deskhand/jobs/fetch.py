"""Fetches the message that a webhook only named: what is believed is what the helpdesk has."""

from deskhand.domain.ticket import Arrival, Message, Ticket
from deskhand.errors import Unavailable
from deskhand.ports import Helpdesk
from deskhand.text.noise import why_noise

NOT_ASKING = {"agent": "our own message", "person": "a person at the desk wrote this"}


def completed(arrival: Arrival, helpdesk: Helpdesk) -> Arrival:
    """The arrival with what was said and by whom; one that is no hint stays as it is.

    `Unavailable`: the helpdesk does not show the message yet. `Rejected`: there is no such ticket.
    """
    if not arrival.hint:
        return arrival
    ticket = helpdesk.ticket(arrival.ticket_id)
    if any(note.id == arrival.message.id for note in ticket.notes):
        return arrival.model_copy(
            update={
                "subject": ticket.subject,
                "asker": ticket.asker,
                "noise": "a note for people",
                "hint": False,
            }
        )
    message = _named(ticket, arrival)
    return arrival.model_copy(
        update={
            "subject": ticket.subject,
            "asker": message.by or ticket.asker,
            "message": message.model_copy(update={"by": None, "noise": ""}),
            "noise": _why_noise(ticket, message),
            "hint": False,
        }
    )


def _named(ticket: Ticket, arrival: Arrival) -> Message:
    for message in ticket.messages:
        if message.id == arrival.message.id:
            return message
    raise Unavailable(
        f"the message {arrival.message.id}, which ticket {ticket.id} does not show yet,"
    )


def _why_noise(ticket: Ticket, message: Message) -> str:
    if message.author != "customer":
        return NOT_ASKING[message.author]
    # A ticket that an auto-reply began keeps its subject when a person writes on it.
    subject = ticket.subject if message == ticket.messages[0] else ""
    if message.attachments and not message.text.strip():
        return message.noise  # a picture says enough
    return message.noise or why_noise(subject, message.text, {})
