"""The same searches by the bare libraries, without a line of ours between the clock's two looks."""

import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any, Protocol, Self

import numpy as np

from deskhand.adapters.index_entries import CANDIDATES, asked_words
from deskhand.domain.search import Filters
from deskhand.ports import Vector


class BareSearch(Protocol):
    """A library on its own."""

    def prepared(self, question: str, vector: Vector) -> Callable[[], object]:
        """What asks it, with everything made ready that a library would not make."""
        ...


class BareIndex(AbstractContextManager["BareIndex"]):
    """One query of SQLite's full text, and one product of numpy, over the same file."""

    def __init__(self, content: bytes) -> None:
        self._database = sqlite3.connect(":memory:")
        self._database.deserialize(content)
        rows = self._database.execute("select vector from chunk order by row")
        self._vectors = np.array([np.frombuffer(row, "<f4") for (row,) in rows])

    def prepared(self, question: str, vector: Vector) -> Callable[[], object]:
        """The best by words, and the nearest by meaning."""
        match = " OR ".join(f'"{word}"' for word in asked_words(question))
        statement = (
            "select rowid, bm25(words, 2.0, 2.0, 1.0) as score from words where words match ?"
            f" order by score limit {CANDIDATES}"
        )
        asked = np.asarray(vector, dtype=np.float32)

        def ask() -> object:
            by_words = self._database.execute(statement, (match,)).fetchall()
            cosines = np.einsum("ij,j->i", self._vectors, asked)
            return by_words, np.argpartition(-cosines, CANDIDATES - 1)[:CANDIDATES]

        return ask

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._database.close()

    def __enter__(self) -> Self:
        return self


class BareOpenSearch:
    """The client's own `msearch` with the two queries, by words and by meaning."""

    def __init__(self, client: Any, index: str, filters: Filters) -> None:
        self._client = client
        self._index = index
        self._filters = filters

    def prepared(self, question: str, vector: Vector) -> Callable[[], object]:
        """Both in one request."""
        from deskhand.adapters.opensearch import queries

        conditions = queries.allowed(self._filters)
        bodies = (
            queries.by_meaning(vector, conditions),
            queries.by_words(asked_words(question), conditions),
        )
        lines = [line for body in bodies for line in ({}, body)]
        return lambda: self._client.msearch(index=self._index, body=lines)


def bare_opensearch(client: Any, filters: Filters) -> tuple[BareOpenSearch, float]:
    """The bare client over the index that serves, and that index's size in MB."""
    from deskhand.adapters.opensearch.opening import NAME

    [index] = client.indices.get_alias(name=NAME)
    stats = client.indices.stats(index=index, metric="store")["_all"]["primaries"]
    size_mb = round(stats["store"]["size_in_bytes"] / 1e6, 1)
    return BareOpenSearch(client, index, filters), size_mb
