"""Our state of one ticket: who owns it, whose turn it is, and what waits."""

from typing import Literal

from pydantic import AwareDatetime, NonNegativeInt, PositiveInt

from deskhand.domain.code import Proof
from deskhand.domain.memory import Memory
from deskhand.domain.noun import Noun
from deskhand.domain.ticket import Asker

Owner = Literal["agent", "person"]


class Lease(Noun):
    """The right of one turn to be the only one that runs in a conversation."""

    turn_id: str
    until: AwareDatetime
    sending: bool = False
    """Set in the moment before the first write: from then on a new message waits for the next
    turn."""


class Conversation(Noun):
    """The head of a conversation; its messages and turns are kept beside it."""

    id: str
    helpdesk: str
    ticket_id: str
    subject: str
    asker: Asker
    owner: Owner = "agent"
    episode: PositiveInt = 1
    waiting: NonNegativeInt = 0
    """Customer messages that no turn has claimed yet."""
    lease: Lease | None = None
    proof: Proof | None = None
    """The last one-time code that was right."""
    unproven: tuple[str, ...] = ()
    """The messages of this episode that could not be answered before their writer shows who they
    are; the turn of the answer takes them up again."""
    memory: Memory = Memory()
    """What this episode was about so far."""
