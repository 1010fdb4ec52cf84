"""Vectors that are in no index yet, in this process's memory."""

from collections.abc import Mapping

from deskhand.ports import Vector


class MemoryVectorShelf:
    """The port `VectorShelf`."""

    def __init__(self) -> None:
        self._parts: list[tuple[str, dict[str, Vector]]] = []

    def put(self, vectors: Mapping[str, Vector], *, fingerprint: str) -> None:
        """Keeps a part."""
        self._parts.append((fingerprint, dict(vectors)))

    def take(self, *, fingerprint: str) -> dict[str, Vector]:
        """What was kept of that embedder."""
        kept = (part for embedder, part in self._parts if embedder == fingerprint)
        return {id: vector for part in kept for id, vector in part.items()}

    def clear(self) -> None:
        """Takes all parts away."""
        self._parts.clear()
