"""The port `KnowledgeBase` in OpenSearch: one index a version, and a pointer to what serves."""

import threading
import uuid
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, TypeVar

from deskhand.adapters.index_check import check_index
from deskhand.adapters.opensearch.building import Builder
from deskhand.adapters.opensearch.client import GoneError, UnsearchableError
from deskhand.adapters.opensearch.index import NOTHING, Flavour, Version
from deskhand.adapters.opensearch.joining import Joining, joined_here
from deskhand.adapters.opensearch.pointers import Pointer
from deskhand.adapters.opensearch.reading import OpenIndex, read_version
from deskhand.domain.article import Chunk
from deskhand.domain.evidence import Passage
from deskhand.domain.search import Filters
from deskhand.errors import DeskhandError, Unavailable
from deskhand.ports import Clock, Vector

GivenT = TypeVar("GivenT")


class OpenSearchKnowledge:
    """The version that serves now, looked after: a newer one takes its place when it is seen."""

    def __init__(
        self,
        client: Any,
        pointer: Pointer,
        builder: Builder,
        *,
        flavour: Flavour,
        clock: Clock,
        joining: Joining = joined_here,
        refresh_s: float = 30.0,
    ) -> None:
        self._client = client
        self._pointer = pointer
        self._builder = builder
        self._flavour = flavour
        self._clock = clock
        self._joining = joining
        self._refresh = timedelta(seconds=refresh_s)
        self._version = NOTHING
        self._checked_at: datetime | None = None
        self._told = threading.local()  # of several runs at once each was told something else
        self._looking = threading.Lock()

    @property
    def fingerprint(self) -> str:
        """Of the embedder whose vectors serve now; empty before anything was indexed."""
        return self._serving().fingerprint

    def search(
        self, query: str, vector: Vector | None, *, limit: int, filters: Filters
    ) -> tuple[Passage, ...]:
        """The best passages that the filters allow, best first."""
        return self._from_what_serves(
            lambda index: index.search(query, vector, limit=limit, filters=filters)
        )

    def indexed(self) -> dict[str, str]:
        """Chunk id to content hash of what serves now."""
        self._told.name = self._pointer.current()
        self._look()
        return self._from_what_serves(lambda index: index.hashes)

    def vectors(self, ids: Collection[str]) -> dict[str, Vector]:
        """The vectors of those chunks that serve now."""
        return self._from_what_serves(lambda index: index.vectors(ids))

    def replace(
        self, chunks: Sequence[Chunk], vectors: Sequence[Vector], *, fingerprint: str
    ) -> str:
        """Builds a new index beside the old one, checks it, and swaps it in at once; gives its
        name.

        `Unavailable`: another run was quicker since `indexed` told what was there, and may know
        newer articles than this one.
        """
        now = self._clock()
        told: str | None = getattr(self._told, "name", None)
        after = self._pointer.current() if told is None else told
        version = Version(
            # Two runs at once make two versions, so that neither can harm the other's index.
            name=self._builder.name(f"{now:%Y%m%d%H%M%S%f}-{uuid.uuid4().hex[:8]}"),
            fingerprint=fingerprint,
            chunks=len(chunks),
            dimensions=len(vectors[0]) if len(vectors) else 0,
        )
        try:
            self._builder.build(version, chunks, vectors)
            check_index(self._opened(version), chunks, vectors)
            self._pointer.swap(version.name, after=after)
        except GoneError as error:
            raise Unavailable(f"somebody removed {version.name} while it was built") from error
        except DeskhandError:
            self._give_up(version)
            raise
        self._version, self._checked_at, self._told.name = version, now, version.name
        self._builder.clear(before=version.name, keep=after)
        return version.name

    def _give_up(self, version: Version) -> None:
        """What cannot be removed now is older than the next version, and goes with it."""
        with suppress(DeskhandError):
            if self._pointer.current() != version.name:
                self._builder.remove([version.name])

    def _from_what_serves(self, read: Callable[[OpenIndex], GivenT]) -> GivenT:
        """What serves may have been swapped twice since it was looked up, and be gone."""
        version = self._serving()
        try:
            return read(self._opened(version))
        except GoneError:
            self._version = NOTHING
            self._look()
        except UnsearchableError:
            self._look()
            if self._version == version:
                raise
        try:
            return read(self._opened(self._version))
        except GoneError as error:
            raise Unavailable("the index was swapped twice in a moment") from error

    def _opened(self, version: Version) -> OpenIndex:
        return OpenIndex(self._client, version, self._flavour, self._joining)

    def _serving(self) -> Version:
        now = self._clock()
        if self._checked_at is not None and now - self._checked_at < self._refresh:
            return self._version
        if self._checked_at is None:
            with self._looking:
                self._look()
        elif self._looking.acquire(blocking=False):  # others go on with the old one meanwhile
            try:
                self._look()
            except DeskhandError:
                self._checked_at = now  # the old one serves until the pointer can be read again
            finally:
                self._looking.release()
        return self._version

    def _look(self) -> None:
        """Reads what the pointer names now, unless that is what serves already."""
        now = self._clock()
        name = self._pointer.current()
        if name != self._version.name:
            try:
                self._version = read_version(self._client, name) if name else NOTHING
            except GoneError:
                self._version = NOTHING  # somebody removed it: nothing is indexed
        self._checked_at = now
