"""A knowledge base in this process's memory, for tests and for trying things out."""

from collections.abc import Sequence
from datetime import date

from deskhand.domain.article import Chunk
from deskhand.domain.evidence import Passage
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
        self,
        query: str,
        vector: Vector,
        *,
        limit: int,
        on: date,
        categories: Sequence[str] = (),
        language: str = "",
    ) -> tuple[Passage, ...]:
        """The best public passages in force on that day, best first."""
        asked = set(stems(query))
        chunks: dict[str, Chunk] = {}
        cosines: dict[str, float] = {}
        shared: dict[str, float] = {}
        for chunk, its_vector in self._entries:
            if not _may_answer(chunk, on, categories, language):
                continue
            chunks[chunk.id] = chunk
            cosines[chunk.id] = float(sum(a * b for a, b in zip(vector, its_vector, strict=True)))
            shared[chunk.id] = float(len(asked & set(stems(searched_text(chunk)))))
        scores = fused(cosines, shared)
        found = (_found(chunks[id], scores[id], cosines[id]) for id in chunks)
        return tuple(best_first(found)[:limit])

    def indexed(self) -> dict[str, tuple[str, Vector]]:
        """Chunk id to content hash and vector of what serves now."""
        return {chunk.id: (chunk.content_hash, vector) for chunk, vector in self._entries}

    def replace(
        self, chunks: Sequence[Chunk], vectors: Sequence[Vector], *, fingerprint: str
    ) -> str:
        """Swaps the chunks in at once; gives the new version."""
        self._entries = tuple(zip(chunks, vectors, strict=True))
        self.fingerprint = fingerprint
        self._version += 1
        return str(self._version)


def _may_answer(chunk: Chunk, on: date, categories: Sequence[str], language: str) -> bool:
    return (
        chunk.audience == "public"
        and (chunk.effective_from or date.min) <= on <= (chunk.effective_until or date.max)
        and (not categories or chunk.category in categories)
        and (not language or chunk.language == language)
    )


def _found(chunk: Chunk, score: float, similarity: float) -> Passage:
    kept = {name: getattr(chunk, name) for name in Passage.model_fields if hasattr(chunk, name)}
    return Passage(**kept, score=score, similarity=similarity)
