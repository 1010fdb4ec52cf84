"""Everything outside that a turn may change, handed to the two stages that change it."""

from dataclasses import dataclass

from deskhand.ports import (
    Approvals,
    Clock,
    Connectors,
    Conversations,
    Helpdesk,
    Ledger,
    Permissions,
)


@dataclass(frozen=True)
class World:
    """Everything outside that a turn may change."""

    conversations: Conversations
    approvals: Approvals
    ledger: Ledger
    helpdesk: Helpdesk
    connectors: Connectors
    permissions: Permissions
    clock: Clock
