"""Knowledge bases in a real OpenSearch, each with indexes of its own, for tests."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from deskhand.adapters.opensearch.building import Builder
from deskhand.adapters.opensearch.client import open_client
from deskhand.adapters.opensearch.index import DOMAIN
from deskhand.adapters.opensearch.joining import Joining, joined_here
from deskhand.adapters.opensearch.knowledge import OpenSearchKnowledge
from deskhand.adapters.opensearch.pointers import AliasPointer
from deskhand.ports import Clock
from tests.builders import StoppedClock

Knowing = Callable[..., OpenSearchKnowledge]


@contextmanager
def in_opensearch(url: str) -> Iterator[Knowing]:
    """What makes knowledge bases that share their indexes; those are gone after the block."""
    client = open_client(url, service="es", timeout_s=30)
    prefix = f"test-{uuid.uuid4().hex}"

    def knowing(
        *, clock: Clock | None = None, joining: Joining = joined_here, through: Any = client
    ) -> OpenSearchKnowledge:
        return OpenSearchKnowledge(
            through,
            AliasPointer(through, prefix),
            Builder(through, prefix, DOMAIN, replicas="0-1"),
            flavour=DOMAIN,
            clock=clock or StoppedClock(),
            joining=joining,
        )

    try:
        yield knowing
    finally:
        client.indices.delete(index=f"{prefix}-*")
        client.close()
