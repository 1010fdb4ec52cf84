"""The words find the same whether the filters leave out nothing, the best, or nearly all."""

import random

import pytest

from deskhand.adapters.index_entries import CANDIDATES, asked_words
from deskhand.adapters.index_file import Index, build_index
from tests.knowledge import CountingEmbedder, a_chunk, filters

COUNT = 900
WORDS = ("parcel", "return", "delivery", "refund", "tent", "lamp", "card", "order")


@pytest.fixture(scope="module")
def index() -> Index:
    rng = random.Random(7)
    chunks = []
    for number in range(COUNT):
        words = rng.choices(WORDS, k=rng.randint(3, 12))
        # Of two that say a word the shorter one is better, so the long ones are never the best.
        category = "rare" if number % 100 == 0 else "long" if len(words) > 8 else "short"
        chunks.append(a_chunk(" ".join(words), id=f"page-{number}", category=category))
    vectors = CountingEmbedder().embed([chunk.text for chunk in chunks])
    return Index("v1", build_index(chunks, vectors, fingerprint="counting-1"))


@pytest.mark.parametrize("categories", [(), ("short",), ("long",), ("rare",)])
@pytest.mark.parametrize(
    "query", ["parcel", "return lamp", "tent card order refund", " ".join(WORDS)]
)
def test_the_best_by_words_are_those_of_all_that_are_allowed(index, query, categories):
    allowed = index._allowed(filters(categories=categories))
    match = " OR ".join(f'"{word}"' for word in asked_words(query))
    everything = index._database.execute(
        "select rowid, -bm25(words, 2.0, 2.0, 1.0) from words where words match ?", (match,)
    ).fetchall()
    wanted = sorted((found for found in everything if allowed[found[0]]), key=lambda one: -one[1])

    assert list(index._word_scores(query, allowed).items()) == wanted[:CANDIDATES]
