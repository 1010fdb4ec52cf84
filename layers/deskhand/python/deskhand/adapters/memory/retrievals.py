"""What turns wanted of the articles, in memory: the twin for a laptop and for tests."""

from collections.abc import Iterator
from datetime import datetime

from deskhand.adapters.memory.state import MemoryDesk
from deskhand.domain.retrieval import Retrieval


class MemoryRetrievals:
    """The port `Retrievals` over a `MemoryDesk`."""

    def __init__(self, desk: MemoryDesk) -> None:
        self._desk = desk

    def between(self, since: datetime, until: datetime) -> Iterator[Retrieval]:
        """Those that ended from `since` on and before `until`, oldest first."""
        with self._desk.lock:
            kept = list(self._desk.retrievals.values())
        kept.sort(key=lambda one: (one.at, one.turn_id))
        return (one for one in kept if since <= one.at < until)
