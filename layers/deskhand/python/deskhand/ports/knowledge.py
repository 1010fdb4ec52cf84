"""Knowledge: where articles come from, what is searched, and how what was found is put in order."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from deskhand.domain.article import Article, Chunk, Trouble
from deskhand.domain.evidence import Passage
from deskhand.domain.help_centre import HelpCentreChanges, HelpPage, Kept, Mark
from deskhand.domain.search import Filters
from deskhand.ports.meaning import Vector


class Searchable(Protocol):
    """The index that is searched."""

    @property
    def fingerprint(self) -> str:
        """Of the embedder whose vectors serve now; empty before anything was indexed."""
        ...

    def search(
        self, query: str, vector: Vector | None, *, limit: int, filters: Filters
    ) -> tuple[Passage, ...]:
        """The best passages that the filters allow, best first; none before anything was indexed.

        By words and meaning together; without a vector by words alone, with an empty query by
        meaning alone. A word that the query says twice counts twice. Each carries its fused `score`
        and its `similarity`, the cosine to the vector.
        """
        ...


class KnowledgeBase(Searchable, Protocol):
    """The index that is searched, and how a new one takes its place."""

    def indexed(self) -> Mapping[str, str]:
        """Chunk id to content hash of what serves now; whoever builds an index asks this first."""
        ...

    def vectors(self, ids: Collection[str]) -> Mapping[str, Vector]:
        """The vectors of those chunks that serve now, so that only what changed is embedded."""
        ...

    def replace(
        self, chunks: Sequence[Chunk], vectors: Sequence[Vector], *, fingerprint: str
    ) -> str:
        """Builds a new index beside the old one, checks it, and swaps it in at once; gives its
        version. A crash leaves the old one.

        `Unavailable`: another run was quicker since `indexed` told what was there.
        """
        ...


class VectorShelf(Protocol):
    """Vectors that were embedded and are in no index yet, so that a run that was cut off is
    not lost. One that is missing is embedded again."""

    def put(self, vectors: Mapping[str, Vector], *, fingerprint: str) -> None:
        """Keeps what that embedder made of those chunks (at least one), beside what was kept
        before."""
        ...

    def take(self, *, fingerprint: str) -> Mapping[str, Vector]:
        """Chunk id to vector: all that was kept of that embedder."""
        ...

    def clear(self) -> None:
        """Takes everything away; after a run that came to its end."""
        ...


class Reranker(Protocol):
    """Puts passages that were found into the order in which they answer."""

    def rerank(self, query: str, passages: Sequence[Passage]) -> tuple[Passage, ...]:
        """All of them, best first, with their new scores between 0 and 1."""
        ...


class ArticleSource(Protocol):
    """Where articles come from."""

    def articles(self) -> Iterable[Article | Trouble]:
        """Every article that there is now, and what is wrong with those that cannot be read."""
        ...


class ArticleShelf(ArticleSource, Protocol):
    """A source that we may write to: the documents that were put there by API."""

    def put(self, article_id: str, text: str) -> None:
        """Keeps one article (Markdown with front matter) in place of any earlier one of that id."""
        ...

    def put_document(
        self, article_id: str, content: bytes, *, suffix: str, said: Mapping[str, str]
    ) -> tuple[str, ...]:
        """Keeps a document of that kind (`.md`, `.html`, `.pdf`, `.docx`) as Markdown, under a
        front matter with what it says of itself and what is `said` of it; gives what a person
        should look at."""
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


class HelpCentre(Protocol):
    """Where articles are published for customers to read by themselves."""

    def changed_since(self, cursor: str) -> Iterable[HelpCentreChanges]:
        """What changed since an earlier run gave that cursor, part by part, at least one; some of
        it perhaps again. An empty cursor: everything that is published, whole, so that an id which
        no part names is gone.

        `Unavailable` or `Rejected`, at whichever part: what was given before holds.
        """
        ...


class Mirror(Protocol):
    """The shelf on which one help centre is mirrored; the index is made from there alone, so that
    an outage of the help centre takes no article away."""

    def ids(self) -> frozenset[str]:
        """What lies there."""
        ...

    def keep(self, pages: Sequence[HelpPage]) -> Kept:
        """Keeps these as Markdown. One that cannot be read is told of and taken away, as its old
        words are published no more."""
        ...

    def remove(self, ids: Collection[str]) -> None:
        """Takes these away; one that is not there is fine."""
        ...

    def mark(self) -> Mark | None:
        """How far the help centre was followed; None: it never was."""
        ...

    def set_mark(self, mark: Mark) -> None:
        """Keeps it in place of the one before."""
        ...
