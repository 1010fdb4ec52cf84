"""Models and the knowledge base behind circuit breakers, one for each kind of call.

That one call succeeds says nothing of the other: a small model may read while a large one is down.
"""

from collections.abc import Collection, Mapping, Sequence

from deskhand.adapters.circuit_breaker import CircuitBreaker
from deskhand.domain.article import Chunk
from deskhand.domain.classification import Classification
from deskhand.domain.draft import Draft
from deskhand.domain.evidence import Passage
from deskhand.domain.file import OpenedFile
from deskhand.domain.policy import Intent
from deskhand.domain.search import Filters
from deskhand.domain.tool import ToolSpec
from deskhand.domain.turn import Retrieved, Turn
from deskhand.ports import Clock, KnowledgeBase, LanguageModel, Reranker, Vector


class BreakingModel:
    """The port `LanguageModel`, refused at once while it is known to be down."""

    def __init__(self, model: LanguageModel, clock: Clock) -> None:
        self._model = model
        self._reading = CircuitBreaker("the language model", clock)
        self._writing = CircuitBreaker("the language model", clock)

    def classify(self, turn: Turn, *, intents: dict[str, Intent]) -> Classification:
        """What the turn's messages are about."""
        with self._reading.asking():
            return self._model.classify(turn, intents=intents)

    def draft(
        self,
        turn: Retrieved,
        *,
        intents: dict[str, Intent],
        tools: Sequence[ToolSpec],
        files: Sequence[OpenedFile] = (),
    ) -> Draft:
        """What to say and to do."""
        with self._writing.asking():
            return self._model.draft(turn, intents=intents, tools=tools, files=files)


class BreakingReranker:
    """The port `Reranker`, refused at once while it is known to be down."""

    def __init__(self, reranker: Reranker, clock: Clock) -> None:
        self._reranker = reranker
        self._breaker = CircuitBreaker("the reranker", clock)

    def rerank(self, query: str, passages: Sequence[Passage]) -> tuple[Passage, ...]:
        """All of them, best first."""
        with self._breaker.asking():
            return self._reranker.rerank(query, passages)


class BreakingKnowledge:
    """The port `KnowledgeBase`: what a turn waits for is refused at once while it is known to be
    down. Whoever builds an index is told by the index itself."""

    def __init__(self, knowledge: KnowledgeBase, clock: Clock) -> None:
        self._knowledge = knowledge
        self._looking = CircuitBreaker("the knowledge base", clock)
        self._searching = CircuitBreaker("the knowledge base", clock)

    @property
    def fingerprint(self) -> str:
        """Of the embedder whose vectors serve now."""
        with self._looking.asking():
            return self._knowledge.fingerprint

    def search(
        self, query: str, vector: Vector | None, *, limit: int, filters: Filters
    ) -> tuple[Passage, ...]:
        """The best passages that the filters allow."""
        with self._searching.asking():
            return self._knowledge.search(query, vector, limit=limit, filters=filters)

    def indexed(self) -> Mapping[str, str]:
        """Chunk id to content hash of what serves now."""
        return self._knowledge.indexed()

    def vectors(self, ids: Collection[str]) -> Mapping[str, Vector]:
        """The vectors of those chunks that serve now."""
        return self._knowledge.vectors(ids)

    def replace(
        self, chunks: Sequence[Chunk], vectors: Sequence[Vector], *, fingerprint: str
    ) -> str:
        """Builds a new index beside the old one and swaps it in at once."""
        return self._knowledge.replace(chunks, vectors, fingerprint=fingerprint)
