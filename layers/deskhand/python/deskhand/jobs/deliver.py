"""Delivers what waits in the outbox: the note for people first, then the word to the customer."""

from datetime import timedelta

from deskhand.domain.outbox import OutboxEntry
from deskhand.domain.ticket import CloseOut, Ticket
from deskhand.errors import DeskhandError
from deskhand.ports import Clock, Helpdesk, Outbox

FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=1)


def deliver(entry: OutboxEntry, *, outbox: Outbox, helpdesk: Helpdesk, clock: Clock) -> str:
    """Brings one entry to its ticket, once; gives why it could not be, or nothing.

    What could not be delivered stays in the outbox and is tried again, ever more slowly.
    """
    try:
        _bring(entry, helpdesk)
    except DeskhandError as error:
        pause = min(FIRST_PAUSE * 2**entry.attempts, LONGEST_PAUSE)
        outbox.postpone(entry, until=clock() + pause)
        return str(error)
    outbox.delivered(entry)
    return ""


def _bring(entry: OutboxEntry, helpdesk: Helpdesk) -> None:
    if helpdesk.find(entry.ticket_id, entry.id) is None:
        helpdesk.note(entry.ticket_id, entry.text, marker=entry.id, close_out=entry.close_out)
    told = f"{entry.id}:told"
    if not entry.tell_customer or helpdesk.find(entry.ticket_id, told) is not None:
        return
    if not _somebody_is_there(helpdesk.ticket(entry.ticket_id)):
        helpdesk.reply(entry.ticket_id, entry.tell_customer, marker=told, close_out=CloseOut())


def _somebody_is_there(ticket: Ticket) -> bool:
    """Whether a person has the ticket, or has answered: then they speak for themselves."""
    said = [one.author for one in ticket.messages if one.author != "agent"]
    return bool(ticket.assignee) or said[-1:] == ["person"]
