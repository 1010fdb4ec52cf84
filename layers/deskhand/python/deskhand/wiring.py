"""The joint: which adapter stands behind which port; the only reader of the environment.

Each port is made when it is first asked for, and its adapter is imported then: a function loads
only what it uses.
"""

import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from deskhand.errors import Rejected

if TYPE_CHECKING:
    from deskhand.domain.policy import Policy
    from deskhand.jobs.intake import Intake
    from deskhand.jobs.turns import Turns
    from deskhand.ports import (
        Approvals,
        ArticleShelf,
        BuiltInDesk,
        Clock,
        Connectors,
        Conversations,
        Door,
        Embedder,
        Helpdesk,
        Inbox,
        KnowledgeBase,
        LanguageModel,
        Ledger,
        Once,
        Outbox,
        Permissions,
        Reindexing,
        Workflow,
    )
    from deskhand.stages.world import World
    from deskhand.text.intents import FittedIntents

PortT = TypeVar("PortT")
_made: dict[str, Any] = {}

VARIABLES = {
    "DESKHAND_DESK_TABLE": "the name of the table that keeps conversations",
    "DESKHAND_IDEMPOTENCY_TABLE": "the name of the table that remembers deliveries",
    "DESKHAND_QUEUE_URL": "the address of the queue between intake and dispatch",
    "DESKHAND_STATE_MACHINE_ARN": "the state machine that runs turns",
    "DESKHAND_KNOWLEDGE_BUCKET": "the bucket of articles, indexes and large parts",
    "DESKHAND_API_KEY_SECRET": "the secret that holds the API key",
    "DESKHAND_WEBHOOK_SECRET": "the secret with which webhooks are signed",
    "DESKHAND_REINDEX_FUNCTION": "the function that builds the knowledge base",
    "DESKHAND_SYSTEM_OF_RECORD": "where orders and customers are kept: `none`, `sample-shop:<file>`",
    "DESKHAND_LANGUAGE_MODEL": "who writes: `offline`",
    "DESKHAND_POLICIES_DIR": "the folder of the policy files",
    "DESKHAND_MODELS_DIR": "the folder of the embedder and the classifier",
}


class MissingSettingError(Rejected):
    """An environment variable that a function needs is not set."""


def setting(name: str) -> str:
    """An environment variable that must be set; a missing one is named with what it is for."""
    value = os.environ.get(name, "")
    if not value:
        raise MissingSettingError(f"the environment variable {name} is not set: {VARIABLES[name]}")
    return value


def port(make: Callable[[], PortT]) -> Callable[[], PortT]:
    """Makes a port once, when it is first asked for."""

    @wraps(make)
    def get() -> PortT:
        if make.__name__ not in _made:
            _made[make.__name__] = make()
        return cast(PortT, _made[make.__name__])

    return get


def replace(ports: Mapping[str, object]) -> None:
    """Puts other things behind ports, by their functions' names here; for tests and benchmarks."""
    _made.update(ports)


def reset() -> None:
    """Forgets every port that was made."""
    _made.clear()


def _client(service: str) -> Any:
    """An AWS client that gives up in time for a Lambda, made once for each service."""
    import boto3
    from botocore.config import Config

    config = Config(
        connect_timeout=2,
        read_timeout=8,
        retries={"mode": "standard", "max_attempts": 3},
        tcp_keepalive=True,
    )
    name = f"client:{service}"
    if name not in _made:
        _made[name] = boto3.client(service, config=config)
    return _made[name]


@port
def clock() -> "Clock":
    """The time in UTC."""
    return lambda: datetime.now(UTC)


@port
def policy() -> "Policy":
    """All policy files, read once."""
    from deskhand.adapters.policy_files import read_policy

    return read_policy(Path(setting("DESKHAND_POLICIES_DIR")))


@port
def permissions() -> "Permissions":
    """The permission layer."""
    from deskhand.adapters.cedar_permissions import CedarPermissions

    return CedarPermissions(Path(setting("DESKHAND_POLICIES_DIR")))
