"""Where each record of the desk lies in the table."""

import hashlib
from datetime import date, datetime

from deskhand.adapters.dynamodb.items import Key
from deskhand.adapters.tickets import same_address

CONVERSATIONS = "conversations"
TO_DECIDE = "approvals to decide"
EXPIRING = "approvals that expire"
TO_GO_ON_WITH = "approvals to go on with"
NOTES = "notes"
TICKETS = "tickets"
LETTERS = "dead letters"

STOPS, STOP = "stops", "action#"
"""The partition of what is or was stopped; one record an action."""

TICKET = "ticket#"
"""What begins the sort key of a ticket's pointer."""

AUDIT = "audit#"
"""What begins the sort key of an audit entry."""

HEAD, MESSAGE, TURN, APPROVAL, OUTBOX = "head", "message#", "turn#", "approval#", "outbox#"
RETRIEVAL, SPENT = "retrieval#", "spent"


def conversation(conversation_id: str) -> str:
    """The partition of everything about one conversation."""
    return f"C#{conversation_id}"


def in_conversation(conversation_id: str, kind: str, record_id: str = "") -> Key:
    """One record of a conversation."""
    return Key(conversation(conversation_id), kind + record_id)


def pointer(approval_id: str) -> Key:
    """The record that says which conversation an approval belongs to."""
    return Key(f"A#{approval_id}", "pointer")


def dead_letter(letter_id: str) -> Key:
    """One dead letter."""
    return Key(f"L#{letter_id}", "letter")


def counted_hour(action: str, hour: datetime, round_: int | None = None) -> Key:
    """What happened to an action in one hour; without a round, where that hour begins."""
    return Key(f"S#{action}", f"hour#{hour:%Y-%m-%dT%H}" + ("" if round_ is None else f"#{round_}"))


def tickets_of(email: str) -> str:
    """The partition of the pointers to what an address has opened. Keys turn up in words about
    trouble, so the address itself does not stand in them."""
    return f"P#{hashlib.sha256(same_address(email).encode()).hexdigest()[:32]}"


def sender(email: str) -> Key:
    """What an address had from us lately."""
    return Key(tickets_of(email), "lately")


def audited(conversation_id: str, entry_id: str = "") -> Key:
    """One entry of the audit; beside the conversation, so that it outlasts it. What is about none
    lies in one partition of its own."""
    return Key(f"U#{conversation_id}", AUDIT + entry_id)


def audited_on(day: date) -> str:
    """The bucket of everything that the audit has of one day."""
    return f"audit of {day.isoformat()}"


def retrieved_on(day: date) -> str:
    """The bucket of what the turns that ended on one day wanted of the articles."""
    return f"retrievals of {day.isoformat()}"


def spent_on(day: date) -> Key:
    """What all conversations together have spent on models in one day (UTC)."""
    return Key(f"M#{day.isoformat()}", SPENT)
