"""Knowledge bases in a real OpenSearch, each with indexes of its own, for tests."""

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from opensearchpy import Urllib3HttpConnection
from opensearchpy.exceptions import RequestError

from deskhand.adapters.opensearch.building import Builder
from deskhand.adapters.opensearch.client import open_client
from deskhand.adapters.opensearch.index import DOMAIN, SERVERLESS
from deskhand.adapters.opensearch.joining import Joining, joined_here
from deskhand.adapters.opensearch.knowledge import OpenSearchKnowledge
from deskhand.adapters.opensearch.pointers import AliasPointer, S3Pointer
from deskhand.ports import Clock
from tests.builders import StoppedClock


class Searched:
    """One OpenSearch, and what makes knowledge bases in it that share their indexes."""

    def __init__(self, url: str) -> None:
        self.client = open_client(url, service="es", timeout_s=30)
        self.prefix = f"test-{uuid.uuid4().hex}"

    def knowledge(
        self,
        *,
        clock: Clock | None = None,
        joining: Joining = joined_here,
        through: Any = None,
        refresh_s: float = 30.0,
    ) -> OpenSearchKnowledge:
        """Another process's view of the same knowledge base."""
        client = through or self.client
        return OpenSearchKnowledge(
            client,
            AliasPointer(client, self.prefix),
            Builder(client, self.prefix, DOMAIN, replicas="0-1"),
            flavour=DOMAIN,
            clock=clock or StoppedClock(),
            joining=joining,
            refresh_s=refresh_s,
        )

    def serverless(
        self, url: str, s3: Any, bucket: str, *, through: Any = None, clock: Clock | None = None
    ) -> OpenSearchKnowledge:
        """The same behind what refuses all that a Serverless collection refuses; what was written
        there is seen once time has passed."""
        client = through or open_client(url, service="aoss", timeout_s=30)
        for connection in client.transport.connection_pool.connections:
            connection.__class__ = ServerlessConnection

        def time_passes(_: float) -> None:
            self.client.indices.refresh(index=f"{self.prefix}-*")

        return OpenSearchKnowledge(
            client,
            S3Pointer(s3, bucket, self.prefix),
            Builder(client, self.prefix, SERVERLESS, replicas="0-1", wait=time_passes),
            flavour=SERVERLESS,
            clock=clock or StoppedClock(),
        )

    @property
    def indexes(self) -> list[str]:
        """What lies there, but for the empty index that begins."""
        return sorted(self.client.indices.get_alias(index=f"{self.prefix}-2*"))


@contextmanager
def in_opensearch(url: str) -> Iterator[Searched]:
    """Indexes of one's own, which are gone after the block."""
    searched = Searched(url)
    try:
        yield searched
    finally:
        searched.client.indices.delete(index=f"{searched.prefix}-*")
        searched.client.close()


class ServerlessConnection(Urllib3HttpConnection):
    """A connection to a real server that refuses what a Serverless collection refuses.

    The vectors are kept by lucene all the same: the server has no faiss.
    """

    MOST_BYTES = 10 << 20

    def perform_request(
        self, method: str, url: str, params: Any = None, body: Any = None, *args: Any, **more: Any
    ) -> Any:
        """Looks at the request first."""
        if refusal := _refusal(method, url, body):
            raise RequestError(400, "serverless_refuses", refusal)
        if method == "PUT":
            body = _kept_by_lucene(body)
        return super().perform_request(method, url, params, body, *args, **more)


def _refusal(method: str, url: str, body: Any) -> str:
    path = [part for part in url.split("?")[0].split("/") if part]
    text = body.decode() if isinstance(body, bytes) else body or ""
    operation = path[-1] if path else "/"
    of_an_index = method in ("PUT", "DELETE") and not operation.startswith(("_", "/"))
    if operation not in ("_bulk", "_count", "_mapping", "_msearch", "_search") and not of_an_index:
        return f"{method} {url}"
    if len(text.encode()) > ServerlessConnection.MOST_BYTES:
        return "more than 10 MiB"
    if operation == "_bulk" and any('"_id"' in line for line in text.splitlines()[::2]):
        return "ids of one's own"
    if method == "PUT":
        made = json.loads(text)
        if made["settings"]["index"].keys() - {"knn", "analysis"} or "aliases" in made:
            return "settings of the index"
        vector = made["mappings"]["properties"].get("vector")
        if vector and vector["method"]["engine"] != "faiss":
            return "another engine than faiss"
    return next((word for word in ("script", "search_pipeline") if f'"{word}"' in text), "")


def _kept_by_lucene(body: bytes) -> bytes:
    made = json.loads(body)
    made["settings"]["index"]["refresh_interval"] = "-1"
    if vector := made["mappings"]["properties"].get("vector"):
        vector["method"]["engine"] = "lucene"
    return json.dumps(made).encode()
