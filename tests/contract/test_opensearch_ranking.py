"""OpenSearch finds what the embedded index finds, joined by us; and nearly that by itself."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

import pytest

from deskhand.adapters.article_sources import FolderArticles
from deskhand.adapters.embedded_knowledge import EmbeddedKnowledge
from deskhand.adapters.index_shelves import FolderShelf
from deskhand.adapters.opensearch.joining import joined_there
from deskhand.domain.article import Article
from deskhand.domain.evidence import Passage
from deskhand.ports import KnowledgeBase
from tests.builders import ROOT, StoppedClock
from tests.knowledge import EMBEDDER, fill, filters
from tests.opensearch import in_opensearch

SAMPLE = ROOT / "scripts" / "sample"
TEN = 10


@dataclass(frozen=True)
class Answers:
    """What a store found for each question, and how long that took, by the median."""

    passages: list[tuple[Passage, ...]]
    seconds: float


@pytest.fixture(scope="module")
def answers(
    opensearch: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Answers]]:
    """Each store's answers to the sample shop's questions."""
    source = FolderArticles(SAMPLE / "articles")
    articles = [article for article in source.articles() if isinstance(article, Article)]
    lines = (SAMPLE / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["query"] for line in lines[::2]]
    with in_opensearch(opensearch) as searched:
        stores: dict[str, KnowledgeBase] = {
            "embedded": EmbeddedKnowledge(
                FolderShelf(Path(tmp_path_factory.mktemp("shelf"))), clock=StoppedClock()
            ),
            "here": searched.knowledge(),
            "there": searched.knowledge(joining=joined_there),
        }
        for name in ("embedded", "here"):
            fill(stores[name], *articles, embedder=EMBEDDER)
        yield {name: asked(store, questions) for name, store in stores.items()}


def asked(store: KnowledgeBase, questions: list[str]) -> Answers:
    found, took = [], []
    for question, vector in zip(questions, EMBEDDER.embed(questions), strict=True):
        began = time.perf_counter()
        found.append(store.search(question, vector, limit=TEN, filters=filters()))
        took.append(time.perf_counter() - began)
    return Answers(found, median(took))


def overlap(some: Answers, others: Answers) -> float:
    """How many of ten are the same, on average."""
    return mean(
        len({one.id for one in a} & {one.id for one in b}) / len(a)
        for a, b in zip(some.passages, others.passages, strict=True)
        if a
    )


def test_joined_here_it_finds_what_the_embedded_index_finds(answers: dict[str, Answers]) -> None:
    assert overlap(answers["embedded"], answers["here"]) > 0.95


def test_joined_there_most_is_the_same(
    answers: dict[str, Answers], record_property: Callable[[str, object], None]
) -> None:
    same = overlap(answers["here"], answers["there"])
    record_property("overlap_at_10", same)
    record_property("latency_ratio", answers["there"].seconds / answers["here"].seconds)

    assert same > 0.8


@pytest.mark.parametrize("joined", ["here", "there"])
def test_a_similarity_is_the_cosine_itself(answers: dict[str, Answers], joined: str) -> None:
    known = {
        (number, passage.id): passage
        for number, passages in enumerate(answers["embedded"].passages)
        for passage in passages
    }
    compared = 0
    for number, passages in enumerate(answers[joined].passages):
        for passage in passages:
            if twin := known.get((number, passage.id)):
                assert passage.similarity == pytest.approx(twin.similarity, abs=1e-5)
                scoreless = {"score", "similarity"}
                assert passage.model_dump(exclude=scoreless) == twin.model_dump(exclude=scoreless)
                compared += 1
    assert compared > 500
