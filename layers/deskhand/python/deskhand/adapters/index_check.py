"""Whether a new index may serve: it holds what was put into it, and finds it again."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Protocol

from deskhand.adapters.index_entries import asked_words
from deskhand.domain.article import Chunk
from deskhand.domain.evidence import OnlyFor, Passage
from deskhand.domain.search import Filters, Reader
from deskhand.errors import Rejected
from deskhand.ports import Vector
from deskhand.text.chunks import searched_text

_SPOTS = 8
"""How many chunks are looked for, evenly spread over all."""
_WITHIN = 10
"""Among how many the chunk has to be: pages that repeat each other stand as high."""
_FEWEST_WORDS = 3
"""With fewer of its own a chunk is no question."""


class Searched(Protocol):
    """A new index, before it serves."""

    @property
    def hashes(self) -> Mapping[str, str]:
        """Chunk id to content hash of all that it holds."""
        ...

    def search(
        self, query: str, vector: Vector | None, *, limit: int, filters: Filters
    ) -> tuple[Passage, ...]:
        """The best passages that the filters allow."""
        ...


def check_index(index: Searched, chunks: Sequence[Chunk], vectors: Sequence[Vector]) -> None:
    """`Rejected`: it holds other chunks than these, or most of those that are tried are not found
    by their own vectors, or not by their own words.

    Most and not all: what finds vectors in a large index passes by one now and then, and a short
    chunk may be no better an answer to its own words than ten others. An index whose vectors or
    whose words are wrong finds none.
    """
    held = index.hashes
    wanted = {chunk.id: chunk.content_hash for chunk in chunks}
    if held != wanted:
        strange = len(dict(held.items() ^ wanted.items()))
        raise Rejected(
            f"the new index holds {len(held)} chunks for {len(wanted)}, and {strange} differ; what"
            " served before goes on serving"
        )
    spots = list(_spots(chunks, vectors))
    by_vector = [_is_nearest(index, vector, chunk) for chunk, vector in spots]
    by_words = [
        _is_found(index, searched_text(chunk), chunk)
        for chunk, _ in spots
        if len(asked_words(searched_text(chunk))) >= _FEWEST_WORDS
    ]
    for way, found in (("vectors", by_vector), ("words", by_words)):
        if sum(found) * 2 < len(found):
            raise Rejected(
                f"the new index finds {sum(found)} of {len(found)} chunks by their own {way}; what"
                " served before goes on serving"
            )


def _spots(chunks: Sequence[Chunk], vectors: Sequence[Vector]) -> Iterator[tuple[Chunk, Vector]]:
    public = [row for row, chunk in enumerate(chunks) if chunk.audience == "public"]
    for row in public[:: max(1, len(public) // _SPOTS)][:_SPOTS]:
        yield chunks[row], vectors[row]


def _is_nearest(index: Searched, vector: Vector, chunk: Chunk) -> bool:
    """Whether the chunk is there with this vector and no other: it is as near to itself as can
    be."""
    itself = min(1.0, sum(float(number) ** 2 for number in vector))
    found = index.search("", vector, limit=_WITHIN, filters=_that_allow(chunk))
    return any(_is(passage, chunk) and passage.similarity > itself - 0.01 for passage in found)


def _is_found(index: Searched, query: str, chunk: Chunk) -> bool:
    found = index.search(query, None, limit=_WITHIN, filters=_that_allow(chunk))
    return any(_is(passage, chunk) for passage in found)


def _is(passage: Passage, chunk: Chunk) -> bool:
    return passage.id == chunk.id or passage.text == chunk.text


def _that_allow(chunk: Chunk) -> Filters:
    return Filters(
        on=chunk.effective_from or chunk.effective_until or date.max,
        categories=(chunk.category,),
        language=chunk.language,
        reader=_reader(chunk.only_for),
    )


def _reader(only_for: OnlyFor) -> Reader:
    first = {kind: values[0] for kind, values in only_for if values}
    return Reader(**first)
