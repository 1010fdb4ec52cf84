"""What the environment says, and the one place where it is read; each port is made once."""

import os
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar, cast

PortT = TypeVar("PortT")
_made: dict[str, Any] = {}

VARIABLES = {
    "DESKHAND_DESK_TABLE": "the name of the table that keeps conversations",
    "DESKHAND_IDEMPOTENCY_TABLE": "the name of the table that remembers deliveries",
    "DESKHAND_QUEUE_URL": "the address of the queue between intake and dispatch",
    "DESKHAND_STATE_MACHINE_ARN": "the state machine that runs turns",
    "DESKHAND_KNOWLEDGE_BUCKET": "the bucket of articles, indexes and large parts",
    "DESKHAND_KNOWLEDGE_STORE": "what is searched: `embedded` or `opensearch:<url>`",
    "DESKHAND_API_KEY_SECRET": "the secret that holds the API key",
    "DESKHAND_WEBHOOK_SECRET": "the secret with which webhooks are signed",
    "DESKHAND_CODE_KEY_SECRET": "the secret under which one-time codes are kept",
    "DESKHAND_LINK_KEY_SECRET": "the secret with which links to approvals are signed",
    "DESKHAND_ZENDESK_URL": "where Zendesk is, `https://<name>.zendesk.com`, or `none`",
    "DESKHAND_ZENDESK_SECRET": "the secret that holds Zendesk's agent, token and signing secret",
    "DESKHAND_HELP_CENTRES": "which help centres are mirrored: `none`, `zendesk`, `intercom`",
    "DESKHAND_INTERCOM_URL": "where the API of Intercom is, `https://api.intercom.io`",
    "DESKHAND_INTERCOM_SECRET": "the secret that holds Intercom's access token, or `none`",
    "DESKHAND_PUBLIC_URL": "where people reach the desk's API, for links in notes, or `none`",
    "DESKHAND_LETTERS_FROM": "the address that letters to customers come from, or `none`",
    "DESKHAND_REINDEX_FUNCTION": "the function that builds the knowledge base",
    "DESKHAND_SYSTEM_OF_RECORD": "where orders are kept: `none` or `sample-shop:<file>`",
    "DESKHAND_RERANKER": "who puts passages in order: `none` or `bedrock:<model id>`",
    "DESKHAND_LANGUAGE_MODEL": "who writes: `offline`, `claude` or `bedrock`",
    "DESKHAND_ANTHROPIC_KEY_SECRET": "the secret that holds the key of Anthropic's API, or `none`",
    "DESKHAND_POLICIES_DIR": "the folder of the policy files",
    "DESKHAND_MODELS_DIR": "the folder of the embedder and the classifier",
}

ON_A_LAPTOP = {
    "DESKHAND_MODEL_RECORDINGS": "what is done with models' answers: `none`, `record:<folder>` or"
    " `replay:<folder>`",
}
"""What no template sets: without them all is as in production."""


class MissingSettingError(Exception):
    """An environment variable that a function needs is not set."""


def setting(name: str) -> str:
    """An environment variable that must be set; a missing one is named with what it is for."""
    value = os.environ.get(name, "")
    if not value:
        raise MissingSettingError(f"the environment variable {name} is not set: {VARIABLES[name]}")
    return value


def laptop_setting(name: str) -> str:
    """An environment variable that only laptops set; `none` where it is not set."""
    return os.environ.get(name, "") or "none"


def port(make: Callable[[], PortT]) -> Callable[[], PortT]:
    """Makes a port once, when it is first asked for."""

    @wraps(make)
    def get() -> PortT:
        if make.__name__ not in _made:
            _made[make.__name__] = make()
        return cast(PortT, _made[make.__name__])

    return get


def before_snapshot(*ports: Callable[[], object]) -> None:
    """Makes ports while Lambda takes a snapshot of a version (SnapStart), so that every container
    that is restored from it has them; anywhere else they are made when they are first asked for.

    Only what may be shared: nothing secret, nothing unique, and nothing that goes out of date.
    """
    if os.environ.get("AWS_LAMBDA_INITIALIZATION_TYPE") == "snap-start":
        for made in ports:
            made()


def replace(ports: Mapping[str, object]) -> None:
    """Puts other things behind ports, by their functions' names here; for tests and benchmarks."""
    _made.update(ports)


def reset() -> None:
    """Forgets every port that was made."""
    _made.clear()


def client(service: str) -> Any:
    """An AWS client, made once for each service."""
    name = f"client:{service}"
    if name not in _made:
        from deskhand.adapters.aws import aws_client

        _made[name] = aws_client(service)
    return _made[name]
