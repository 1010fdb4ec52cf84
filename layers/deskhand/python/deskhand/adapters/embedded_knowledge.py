"""The knowledge base without a server: an index file on a shelf, searched in memory."""

import threading
import uuid
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from deskhand.adapters.index_check import check_index
from deskhand.adapters.index_file import Index, build_index
from deskhand.adapters.index_shelves import Shelf
from deskhand.domain.article import Chunk
from deskhand.domain.evidence import Passage
from deskhand.domain.search import Filters
from deskhand.errors import DeskhandError, Rejected, Unavailable
from deskhand.ports import Clock, Vector


class EmbeddedKnowledge:
    """The index that serves now, looked after: a newer version on the shelf takes its place."""

    def __init__(self, shelf: Shelf, *, clock: Clock, refresh_s: float = 30.0) -> None:
        self._shelf = shelf
        self._clock = clock
        self._refresh = timedelta(seconds=refresh_s)
        self._index: Index | None = None
        self._checked_at: datetime | None = None
        self._told = threading.local()  # of several runs at once each was told something else
        self._loading = threading.Lock()

    @property
    def fingerprint(self) -> str:
        """Of the embedder whose vectors serve now; empty before anything was indexed."""
        index = self._serving()
        return index.fingerprint if index else ""

    def search(
        self, query: str, vector: Vector | None, *, limit: int, filters: Filters
    ) -> tuple[Passage, ...]:
        """The best passages that the filters allow, best first."""
        index = self._serving()
        return index.search(query, vector, limit=limit, filters=filters) if index else ()

    def indexed(self) -> dict[str, str]:
        """Chunk id to content hash of what serves now; nothing if that is broken or gone."""
        self._told.version = self._shelf.current()
        if not self._told.version:
            return {}
        try:
            self._look()
        except Rejected:
            return {}
        return self._index.hashes if self._index else {}

    def vectors(self, ids: Collection[str]) -> dict[str, Vector]:
        """The vectors of those chunks that serve now."""
        return self._index.vectors(ids) if self._index else {}

    def replace(
        self, chunks: Sequence[Chunk], vectors: Sequence[Vector], *, fingerprint: str
    ) -> str:
        """Builds a new index beside the old one and swaps it in at once; gives its version.

        `Unavailable`: another run was quicker since `indexed` told what was there, and may know
        newer articles than this one.
        """
        now = self._clock()
        # Two runs at once make two versions, so that neither can harm the other's file.
        version = f"{now:%Y%m%dT%H%M%S%f}-{uuid.uuid4().hex[:8]}"
        content = build_index(chunks, vectors, fingerprint=fingerprint)
        index = Index(version, content)
        check_index(index, chunks, vectors)
        self._shelf.publish(version, content, after=self._told_last())
        self._index, self._checked_at, self._told.version = index, now, version
        return version

    def _serving(self) -> Index | None:
        now = self._clock()
        if self._checked_at is not None and now - self._checked_at < self._refresh:
            return self._index
        if self._index is None:
            with self._loading:
                self._look()
        elif self._loading.acquire(blocking=False):  # others go on with the old one meanwhile
            try:
                self._look()
            except DeskhandError:
                self._checked_at = now  # the old one serves until the shelf can be read again
            finally:
                self._loading.release()
        return self._index

    def _look(self) -> None:
        """Loads what the pointer names now, unless that is what serves already."""
        now = self._clock()
        version = self._shelf.current()
        while version and (self._index is None or self._index.version != version):
            try:
                self._index = Index(version, self._shelf.fetch(version))
            except Unavailable:
                if (newer := self._shelf.current()) == version:
                    raise
                version = newer  # it was cleared away between two looks
        self._checked_at = now

    def _told_last(self) -> str | None:
        told: str | None = getattr(self._told, "version", None)
        return told
