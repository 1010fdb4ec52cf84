"""Brings the knowledge base up to date with its articles: only what changed is embedded."""

from collections.abc import Callable

from deskhand.domain.article import Article, Trouble
from deskhand.domain.macros import Macros
from deskhand.domain.noun import Noun
from deskhand.errors import Rejected
from deskhand.ports import ArticleSource, Embedder, KnowledgeBase, Vector
from deskhand.text.chunks import cut, searched_text
from deskhand.text.macros import filled

BATCH = 64
NO_MACROS = Macros()


class Reindexed(Noun):
    """What a run has changed."""

    chunks: int
    """How many there are now."""
    embedded: int
    kept: int
    """How many kept the vector that they had."""
    removed: int
    """How many are no longer there, or stand there in other words."""
    troubles: tuple[Trouble, ...] = ()
    """What is wrong with articles, for the people who look after them."""
    version: str
    """The new index; empty: nothing had changed, and the old one goes on serving."""


def unheard(done: int, total: int) -> None:
    """A report to nobody."""


def reindex(
    *,
    source: ArticleSource,
    knowledge: KnowledgeBase,
    embedder: Embedder,
    macros: Macros = NO_MACROS,
    report: Callable[[int, int], None] = unheard,
) -> Reindexed:
    """Builds and swaps in a new index if anything has changed; says what that was.

    `report` hears how many chunks are embedded, and of how many. An article that cannot be read is
    told of, and the rest is indexed. `Rejected`: no article could be read, and something serves.
    """
    # What serves is asked first: of two runs at once the one that read its articles earlier loses.
    serving = knowledge.indexed()
    read = list(source.articles())
    whole = filled((one for one in read if isinstance(one, Article)), macros)
    troubles = (*(one for one in read if isinstance(one, Trouble)), *whole.troubles)
    articles = whole.articles
    if troubles and serving and not articles:
        raise Rejected(
            f"none of {len(troubles)} articles can be read, so what serves stays. The first is"
            f" {troubles[0].name}: {troubles[0].reason}"
        )
    chunks = {chunk.id: chunk for article in articles for chunk in cut(article)}
    same_embedder = knowledge.fingerprint == embedder.fingerprint
    wanted = {chunk.id: chunk.content_hash for chunk in chunks.values()}
    if same_embedder and wanted == serving:
        return Reindexed(
            chunks=len(chunks),
            embedded=0,
            kept=len(chunks),
            removed=0,
            troubles=troubles,
            version="",
        )

    # Another embedder's vectors mean nothing to this one.
    known = knowledge.vectors(wanted) if same_embedder else {}
    new = [chunk for chunk in chunks.values() if chunk.id not in known]
    vectors: dict[str, Vector] = dict(known)
    kept = len(vectors)
    report(0, len(new))
    for start in range(0, len(new), BATCH):
        batch = new[start : start + BATCH]
        embedded = embedder.embed([searched_text(chunk) for chunk in batch])
        vectors.update(zip((chunk.id for chunk in batch), embedded, strict=True))
        report(len(vectors) - kept, len(new))

    version = knowledge.replace(
        list(chunks.values()),
        [vectors[id] for id in chunks],
        fingerprint=embedder.fingerprint,
    )
    return Reindexed(
        chunks=len(chunks),
        embedded=len(new),
        kept=kept,
        removed=len(serving.keys() - chunks.keys()),
        troubles=troubles,
        version=version,
    )
