"""Opens the knowledge base in a domain or in a Serverless collection, with all that each needs."""

from typing import Any

from deskhand.adapters.opensearch.building import Builder
from deskhand.adapters.opensearch.client import open_client
from deskhand.adapters.opensearch.index import DOMAIN, SERVERLESS
from deskhand.adapters.opensearch.joining import Joining, joined_here
from deskhand.adapters.opensearch.knowledge import OpenSearchKnowledge
from deskhand.adapters.opensearch.pointers import AliasPointer, S3Pointer
from deskhand.ports import Clock

NAME = "deskhand-knowledge"
"""The alias, what the names of our indexes begin with, and the pointer in S3."""
REPLICAS = "0-1"
"""A copy where there is a second node to hold it."""
DOMAIN_TIMEOUT_S = 5.0
SERVERLESS_TIMEOUT_S = 35.0
"""A collection that has slept takes up to half a minute to wake."""


def in_a_domain(url: str, clock: Clock, joining: Joining = joined_here) -> OpenSearchKnowledge:
    """The knowledge base in a managed domain, or in any OpenSearch from 2.13 on."""
    client = open_client(url, service="es", timeout_s=DOMAIN_TIMEOUT_S)
    return OpenSearchKnowledge(
        client,
        AliasPointer(client, NAME),
        Builder(client, NAME, DOMAIN, replicas=REPLICAS),
        flavour=DOMAIN,
        clock=clock,
        joining=joining,
    )


def in_a_collection(url: str, clock: Clock, *, s3: Any, bucket: str) -> OpenSearchKnowledge:
    """The knowledge base in a Serverless collection; which index serves is written in S3."""
    client = open_client(url, service="aoss", timeout_s=SERVERLESS_TIMEOUT_S)
    return OpenSearchKnowledge(
        client,
        S3Pointer(s3, bucket, NAME),
        Builder(client, NAME, SERVERLESS, replicas=REPLICAS),
        flavour=SERVERLESS,
        clock=clock,
    )
