"""The joint: which adapter stands behind which port; only `environment` reads the environment.

Each port is made when it is first asked for, and its adapter is imported then: a function loads
only what it uses.
"""

from deskhand.wiring.environment import (
    MissingSettingError,
    before_snapshot,
    replace,
    reset,
    setting,
)
from deskhand.wiring.help_centres import help_centres
from deskhand.wiring.jobs import (
    approval_links,
    console,
    counters,
    intake,
    search,
    tools,
    turns,
    world,
)
from deskhand.wiring.meaning import (
    article_shelf,
    article_source,
    embedder,
    fitted_intents,
    knowledge,
    language_model,
    proposals,
    reindexing,
    reranker,
    vector_shelf,
)
from deskhand.wiring.outside import built_in_desk, connectors, doors, helpdesk
from deskhand.wiring.policies import clock, permissions, policy
from deskhand.wiring.state import (
    approvals,
    audit,
    codes,
    conversations,
    dead_letters,
    inbox,
    ledger,
    once,
    outbox,
    retrievals,
    secret,
    spending,
    stops,
    table,
    workflow,
)

__all__ = [
    "MissingSettingError",
    "approval_links",
    "approvals",
    "article_shelf",
    "article_source",
    "audit",
    "before_snapshot",
    "built_in_desk",
    "clock",
    "codes",
    "connectors",
    "console",
    "conversations",
    "counters",
    "dead_letters",
    "doors",
    "embedder",
    "fitted_intents",
    "help_centres",
    "helpdesk",
    "inbox",
    "intake",
    "knowledge",
    "language_model",
    "ledger",
    "once",
    "outbox",
    "permissions",
    "policy",
    "proposals",
    "reindexing",
    "replace",
    "reranker",
    "reset",
    "retrievals",
    "search",
    "secret",
    "setting",
    "spending",
    "stops",
    "table",
    "tools",
    "turns",
    "vector_shelf",
    "workflow",
    "world",
]
