"""Measures how well the right documents are found, and what the house does where none is."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from deskhand.ports import Reranker
from scripts.evaluation.figures import RESAMPLES
from scripts.evaluation.question_set import Question, QuestionSet, QuestionSetError
from scripts.evaluation.retrieval_gold import Noting, nothing_to_find, with_known_gold
from scripts.evaluation.retrieval_house import House, Outcome
from scripts.evaluation.retrieval_report import RetrievalReport, Row
from scripts.evaluation.retrieval_scores import (
    ANSWERABLE,
    WITHOUT_ANSWER,
    Found,
    abstention,
    differences,
    figures,
    thinner,
    thinness,
)
from scripts.evaluation.retrieval_views import Narrowing, by_both, by_meaning, by_words

Progress = Callable[[str, int, int], None]
"""Hears what is being done, how much of it is done, and of how much."""
Way = tuple[str, bool]
"""A search, and whether what was said before is taken in."""

Search = tuple[Narrowing, Reranker | None]

BASELINES: tuple[Way, ...] = (("bm25", False), ("bm25", True))
KINDS = (ANSWERABLE, "partial", *WITHOUT_ANSWER)
"""In this order they are shown; any other kind comes after them."""


def measure(given: QuestionSet, house: House, *, seed: int, progress: Progress) -> RetrievalReport:
    """Indexes the documents and asks every question in every way.

    `QuestionSetError`: nothing can be measured with this set.
    """
    if not given.questions:
        raise QuestionSetError(f"{given.name} has no questions")
    watch = _Stopwatch()
    source = Noting(given.source, on=house.now.date())
    with watch.taking("index"):
        indexed = house.indexed(source, progress)
    if not indexed.chunks:
        raise QuestionSetError(f"{given.name} has no document with a text")
    questions, gold = with_known_gold(_in_order(given.questions), source)
    asked = [one for one in questions if one.gold]
    measured = [one for one in asked if one.answerability == ANSWERABLE] or asked
    if not measured:
        raise QuestionSetError(nothing_to_find(given, gold))
    with watch.taking("rank"):
        found = dict(_found(asked, house, progress))
    with watch.taking("answer"):
        outcomes = list(_outcomes(questions, house, progress))
    default = list(found)[-1]
    baselines = {way: found[way] for way in BASELINES}
    return RetrievalReport(
        name=given.name,
        documents=len(source.ids),
        left_out=tuple(f"{one.name}: {one.reason}" for one in indexed.troubles),
        chunks=indexed.chunks,
        questions=dict(Counter(one.answerability for one in questions)),
        gold=gold,
        embedder=house.embedder.fingerprint,
        reranker=house.reranker_name,
        seed=seed,
        resamples=RESAMPLES,
        rows=tuple(Row(*way, way == default, figures(measured, found[way])) for way in found),
        by_answerability={
            kind: figures([one for one in asked if one.answerability == kind], found[default])
            for kind in dict.fromkeys(one.answerability for one in asked)
        },
        differences=tuple(differences(measured, found[default], baselines, seed=seed)),
        abstention=tuple(abstention(questions, outcomes)),
        thin_retrieval_auc=thinness(questions, outcomes),
        thinner_than=thinner(questions, outcomes),
        min_similarity=house.policy.replies.min_similarity,
        seconds=watch.seconds,
    )


def _in_order(questions: Sequence[Question]) -> list[Question]:
    places = {kind: place for place, kind in enumerate(KINDS)}
    return sorted(questions, key=lambda one: places.get(one.answerability, len(KINDS)))


def _searches(house: House) -> dict[str, Search]:
    """Every search by its name; the last one is that of the stages."""
    found: dict[str, Search] = {
        "bm25": (by_words, None),
        "vectors": (by_meaning, None),
        "hybrid": (by_both, None),
    }
    return found | ({"hybrid + rerank": (by_both, house.reranker)} if house.reranker else {})


def _found(
    asked: Sequence[Question], house: House, progress: Progress
) -> Iterator[tuple[Way, Found]]:
    """What each search finds without and with what was said before."""
    searches = _searches(house)
    total = len(searches) * len(asked)
    for done, (search, (narrowing, reranker)) in enumerate(searches.items()):
        alone, whole = (
            partial(house.ranked, narrowing=narrowing, reranker=reranker, with_history=leans)
            for leans in (False, True)
        )
        bare: Found = {}
        full: Found = {}
        for place, one in enumerate(asked):
            progress("asking", done * len(asked) + place, total)
            bare[one] = alone(one)
            full[one] = whole(one) if one.history else bare[one]
        yield (search, False), bare
        yield (search, True), full
    progress("asking", total, total)


def _outcomes(questions: Sequence[Question], house: House, progress: Progress) -> Iterator[Outcome]:
    for place, one in enumerate(questions):
        progress("answering", place, len(questions))
        yield house.outcome(one)
    progress("answering", len(questions), len(questions))


class _Stopwatch:
    """How long each named part took."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def taking(self, part: str) -> Iterator[None]:
        began_s = time.perf_counter()
        yield
        self.seconds[part] = round(time.perf_counter() - began_s, 1)
