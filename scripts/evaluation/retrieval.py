"""Measures how well the right documents are found, and what the house does where none is."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from statistics import fmean as mean

from deskhand.domain.article import Article, Trouble
from deskhand.jobs.reindex import reindex
from deskhand.ports import ArticleSource
from scripts.evaluation.figures import (
    RESAMPLES,
    area_under_curve,
    bootstrap,
    hit_at,
    recall_at,
    reciprocal_rank,
)
from scripts.evaluation.question_set import Question, QuestionSet, QuestionSetError
from scripts.evaluation.retrieval_house import OUTCOMES, House, Outcome
from scripts.evaluation.retrieval_report import (
    Abstention,
    Difference,
    Figures,
    Gold,
    RetrievalReport,
    Row,
)
from scripts.evaluation.retrieval_views import Narrowing, by_both, by_meaning, by_words

Progress = Callable[[str, int, int], None]
"""Hears what is being done, how much of it is done, and of how much."""
Found = dict[Question, tuple[str, ...]]
"""The documents that were found for each question, best first."""

BM25, DEFAULT = "bm25", "hybrid"
SEARCHES: dict[str, Narrowing] = {BM25: by_words, "vectors": by_meaning, DEFAULT: by_both}
ANSWERABLE, PARTIAL = "answerable", "partial"
WITHOUT_ANSWER = ("unanswerable", "underspecified")
KINDS = (ANSWERABLE, PARTIAL, *WITHOUT_ANSWER)
"""In this order they are shown; any other kind comes after them."""
EXAMPLES_SHOWN = 5
COMPARED: dict[str, Callable[[tuple[str, ...], Question], float]] = {
    "mrr_at_10": lambda found, one: reciprocal_rank(found, one.gold, 10),
    "recall_at_5": lambda found, one: recall_at(found, one.gold, 5),
}


def measure(given: QuestionSet, house: House, *, seed: int, progress: Progress) -> RetrievalReport:
    """Indexes the documents and asks every question in every way.

    `QuestionSetError`: nothing can be measured with this set.
    """
    if not given.questions:
        raise QuestionSetError(f"{given.name} has no questions")
    clock = _Stopwatch()
    with clock.taking("index"):
        source = _Noting(given.source, on=house.now.date())
        indexed = reindex(
            source=source,
            knowledge=house.knowledge,
            embedder=house.embedder,
            report=lambda done, total: progress("indexing", done, total),
        )
    if not indexed.chunks:
        raise QuestionSetError(f"{given.name} has no document with a text")
    questions, gold = _with_known_gold(given.questions, source)
    questions.sort(key=lambda one: _place(one.answerability))
    asked = [one for one in questions if one.gold]
    measured = [one for one in asked if one.answerability == ANSWERABLE] or asked
    if not measured:
        raise QuestionSetError(_nothing_to_find(given, gold))
    with clock.taking("rank"):
        rankings = dict(_rankings(asked, house, progress))
    with clock.taking("answer"):
        outcomes = list(_outcomes(questions, house, progress))
    default = rankings[DEFAULT, True]
    kinds = dict.fromkeys(one.answerability for one in asked)
    rows = tuple(
        Row(search, standalone, (search, standalone) == (DEFAULT, True), _figures(measured, found))
        for (search, standalone), found in rankings.items()
    )
    return RetrievalReport(
        name=given.name,
        documents=len(source.ids),
        left_out=tuple(f"{one.name}: {one.reason}" for one in indexed.troubles),
        chunks=indexed.chunks,
        questions=dict(Counter(one.answerability for one in questions)),
        gold=gold,
        embedder=house.embedder.fingerprint,
        seed=seed,
        resamples=RESAMPLES,
        rows=rows,
        by_answerability={
            kind: _figures([one for one in asked if one.answerability == kind], default)
            for kind in kinds
        },
        differences=tuple(_differences(measured, rankings, seed=seed)),
        abstention=tuple(_abstention(questions, outcomes)),
        thin_retrieval_auc=_thinness(questions, outcomes),
        seconds=clock.seconds,
    )


class _Noting:
    """A source that remembers which documents there were, and which may be told."""

    def __init__(self, inner: ArticleSource, *, on: date) -> None:
        self._inner = inner
        self._on = on
        self.ids: set[str] = set()
        self.untold: set[str] = set()

    def articles(self) -> Iterator[Article | Trouble]:
        for one in self._inner.articles():
            if isinstance(one, Article):
                self.ids.add(one.id)
                if not _may_be_told(one, self._on):
                    self.untold.add(one.id)
            yield one


def _may_be_told(article: Article, on: date) -> bool:
    first, last = article.effective_from or date.min, article.effective_until or date.max
    return article.audience == "public" and first <= on <= last


def _with_known_gold(questions: Sequence[Question], source: _Noting) -> tuple[list[Question], Gold]:
    """The questions with the gold that there is, and what is odd about the rest."""
    named = dict.fromkeys(id for one in questions for id in one.gold)
    unknown = [id for id in named if id not in source.ids]
    left = [
        replace(one, gold=tuple(id for id in one.gold if id in source.ids)) for one in questions
    ]
    return left, Gold(
        unknown=len(unknown),
        unknown_examples=tuple(unknown[:EXAMPLES_SHOWN]),
        questions_without=sum(one.answerability == ANSWERABLE and not one.gold for one in left),
        untold=tuple(id for id in named if id in source.untold),
    )


def _place(kind: str) -> int:
    return KINDS.index(kind) if kind in KINDS else len(KINDS)


def _nothing_to_find(given: QuestionSet, gold: Gold) -> str:
    if gold.unknown:
        examples = ", ".join(gold.unknown_examples)
        return f"{given.name}: no gold id is the id of a document: {examples}"
    return f"{given.name}: no question has gold, so there is nothing to be found"


def _rankings(
    asked: Sequence[Question], house: House, progress: Progress
) -> Iterator[tuple[tuple[str, bool], Found]]:
    """Each search without and with what was said before, in the order in which it is shown."""
    total = len(SEARCHES) * len(asked)
    for done, (search, narrowing) in enumerate(SEARCHES.items()):
        bare: Found = {}
        whole: Found = {}
        for place, one in enumerate(asked):
            progress("asking", done * len(asked) + place, total)
            bare[one] = house.ranked(one, narrowing, with_history=False)
            leans = bool(one.history)
            whole[one] = house.ranked(one, narrowing, with_history=True) if leans else bare[one]
        yield (search, False), bare
        yield (search, True), whole
    progress("asking", total, total)


def _outcomes(questions: Sequence[Question], house: House, progress: Progress) -> Iterator[Outcome]:
    for place, one in enumerate(questions):
        progress("answering", place, len(questions))
        yield house.outcome(one)
    progress("answering", len(questions), len(questions))


def _figures(questions: Sequence[Question], found: Found) -> Figures:
    return Figures(
        questions=len(questions),
        recall_at_1=mean(recall_at(found[one], one.gold, 1) for one in questions),
        recall_at_3=mean(recall_at(found[one], one.gold, 3) for one in questions),
        recall_at_5=mean(recall_at(found[one], one.gold, 5) for one in questions),
        hit_at_5=mean(hit_at(found[one], one.gold, 5) for one in questions),
        mrr_at_10=mean(reciprocal_rank(found[one], one.gold, 10) for one in questions),
    )


def _differences(
    questions: Sequence[Question], rankings: Mapping[tuple[str, bool], Found], *, seed: int
) -> Iterator[Difference]:
    """The default against both ways of BM25, question by question."""
    ours = rankings[DEFAULT, True]
    for standalone in (False, True):
        theirs = rankings[BM25, standalone]
        for figure, measured in COMPARED.items():
            apart = [measured(ours[one], one) - measured(theirs[one], one) for one in questions]
            yield Difference(figure, BM25, standalone, bootstrap(apart, seed=seed))


def _abstention(questions: Sequence[Question], outcomes: Sequence[Outcome]) -> Iterator[Abstention]:
    of_kind: dict[str, list[tuple[Question, Outcome]]] = defaultdict(list)
    for question, outcome in zip(questions, outcomes, strict=True):
        of_kind[question.answerability].append((question, outcome))
    for kind, both in of_kind.items():
        ended = Counter(outcome.kind for _, outcome in both)
        answers = [(one, made) for one, made in both if made.kind == "answer" and one.gold]
        quoting = [bool(set(made.cited) & set(one.gold)) for one, made in answers]
        yield Abstention(
            answerability=kind,
            questions=len(both),
            shares={name: ended[name] / len(both) for name in OUTCOMES},
            answers_citing_gold=mean(quoting) if quoting else None,
        )


def _thinness(
    questions: Sequence[Question], outcomes: Sequence[Outcome]
) -> dict[str, float | None]:
    near: dict[str, list[float]] = defaultdict(list)
    for question, outcome in zip(questions, outcomes, strict=True):
        near[question.answerability].append(outcome.nearness)
    return {kind: area_under_curve(near[ANSWERABLE], near[kind]) for kind in WITHOUT_ANSWER}


class _Stopwatch:
    """How long each named part took."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def taking(self, part: str) -> Iterator[None]:
        began_s = time.perf_counter()
        yield
        self.seconds[part] = round(time.perf_counter() - began_s, 1)
