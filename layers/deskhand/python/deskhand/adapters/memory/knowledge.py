"""A knowledge base in this process's memory, for tests and for trying things out."""

from collections import Counter
from collections.abc import Collection, Sequence

from deskhand.domain.article import Chunk
from deskhand.domain.evidence import Passage
from deskhand.domain.search import Filters
from deskhand.ports import Vector
from deskhand.text.chunks import searched_text
from deskhand.text.fusion import best_first, fused
from deskhand.text.words import stems


class MemoryKnowledge:
    """Chunks in a list, each compared with the question one after the other."""

    def __init__(self) -> None:
        self.fingerprint = ""
        self._version = 0
        self._entries: tuple[tuple[Chunk, Vector], ...] = ()

    def search(
        self, query: str, vector: Vector | None, *, limit: int, filters: Filters
    ) -> tuple[Passage, ...]:
        """The best passages that the filters allow, best first."""
        asked = Counter(stems(query))
        allowed = {chunk.id: chunk for chunk, _ in self._entries if filters.allow(chunk)}
        cosines = {
            chunk.id: float(sum(a * b for a, b in zip(vector, its_vector, strict=True)))
            for chunk, its_vector in self._entries
            if vector is not None and chunk.id in allowed
        }
        shared = {
            id: float(sum(asked[stem] for stem in set(stems(searched_text(one)))))
            for id, one in allowed.items()
        }
        scores = fused(cosines, {id: count for id, count in shared.items() if count})
        found = (_found(allowed[id], scores[id], cosines.get(id, 0.0)) for id in scores)
        return tuple(best_first(found)[:limit])

    def indexed(self) -> dict[str, str]:
        """Chunk id to content hash of what serves now."""
        return {chunk.id: chunk.content_hash for chunk, _ in self._entries}

    def vectors(self, ids: Collection[str]) -> dict[str, Vector]:
        """The vectors of those chunks that serve now."""
        wanted = set(ids)
        return {chunk.id: vector for chunk, vector in self._entries if chunk.id in wanted}

    def replace(
        self, chunks: Sequence[Chunk], vectors: Sequence[Vector], *, fingerprint: str
    ) -> str:
        """Swaps the chunks in at once; gives the new version."""
        self._entries = tuple(zip(chunks, vectors, strict=True))
        self.fingerprint = fingerprint
        self._version += 1
        return str(self._version)


def _found(chunk: Chunk, score: float, similarity: float) -> Passage:
    kept = {name: getattr(chunk, name) for name in Passage.model_fields if hasattr(chunk, name)}
    return Passage(**kept, score=score, similarity=similarity)
