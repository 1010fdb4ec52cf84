"""The outside, as the desk needs it: one small protocol for each thing that we talk to.

Every method may raise `Unavailable` (worth another try) or `Rejected` (not); nothing else crosses
a port.
"""

from deskhand.ports.connectors import Connectors, NotConnected
from deskhand.ports.desk import BuiltInDesk, Door, Files, FileShelf, Helpdesk
from deskhand.ports.identity import Codes
from deskhand.ports.knowledge import (
    ArticleShelf,
    ArticleSource,
    HelpCentre,
    KnowledgeBase,
    Mirror,
    Reindexing,
    Reranker,
    Searchable,
    VectorShelf,
)
from deskhand.ports.meaning import Embedder, GroundingJudge, LanguageModel, Spending, Vector
from deskhand.ports.once import DeadLetters, Inbox, Ledger, Once, Outbox, Stops, Workflow
from deskhand.ports.permission import Permissions
from deskhand.ports.records import Billing, Changes, Customers, Identity, Orders
from deskhand.ports.services import (
    Incidents,
    Issues,
    Letters,
    Products,
    Subscriptions,
    Telemetry,
    Tickets,
)
from deskhand.ports.state import Approvals, Audit, Conversations, Retrievals
from deskhand.ports.time import Clock, utc_now

__all__ = [
    "Approvals",
    "ArticleShelf",
    "ArticleSource",
    "Audit",
    "Billing",
    "BuiltInDesk",
    "Changes",
    "Clock",
    "Codes",
    "Connectors",
    "Conversations",
    "Customers",
    "DeadLetters",
    "Door",
    "Embedder",
    "FileShelf",
    "Files",
    "GroundingJudge",
    "HelpCentre",
    "Helpdesk",
    "Identity",
    "Inbox",
    "Incidents",
    "Issues",
    "KnowledgeBase",
    "LanguageModel",
    "Ledger",
    "Letters",
    "Mirror",
    "NotConnected",
    "Once",
    "Orders",
    "Outbox",
    "Permissions",
    "Products",
    "Reindexing",
    "Reranker",
    "Retrievals",
    "Searchable",
    "Spending",
    "Stops",
    "Subscriptions",
    "Telemetry",
    "Tickets",
    "Vector",
    "VectorShelf",
    "Workflow",
    "utc_now",
]
