"""The helpdesk's record: tickets, what people say in them, and one message as it arrives."""

from typing import Literal

from pydantic import AwareDatetime

from deskhand.domain.code import CodeTried
from deskhand.domain.noun import Noun

Author = Literal["customer", "agent", "person"]
TicketStatus = Literal["open", "pending", "solved"]


class Attachment(Noun):
    """A file that came with a message; its content stays with the helpdesk."""

    name: str
    media_type: str
    size_bytes: int


class Asker(Noun):
    """Who writes, and whether the helpdesk itself has authenticated them."""

    email: str
    name: str = ""
    verified: bool = False


class Message(Noun):
    """One thing somebody said: the customer, the agent (we) or a person at the desk."""

    id: str
    author: Author
    text: str
    said_at: AwareDatetime
    attachments: tuple[Attachment, ...] = ()
    asks_for: tuple[str, ...] = ()
    """The fingerprints of the actions that this asks the customer's yes to, if it is ours."""
    seen: tuple[str, ...] = ()
    """The ids of the messages that a person had before them when they said yes to this, if it is
    ours."""
    code: CodeTried | None = None
    """What came of the one-time code that stood in it; the text is without it."""
    by: Asker | None = None
    """Who said it, where the helpdesk knows that of each message."""
    noise: str = ""
    """Why nobody speaks in it, where the helpdesk says so."""
    channel: str = ""
    """How it came, in the helpdesk's word (`email`, `chat`), where it says so."""


class Note(Noun):
    """Something only people at the desk can read."""

    id: str
    text: str
    written_at: AwareDatetime


class Ticket(Noun):
    """A ticket as the helpdesk has it now."""

    helpdesk: str
    id: str
    subject: str
    asker: Asker
    status: TicketStatus = "open"
    assignee: str = ""
    queue: str = ""
    priority: str = "normal"
    tags: tuple[str, ...] = ()
    messages: tuple[Message, ...] = ()
    notes: tuple[Note, ...] = ()


class CloseOut(Noun):
    """What is written on the ticket together with a reply or a note, in as few calls as
    possible."""

    status: TicketStatus | None = None
    tags: tuple[str, ...] = ()
    queue: str = ""
    priority: str = ""
    assignee: str | None = None
    """None leaves the assignee; an empty text takes it from everybody."""
    note: str = ""


class Arrival(Noun):
    """One customer message on its way from the helpdesk to a turn."""

    helpdesk: str
    ticket_id: str
    subject: str
    asker: Asker
    message: Message
    delivery_id: str
    noise: str = ""
    """Why this is nobody asking (an auto-reply, our own message …); empty for a customer
    speaking."""
    hint: bool = False
    """Whether this only names the message: what was said is still to be fetched."""

    @property
    def conversation_id(self) -> str:
        """The conversation that this belongs to: one for each ticket of each helpdesk."""
        return f"{self.helpdesk}:{self.ticket_id}"
