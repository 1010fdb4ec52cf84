"""What must still reach the helpdesk, and is tried until it does."""

from typing import Literal

from pydantic import AwareDatetime, NonNegativeInt

from deskhand.domain.noun import Noun
from deskhand.domain.ticket import CloseOut


class OutboxEntry(Noun):
    """A note on its way to a ticket; delivering it twice is prevented by its marker."""

    id: str
    """Also the marker by which the helpdesk is asked whether it is already there."""
    conversation_id: str
    helpdesk: str
    ticket_id: str
    kind: Literal["handoff", "approval", "draft", "link"]
    text: str
    close_out: CloseOut = CloseOut()
    tell_customer: str = ""
    """What the customer is told once the note is there; empty: nothing."""
    due_at: AwareDatetime
    attempts: NonNegativeInt = 0
