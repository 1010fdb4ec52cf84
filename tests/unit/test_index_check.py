"""A new index serves only if it holds what was put into it, and finds it again."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from deskhand.adapters.index_check import check_index
from deskhand.adapters.index_file import Index, build_index
from deskhand.domain.article import Chunk
from deskhand.domain.evidence import Passage
from deskhand.errors import Rejected
from deskhand.ports import Vector
from deskhand.text.chunks import searched_text
from tests.knowledge import EMBEDDER, a_chunk

ANIMALS = (
    *("owl", "heron", "finch", "robin", "raven", "eagle", "stork", "crane", "dove", "gull"),
    *("hawk", "kite", "lark", "swan", "tern", "wren", "crow", "duck", "goose", "ibis"),
)
CHUNKS = [
    a_chunk(f"The {animal} sleeps in the {animal} box number {number}.", id=animal)
    for number, animal in enumerate(ANIMALS)
]
VECTORS = EMBEDDER.embed([searched_text(chunk) for chunk in CHUNKS])


def indexed(chunks: Sequence[Chunk], vectors: Sequence[Vector]) -> Index:
    return Index("v1", build_index(chunks, vectors, fingerprint=EMBEDDER.fingerprint))


class Deaf:
    """An index that finds nothing by words, or nothing by vectors."""

    def __init__(self, index: Index, deaf_to: str) -> None:
        self._index = index
        self._deaf_to = deaf_to

    @property
    def hashes(self) -> Mapping[str, str]:
        return self._index.hashes

    def search(self, query: str, vector: Vector | None, **asked: Any) -> tuple[Passage, ...]:
        by = "words" if vector is None else "vectors"
        return () if by == self._deaf_to else self._index.search(query, vector, **asked)


def test_a_whole_index_may_serve() -> None:
    check_index(indexed(CHUNKS, VECTORS), CHUNKS, VECTORS)


def test_an_empty_index_may_serve_where_there_are_no_articles() -> None:
    check_index(indexed([], []), [], [])


@pytest.mark.parametrize(
    ("held", "told"),
    [(CHUNKS[1:], "holds 19 chunks for 20, and 1 differ"), ([], "holds 0 chunks for 20")],
)
def test_an_index_that_lost_chunks_may_not(held: list[Chunk], told: str) -> None:
    with pytest.raises(Rejected, match=told):
        check_index(indexed(held, VECTORS[: len(held)]), CHUNKS, VECTORS)


def test_an_index_with_other_words_under_the_same_id_may_not() -> None:
    older = [CHUNKS[0].model_copy(update={"content_hash": "older"}), *CHUNKS[1:]]

    with pytest.raises(Rejected, match="1 differ"):
        check_index(indexed(older, VECTORS), CHUNKS, VECTORS)


def test_an_index_whose_vectors_belong_to_other_chunks_may_not() -> None:
    mixed_up = indexed(CHUNKS, [*VECTORS[10:], *VECTORS[:10]])

    with pytest.raises(Rejected, match=r"finds \d of \d chunks by their own vectors"):
        check_index(mixed_up, CHUNKS, VECTORS)


@pytest.mark.parametrize("way", ["words", "vectors"])
def test_an_index_that_finds_nothing_one_way_may_not(way: str) -> None:
    with pytest.raises(Rejected, match=f"finds 0 of 8 chunks by their own {way}"):
        check_index(Deaf(indexed(CHUNKS, VECTORS), way), CHUNKS, VECTORS)


def test_a_chunk_that_holds_only_for_some_on_some_days_is_found_by_them() -> None:
    picky = [
        chunk.model_copy(
            update={
                "only_for": chunk.only_for.model_copy(update={"plan": ("pro",)}),
                "effective_from": date(2020, 1, 1),
                "effective_until": date(2020, 1, 31),
                "language": "de",
            }
        )
        for chunk in CHUNKS
    ]
    check_index(indexed(picky, VECTORS), picky, VECTORS)


def test_what_nobody_may_be_told_is_not_looked_for() -> None:
    internal = [chunk.model_copy(update={"audience": "internal"}) for chunk in CHUNKS]
    check_index(indexed(internal, VECTORS), internal, VECTORS)


def test_a_thousand_pages_that_say_the_same_may_serve() -> None:
    chunks = [a_chunk(id=f"page-{number}") for number in range(1_000)]
    vectors = EMBEDDER.embed([searched_text(chunk) for chunk in chunks])
    check_index(indexed(chunks, vectors), chunks, vectors)
