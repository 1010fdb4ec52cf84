"""Where each record of the desk lies in the table."""

from deskhand.adapters.dynamodb.items import Key

CONVERSATIONS = "conversations"
TO_DECIDE = "approvals to decide"
EXPIRING = "approvals that expire"
TO_GO_ON_WITH = "approvals to go on with"
NOTES = "notes"
TICKETS = "tickets"

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
