"""Measures what the stated confidence is worth: as it is now, and as the model says it itself."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from deskhand.domain.policy import Policy
from deskhand.text.fitted_intents import FittedIntents
from scripts.evaluation.confidence_answers import (
    Answer,
    Answers,
    Progress,
    Reading,
    answers,
    on_the_day,
)
from scripts.evaluation.confidence_curves import (
    Pair,
    Point,
    Reliability,
    RiskCoverage,
    reliability,
    risk_coverage,
)
from scripts.evaluation.figures import area_under_curve
from scripts.evaluation.question_set import Question, QuestionSetError
from scripts.evaluation.retrieval_gold import Noting, with_known_gold
from scripts.evaluation.retrieval_house import House

RISKS = (0.01, 0.05, 0.10, 0.20, 0.30)
FEWEST = 20
"""Of an intent with fewer answers nothing is said."""
Weighing = Callable[[Sequence[Answer]], list[float]]
"""How sure each of the answers is said to be."""


@dataclass(frozen=True)
class Worth:
    """What one way to state a confidence is worth."""

    reliability: Reliability
    risk_coverage: RiskCoverage
    area_under_curve: float | None
    """How often a right answer is surer than a wrong one; None without the one or the other."""
    at_risk: dict[str, Point | None]
    """For each share of wrong answers that may be, the threshold that answers most."""
    by_policy: Point | None
    """What the thresholds of the policy let through, whatever else the gate minds."""


@dataclass(frozen=True)
class OfIntent:
    """The answers to one intent."""

    intent: str
    answers: int
    right: float
    said: float
    """Their mean confidence."""
    threshold: float
    """The one of the policy."""
    at_risk: dict[str, Point | None]


@dataclass(frozen=True)
class ConfidenceReport:
    """The whole measurement of one set."""

    name: str
    reading: Reading
    questions: int
    answers: int
    right: float
    """The share of the answers that cites what holds the answer."""
    embedder: str
    weighing: str
    """Where the weights are from."""
    seed: int
    now: Worth
    own_word: Worth
    """The same answers by what the model says itself."""
    intents: tuple[OfIntent, ...]
    seconds: float


def ready(house: House, source: Noting, progress: Progress) -> None:
    """Indexes the articles. `QuestionSetError`: there are none."""
    indexed = house.indexed(source, progress)
    if not indexed.chunks:
        raise QuestionSetError("there is no document with a text")


def answered(
    questions: Sequence[Question],
    source: Noting,
    house: House,
    intents: FittedIntents,
    *,
    reading: Reading,
    progress: Progress,
) -> Answers:
    """Everything that would be answered, of questions whose gold is held against the articles."""
    known, _ = with_known_gold(questions, source)
    found = answers(known, on_the_day(house), intents, reading=reading, progress=progress)
    if not found.found:
        raise QuestionSetError("none of the questions would be answered from an article")
    return found


def report_of(
    name: str,
    found: Answers,
    *,
    reading: Reading,
    weighing: tuple[str, Weighing],
    embedder: str,
    seed: int,
    began_s: float,
) -> ConfidenceReport:
    """What the answers come to."""
    told, weigh = weighing
    sure = weigh(found.found)
    own = [one.own_word for one in found.found]
    return ConfidenceReport(
        name=name,
        reading=reading,
        questions=found.questions,
        answers=len(found.found),
        right=sum(one.right for one in found.found) / len(found.found),
        embedder=embedder,
        weighing=told,
        seed=seed,
        now=_worth(found, sure),
        own_word=_worth(found, own),
        intents=tuple(_by_intent(found.found, sure)),
        seconds=round(time.perf_counter() - began_s, 1),
    )


def as_shipped(policy: Policy, embedder: str) -> tuple[str, Weighing]:
    """By the weights of the policy; where none fit the embedder, the model's own word stands."""
    fitting = next((one for one in policy.sureness if one.embedder == embedder), None)
    if fitting is None:
        return "the model's own word", lambda found: [one.own_word for one in found]
    return "confidence.toml", lambda found: [one.confidence(fitting) for one in found]


def _worth(found: Answers, sure: Sequence[float]) -> Worth:
    pairs = _pairs(found.found, sure)
    curve = risk_coverage(pairs, questions=found.questions)
    enough = [
        (1.0, answer.right)
        for answer, confidence in zip(found.found, sure, strict=True)
        if answer.near and confidence >= answer.needed
    ]
    return Worth(
        reliability=reliability(pairs),
        risk_coverage=curve,
        area_under_curve=area_under_curve(
            [confidence for confidence, right in pairs if right],
            [confidence for confidence, right in pairs if not right],
        ),
        at_risk=_at_risk(curve),
        by_policy=risk_coverage(enough, questions=found.questions).at_risk(1.0),
    )


def _by_intent(found: Sequence[Answer], sure: Sequence[float]) -> Iterator[OfIntent]:
    for intent in sorted({one.intent for one in found}):
        mine = [(one, said) for one, said in zip(found, sure, strict=True) if one.intent == intent]
        if len(mine) < FEWEST:
            continue
        pairs = _pairs([one for one, _ in mine], [said for _, said in mine])
        yield OfIntent(
            intent=intent,
            answers=len(pairs),
            right=sum(right for _, right in pairs) / len(pairs),
            said=sum(said for said, _ in pairs) / len(pairs),
            threshold=mine[0][0].needed,
            at_risk=_at_risk(risk_coverage(pairs)),
        )


def _pairs(found: Sequence[Answer], sure: Sequence[float]) -> list[Pair]:
    return [(said, one.right) for one, said in zip(found, sure, strict=True)]


def _at_risk(curve: RiskCoverage) -> dict[str, Point | None]:
    return {f"{most:.2f}": curve.at_risk(most) for most in RISKS}
