"""Brings the knowledge base up to date with its articles: only what changed is embedded."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from deskhand.domain.article import Article, Chunk, Trouble
from deskhand.domain.macros import Macros
from deskhand.domain.noun import Noun
from deskhand.errors import Rejected
from deskhand.ports import ArticleSource, Embedder, KnowledgeBase, Vector, VectorShelf
from deskhand.text.chunks import cut, searched_text
from deskhand.text.macros import filled

BATCH = 64
PART = 16 * BATCH
"""After how many a run that is cut off loses none of them: half a minute's work of a function."""

Report = Callable[[int, int], None]
NO_MACROS = Macros()


class Reindexed(Noun):
    """What a run has changed."""

    chunks: int
    """How many there are now."""
    embedded: int
    kept: int
    """How many kept the vector that they had, or that a run before had begun with."""
    removed: int
    """How many are no longer there, or stand there in other words."""
    troubles: tuple[Trouble, ...] = ()
    """What is wrong with articles, for the people who look after them."""
    version: str
    """The new index; empty: nothing had changed, and the old one goes on serving."""


def unheard(done: int, total: int) -> None:
    """A report to nobody."""


class Unkept:
    """A shelf that keeps nothing: a run that is cut off begins anew."""

    def put(self, vectors: Mapping[str, Vector], *, fingerprint: str) -> None:
        """Forgets it."""

    def take(self, *, fingerprint: str) -> Mapping[str, Vector]:
        """Nothing."""
        return {}

    def clear(self) -> None:
        """There is nothing to clear."""


NOWHERE = Unkept()


def reindex(
    *,
    source: ArticleSource,
    knowledge: KnowledgeBase,
    embedder: Embedder,
    begun: VectorShelf = NOWHERE,
    macros: Macros = NO_MACROS,
    report: Report = unheard,
) -> Reindexed:
    """Builds and swaps in a new index if anything has changed; says what that was.

    `begun` keeps what is embedded until it is in an index: where a run is cut off, the next one
    goes on. `report` hears how many chunks are embedded, and of how many. An article that cannot
    be read is told of, and the rest is indexed. `Rejected`: no article could be read, and
    something serves.
    """
    # What serves is asked first: of two runs at once the one that read its articles earlier loses.
    serving = knowledge.indexed()
    read = list(source.articles())
    whole = filled((one for one in read if isinstance(one, Article)), macros)
    chunks, uncut = _cut(whole.articles)
    troubles = (*(one for one in read if isinstance(one, Trouble)), *whole.troubles, *uncut)
    if troubles and serving and not chunks:
        raise Rejected(
            f"none of {len(troubles)} articles can be read, so what serves stays. The first is"
            f" {troubles[0].name}: {troubles[0].reason}"
        )
    same_embedder = knowledge.fingerprint == embedder.fingerprint
    wanted = {chunk.id: chunk.content_hash for chunk in chunks.values()}
    if same_embedder and wanted == serving:
        begun.clear()
        return Reindexed(
            chunks=len(chunks),
            embedded=0,
            kept=len(chunks),
            removed=0,
            troubles=troubles,
            version="",
        )

    # Another embedder's vectors mean nothing to this one.
    vectors = dict(knowledge.vectors(wanted)) if same_embedder else {}
    if wanted.keys() - vectors.keys():
        half_done = begun.take(fingerprint=embedder.fingerprint)
        vectors.update((id, half_done[id]) for id in half_done.keys() & wanted.keys())
    new = [chunk for chunk in chunks.values() if chunk.id not in vectors]
    kept = len(vectors)
    for done in _embedded(new, embedder, begun, report):
        vectors.update(done)

    version = knowledge.replace(
        list(chunks.values()),
        [vectors[id] for id in chunks],
        fingerprint=embedder.fingerprint,
    )
    begun.clear()
    return Reindexed(
        chunks=len(chunks),
        embedded=len(new),
        kept=kept,
        removed=len(serving.keys() - chunks.keys()),
        troubles=troubles,
        version=version,
    )


def _cut(articles: Iterable[Article]) -> tuple[dict[str, Chunk], list[Trouble]]:
    """The pieces of all articles by their ids. One that nobody foresaw stops no other."""
    chunks: dict[str, Chunk] = {}
    troubles: list[Trouble] = []
    for article in articles:
        try:
            chunks.update((chunk.id, chunk) for chunk in cut(article))
        except (ValueError, RecursionError) as error:
            reason = f"it cannot be cut into pieces ({error}): simplify it"
            troubles.append(Trouble(name=article.name or article.id, reason=reason))
    return chunks, troubles


def _embedded(
    chunks: Sequence[Chunk], embedder: Embedder, begun: VectorShelf, report: Report
) -> Iterator[Mapping[str, Vector]]:
    """The vectors, part by part; each but the last is on the shelf before it is given."""
    if chunks:
        report(0, len(chunks))
    for first in range(0, len(chunks), PART):
        part: dict[str, Vector] = {}
        for start in range(first, min(first + PART, len(chunks)), BATCH):
            batch = chunks[start : start + BATCH]
            embedded = embedder.embed([searched_text(chunk) for chunk in batch])
            part.update(zip((chunk.id for chunk in batch), embedded, strict=True))
            report(first + len(part), len(chunks))
        if first + PART < len(chunks):
            begun.put(part, fingerprint=embedder.fingerprint)
        yield part
