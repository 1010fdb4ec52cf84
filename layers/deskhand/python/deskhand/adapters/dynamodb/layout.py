"""Where each record of the desk lies in the table."""

from datetime import datetime

from deskhand.adapters.dynamodb.items import Key

CONVERSATIONS = "conversations"
TO_DECIDE = "approvals to decide"
EXPIRING = "approvals that expire"
TO_GO_ON_WITH = "approvals to go on with"
NOTES = "notes"
TICKETS = "tickets"

STOPS, STOP = "stops", "action#"
"""The partition of what is or was stopped; one record an action."""

HEAD, MESSAGE, TURN, APPROVAL, OUTBOX = "head", "message#", "turn#", "approval#", "outbox#"


def conversation(conversation_id: str) -> str:
    """The partition of everything about one conversation."""
    return f"C#{conversation_id}"


def in_conversation(conversation_id: str, kind: str, record_id: str = "") -> Key:
    """One record of a conversation."""
    return Key(conversation(conversation_id), kind + record_id)


def pointer(approval_id: str) -> Key:
    """The record that says which conversation an approval belongs to."""
    return Key(f"A#{approval_id}", "pointer")


def counted_hour(action: str, hour: datetime, round_: int | None = None) -> Key:
    """What happened to an action in one hour; without a round, where that hour begins."""
    return Key(f"S#{action}", f"hour#{hour:%Y-%m-%dT%H}" + ("" if round_ is None else f"#{round_}"))
