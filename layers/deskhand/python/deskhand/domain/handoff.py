"""The packet with which a person takes over, so that nobody starts cold."""

from deskhand.domain.draft import ProposedAction
from deskhand.domain.evidence import Fact, Passage
from deskhand.domain.noun import Noun
from deskhand.domain.receipt import Receipt
from deskhand.domain.ticket import Message
from deskhand.domain.verdict import Objection, Priority


class Handoff(Noun):
    """Everything found so far, and why the agent stopped."""

    headline: str
    """One line."""
    summary: str
    """Two to five sentences."""
    why: tuple[Objection, ...]
    queue: str
    priority: Priority
    intent: str
    sentiment: str
    language: str
    transcript: tuple[Message, ...]
    checked: tuple[str, ...] = ()
    """What was looked at and what it said, in words."""
    facts: tuple[Fact, ...] = ()
    passages: tuple[Passage, ...] = ()
    proposed: tuple[ProposedAction, ...] = ()
    suggested_reply: str = ""
    receipts: tuple[Receipt, ...] = ()
    """What was already done before the agent stopped."""
