"""Words and meaning: who embeds, who writes, what is searched, where articles come from."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from deskhand.domain.article import Article, Chunk
from deskhand.domain.classification import Classification
from deskhand.domain.draft import Draft
from deskhand.domain.evidence import Passage
from deskhand.domain.policy import Intent
from deskhand.domain.tool import ToolSpec
from deskhand.domain.turn import Retrieved, Turn

Vector = Sequence[float]


class Embedder(Protocol):
    """Turns texts into unit vectors whose dot product says how near they are in meaning."""

    @property
    def fingerprint(self) -> str:
        """Which model with which weights this is; thresholds and indexes fit one only."""
        ...

    def embed(self, texts: Sequence[str]) -> Sequence[Vector]:
        """One unit vector a text, in order (in practice a float32 array of shape (texts,
        dimensions))."""
        ...


class LanguageModel(Protocol):
    """Reads and writes; everything that it gives is untrusted."""

    def classify(self, turn: Turn, *, intents: dict[str, Intent]) -> Classification:
        """What the turn's messages are about; called only where the local classifier is not
        sure."""
        ...

    def draft(
        self, turn: Retrieved, *, intents: dict[str, Intent], tools: Sequence[ToolSpec]
    ) -> Draft:
        """What to say and to do, with what supports each sentence. Minds `turn.lessons` when it
        is asked again."""
        ...


class KnowledgeBase(Protocol):
    """The index that is searched, and how a new one takes its place."""

    @property
    def fingerprint(self) -> str:
        """Of the embedder whose vectors serve now; empty before anything was indexed."""
        ...

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
        """The best public passages in force on that day, best first; none before anything was
        indexed."""
        ...

    def indexed(self) -> dict[str, tuple[str, Vector]]:
        """Chunk id to content hash and vector of what serves now, so that only what changed is
        embedded."""
        ...

    def replace(
        self, chunks: Sequence[Chunk], vectors: Sequence[Vector], *, fingerprint: str
    ) -> str:
        """Builds a new index beside the old one and swaps it in at once; gives its version. A
        crash leaves the old one."""
        ...


class ArticleSource(Protocol):
    """Where articles come from."""

    def articles(self) -> Iterable[Article]:
        """Every article that there is now. A broken one raises `Rejected` that names it and what
        is wrong."""
        ...


class ArticleShelf(ArticleSource, Protocol):
    """A source that we may write to: the documents that were put there by API."""

    def put(self, article_id: str, text: str) -> None:
        """Keeps one article (Markdown with front matter) in place of any earlier one of that id."""
        ...

    def get(self, article_id: str) -> str | None:
        """The text as it was put, or None."""
        ...

    def remove(self, article_id: str) -> bool:
        """Takes it away; False: it was not there."""
        ...


class Reindexing(Protocol):
    """Asks for the knowledge base to be indexed anew, soon."""

    def request(self) -> None:
        """Returns at once; several requests in a row may be answered by one run."""
        ...
