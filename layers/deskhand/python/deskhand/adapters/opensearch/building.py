"""Builds an index beside the one that serves, and clears away what nobody needs any more."""

import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import Any

from deskhand.adapters.opensearch.client import GoneError, reached
from deskhand.adapters.opensearch.index import Flavour, Version, creation, documents
from deskhand.domain.article import Chunk
from deskhand.errors import DeskhandError, Unavailable
from deskhand.ports import Vector

_BULK_CHUNKS = 500
_BULK_BYTES = 8 << 20
"""Serverless takes 10 MiB a request."""
WRITING_TIMEOUT_S = 60
"""Only whoever builds an index writes, and has the time."""
_APPEARS_WITHIN_S = 120
"""How long Serverless may take to show what was written; usually it is seconds."""
_LOOK_EVERY_S = 2.0


class Builder:
    """Makes and removes the indexes whose names begin with one prefix."""

    def __init__(
        self,
        client: Any,
        prefix: str,
        flavour: Flavour,
        *,
        replicas: str,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._client = client
        self._prefix = prefix
        self._flavour = flavour
        self._replicas = replicas
        self._wait = wait

    def name(self, suffix: str) -> str:
        """The name of an index of ours."""
        return f"{self._prefix}-{suffix}"

    def build(self, version: Version, chunks: Sequence[Chunk], vectors: Sequence[Vector]) -> None:
        """Makes the index whole; afterwards it can be searched."""
        from opensearchpy.helpers import bulk

        body = creation(version, self._flavour, replicas=self._replicas)
        with reached():
            self._client.indices.create(
                index=version.name, body=body, request_timeout=WRITING_TIMEOUT_S
            )
            bulk(
                self._client,
                documents(version, chunks, vectors, self._flavour),
                chunk_size=_BULK_CHUNKS,
                max_chunk_bytes=_BULK_BYTES,
                max_retries=3,
                request_timeout=WRITING_TIMEOUT_S,
            )
            if self._flavour.refreshes:
                self._client.indices.refresh(index=version.name, request_timeout=WRITING_TIMEOUT_S)
            else:
                self._wait_for(version)

    def clear(self, *, before: str, keep: str) -> None:
        """Removes what is older than the index that serves, but for the one that served last:
        questions may still be on their way to it. What is younger may be another run's work.

        Names begin with the time at which they were made.
        """
        with suppress(DeskhandError, GoneError):
            self.remove(
                name for name in self._names() if name < before and name not in (keep, before)
            )

    def remove(self, names: Iterable[str]) -> None:
        """Takes these indexes away; one that is not there is fine."""
        for name in names:
            with suppress(GoneError), reached():
                self._client.indices.delete(index=name, request_timeout=WRITING_TIMEOUT_S)

    def _names(self) -> list[str]:
        with reached():
            found = self._client.indices.get_mapping(index=f"{self._prefix}-2*")
        return sorted(found)

    def _wait_for(self, version: Version) -> None:
        looks = int(_APPEARS_WITHIN_S / _LOOK_EVERY_S)
        for _ in range(looks):
            if self._client.count(index=version.name)["count"] >= version.chunks:
                return
            self._wait(_LOOK_EVERY_S)
        raise Unavailable(
            f"OpenSearch does not show all {version.chunks} chunks after {_APPEARS_WITHIN_S} s"
        )
