"""Reads one version of the index: what it holds, and what it finds."""

from collections.abc import Collection, Sequence
from typing import Any

from deskhand.adapters.index_entries import asked_words
from deskhand.adapters.opensearch import queries
from deskhand.adapters.opensearch.client import check_answer, reached
from deskhand.adapters.opensearch.index import Flavour, Version, vector_of
from deskhand.adapters.opensearch.joining import Hits, Joining, Question
from deskhand.domain.evidence import Passage
from deskhand.domain.search import Filters
from deskhand.errors import Rejected
from deskhand.ports import Vector

_HASHES_A_PAGE = 5_000
_VECTORS_A_PAGE = 500
_PAGE_TIMEOUT_S = 60
"""Only whoever builds an index reads pages, and has the time."""


class OpenIndex:
    """One index: nothing in it ever changes, so several may search at once.

    `GoneError`: it is not there any more.
    """

    def __init__(self, client: Any, version: Version, flavour: Flavour, joining: Joining) -> None:
        self._client = client
        self._version = version
        self._flavour = flavour
        self._joining = joining

    @property
    def hashes(self) -> dict[str, str]:
        """Chunk id to content hash of all that it holds."""
        held: dict[str, str] = {}
        last: str | None = None
        while self._version.chunks:
            hits = self._page(queries.page_of_hashes(last, _HASHES_A_PAGE))
            for hit in hits:
                fields = hit["fields"]
                last = str(fields["chunk_id"][0])
                # One that is there twice is not what was put in.
                held[last] = "" if last in held else str(fields["content_hash"][0])
            if len(hits) < _HASHES_A_PAGE:
                break
        return held

    def vectors(self, ids: Collection[str]) -> dict[str, Vector]:
        """The vectors of those chunks that are here."""
        found: dict[str, Vector] = {}
        wanted = list(ids) if self._version.chunks else []
        for start in range(0, len(wanted), _VECTORS_A_PAGE):
            hits = self._page(queries.vectors_of(wanted[start : start + _VECTORS_A_PAGE]))
            kept = (hit["_source"] for hit in hits)
            found.update((one["chunk_id"], vector_of(one["numbers"])) for one in kept)
        return found

    def search(
        self, query: str, vector: Vector | None, *, limit: int, filters: Filters
    ) -> tuple[Passage, ...]:
        """The best passages that the filters allow, by words and meaning together."""
        if not self._version.chunks:
            return ()
        if vector is not None and len(vector) != self._version.dimensions:
            raise Rejected(
                f"the question has {len(vector)} dimensions, index {self._version.name} has"
                f" {self._version.dimensions}: run the reindex with the embedder of today"
            )
        question = Question(
            said=asked_words(query),
            vector=vector,
            conditions=queries.allowed(filters),
            limit=limit,
            runs_scripts=self._flavour.runs_scripts,
        )
        return self._joining(self._ask, question)

    def _ask(self, searches: Sequence[queries.Body]) -> list[Hits]:
        lines = [line for body in searches for line in ({}, body)]
        with reached():
            answers = self._client.msearch(index=self._version.name, body=lines)["responses"]
        for answer in answers:
            check_answer(answer)
        return [answer["hits"]["hits"] for answer in answers]

    def _page(self, body: queries.Body) -> Hits:
        with reached():
            answer = self._client.search(
                index=self._version.name, body=body, request_timeout=_PAGE_TIMEOUT_S
            )
        check_answer(answer)
        hits: Hits = answer["hits"]["hits"]
        return hits


def read_version(client: Any, name: str) -> Version:
    """What an index says of itself. `GoneError`: it is not there."""
    with reached():
        return Version.read(name, client.indices.get_mapping(index=name))
