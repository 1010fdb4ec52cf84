"""Everything outside that a turn may change, handed to the two stages that change it."""

from dataclasses import dataclass
from datetime import datetime

from deskhand.domain.ledger import Counters
from deskhand.domain.turn import Turn
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


def person_took_over(turn: Turn, world: World) -> bool:
    """Whether somebody at the desk has taken the ticket or spoken since the customer did, read from
    the ticket this moment: asked before each write."""
    ticket = world.helpdesk.ticket(turn.ticket_id)
    asked_at = max(message.said_at for message in turn.messages)
    spoke = any(said.author == "person" and said.said_at > asked_at for said in ticket.messages)
    return bool(ticket.assignee) or spoke


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
