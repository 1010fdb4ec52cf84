"""What rankings and outcomes come to, question by question and together."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from statistics import fmean as mean

from scripts.evaluation.figures import (
    area_under_curve,
    bootstrap,
    hit_at,
    recall_at,
    reciprocal_rank,
)
from scripts.evaluation.question_set import Question
from scripts.evaluation.retrieval_house import OUTCOMES, Outcome
from scripts.evaluation.retrieval_report import Abstention, Difference, Figures, ThinnerThan

ANSWERABLE = "answerable"
LIMITS = (0.30, 0.35, 0.40, 0.45, 0.50, 0.55, 0.60)
"""Limits of nearness that are tried; `min_similarity` in the policy is the one that counts."""
WITHOUT_ANSWER = ("unanswerable", "underspecified")
COMPARED: dict[str, Callable[[tuple[str, ...], Question], float]] = {
    "mrr_at_10": lambda found, one: reciprocal_rank(found, one.gold, 10),
    "recall_at_5": lambda found, one: recall_at(found, one.gold, 5),
}

Found = dict[Question, tuple[str, ...]]
"""The documents that were found for each question, best first."""


def figures(questions: Sequence[Question], found: Found) -> Figures:
    """How well these questions found their documents."""
    return Figures(
        questions=len(questions),
        recall_at_1=mean(recall_at(found[one], one.gold, 1) for one in questions),
        recall_at_3=mean(recall_at(found[one], one.gold, 3) for one in questions),
        recall_at_5=mean(recall_at(found[one], one.gold, 5) for one in questions),
        hit_at_5=mean(hit_at(found[one], one.gold, 5) for one in questions),
        mrr_at_10=mean(reciprocal_rank(found[one], one.gold, 10) for one in questions),
    )


def differences(
    questions: Sequence[Question],
    default: Found,
    others: Mapping[tuple[str, bool], Found],
    *,
    seed: int,
) -> Iterator[Difference]:
    """The default against each other way, question by question."""
    for (search, standalone), theirs in others.items():
        for figure, measured in COMPARED.items():
            apart = [measured(default[one], one) - measured(theirs[one], one) for one in questions]
            yield Difference(figure, search, standalone, bootstrap(apart, seed=seed))


def abstention(questions: Sequence[Question], outcomes: Sequence[Outcome]) -> Iterator[Abstention]:
    """What came of the questions of each kind."""
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


def thinness(questions: Sequence[Question], outcomes: Sequence[Outcome]) -> dict[str, float | None]:
    """How well nearness tells answerable questions from those of each other kind."""
    near = _nearness(questions, outcomes)
    return {kind: area_under_curve(near[ANSWERABLE], near[kind]) for kind in WITHOUT_ANSWER}


def thinner(questions: Sequence[Question], outcomes: Sequence[Outcome]) -> tuple[ThinnerThan, ...]:
    """Under each limit, which share of each kind of questions would count as without an article."""
    near = _nearness(questions, outcomes)
    return tuple(
        ThinnerThan(limit, {kind: mean(one < limit for one in ones) for kind, ones in near.items()})
        for limit in LIMITS
    )


def _nearness(questions: Sequence[Question], outcomes: Sequence[Outcome]) -> dict[str, list[float]]:
    near: dict[str, list[float]] = defaultdict(list)
    for question, outcome in zip(questions, outcomes, strict=True):
        near[question.answerability].append(outcome.nearness)
    return near
