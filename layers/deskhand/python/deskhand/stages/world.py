"""Everything outside that a turn may change, handed to the two stages that change it."""

from dataclasses import dataclass
from datetime import datetime

from deskhand.domain.ledger import Counters
from deskhand.ports import (
    Approvals,
    Clock,
    Codes,
    Connectors,
    Conversations,
    Helpdesk,
    Ledger,
    Permissions,
    Stops,
)
from deskhand.tools.registry import Tools


@dataclass(frozen=True)
class World:
    """Everything outside that a turn may change."""

    conversations: Conversations
    approvals: Approvals
    ledger: Ledger
    stops: Stops
    codes: Codes
    helpdesk: Helpdesk
    connectors: Connectors
    permissions: Permissions
    tools: Tools
    clock: Clock


def limits_now(
    ledger: Ledger,
    stops: Stops,
    *,
    customer_id: str,
    conversation_id: str,
    now: datetime,
    besides: str = "",
) -> Counters:
    """What the limits count for a customer at this moment, and which actions are stopped."""
    seen = ledger.counters(customer_id, conversation_id=conversation_id, now=now, besides=besides)
    stopped = tuple(stop.action for stop in stops.standing())
    return seen.model_copy(update={"stopped": stopped})
