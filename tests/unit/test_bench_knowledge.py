"""The knowledge base of the benchmark is the same each time, and the bare library finds as ours."""

from collections import Counter
from itertools import pairwise

import numpy as np

from deskhand.adapters.embedded_knowledge import EmbeddedKnowledge
from deskhand.adapters.index_shelves import FolderShelf
from deskhand.jobs.reindex import reindex
from deskhand.text.chunks import cut
from scripts.deskhand_cli.bench_bare import BareIndex
from scripts.deskhand_cli.bench_base import DIMENSIONS, MadeUpArticles, RandomEmbedder
from scripts.deskhand_cli.bench_knowledge import FILTERS
from tests.builders import StoppedClock


def test_a_seed_makes_the_same_articles_and_questions_each_time():
    made = MadeUpArticles(50)

    assert list(made.articles()) == list(made.articles()) == list(MadeUpArticles(50).articles())
    assert made.questions(9) == MadeUpArticles(50).questions(9)
    assert list(MadeUpArticles(50, seed=8).articles()) != list(made.articles())


def test_it_is_cut_into_as_many_chunks_as_one_wants():
    for wanted in (1, 203):
        chunks = [chunk for one in MadeUpArticles(wanted).articles() for chunk in cut(one)]
        assert len({chunk.id for chunk in chunks}) == len(chunks) == wanted
        assert all(200 < len(chunk.text) < 700 for chunk in chunks)


def test_its_words_are_as_frequent_as_those_of_a_language():
    text = " ".join(one.text for one in MadeUpArticles(400).articles())
    counts = [count for _, count in Counter(text.split()).most_common(33)][1:]

    assert all(one >= other for one, other in pairwise(counts))
    assert 8 < counts[0] / counts[31] < 34  # the second against the thirty-third: near 16.5


def test_random_vectors_have_the_length_one():
    vectors = RandomEmbedder().embed(["one", "two"])

    assert vectors.shape == (2, DIMENSIONS)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)


def test_ours_and_the_bare_library_find_the_same(tmp_path):
    source, shelf = MadeUpArticles(300), FolderShelf(tmp_path)
    knowledge = EmbeddedKnowledge(shelf, clock=StoppedClock())
    reindex(source=source, knowledge=knowledge, embedder=RandomEmbedder())
    ids = list(knowledge.indexed())
    with BareIndex(shelf.fetch(shelf.current())) as bare:
        for question in source.questions(5):
            [vector] = RandomEmbedder().embed([question])
            by_words, by_meaning = bare.prepared(question, vector)()
            words_first = {ids[row] for row, _ in by_words[:5]}
            ours = knowledge.search(question, None, limit=5, filters=FILTERS)
            near = knowledge.search("", vector, limit=5, filters=FILTERS)
            assert {passage.id for passage in ours} == words_first
            assert {passage.id for passage in near} <= {ids[row] for row in by_meaning}
