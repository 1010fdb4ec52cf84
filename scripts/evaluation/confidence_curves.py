"""What a stated confidence is worth: how often it holds, and what is answered at which error."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import NormalDist

Pair = tuple[float, bool]
"""How sure an answer was said to be, 0 to 1, and whether it was right."""

BINS = 10
Z_95 = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True)
class Bin:
    """The answers whose confidence lies between two marks."""

    low: float
    high: float
    """Exclusive, but for the last one."""
    answers: int
    said: float
    """Their mean confidence."""
    held: float
    """The share of them that was right."""


@dataclass(frozen=True)
class Reliability:
    """What was said beside what held; bins without answers are left out."""

    bins: tuple[Bin, ...]
    answers: int
    expected_calibration_error: float
    """How far said and held lie apart, on the average over the answers; 0 is best."""
    brier: float
    """The mean squared distance of confidence from what was true; 0 is best."""


@dataclass(frozen=True)
class Point:
    """What is answered from one confidence on, and how much of it is wrong."""

    threshold: float
    answers: int
    coverage: float
    """The share of the questions that is answered."""
    risk: float
    """The share of these answers that is wrong."""
    risk_low: float
    """The Wilson score interval that holds the true share in 95 of 100 such samples."""
    risk_high: float


@dataclass(frozen=True)
class RiskCoverage:
    """From the strictest threshold to none at all."""

    points: tuple[Point, ...]
    questions: int
    area: float
    """The mean risk over the answers in order of confidence, those of one confidence together;
    0 is best."""
    best_area: float
    """The area if every right answer came before every wrong one."""

    def at_risk(self, most: float) -> Point | None:
        """The point with the most answers of which no larger a share is wrong; None: there is
        none."""
        kept = [point for point in self.points if point.risk <= most]
        return kept[-1] if kept else None

    def from_threshold(self, threshold: float) -> Point | None:
        """What a threshold answers; None: nothing reaches it."""
        kept = [point for point in self.points if point.threshold >= threshold]
        return kept[-1] if kept else None


def reliability(pairs: Sequence[Pair], *, bins: int = BINS) -> Reliability:
    """The answers in bins of equal width. Everything is 0 where there are none."""
    held: list[list[Pair]] = [[] for _ in range(bins)]
    for pair in pairs:
        held[min(int(pair[0] * bins), bins - 1)].append(pair)
    found = tuple(
        _bin(number / bins, (number + 1) / bins, inside)
        for number, inside in enumerate(held)
        if inside
    )
    apart = sum(one.answers * abs(one.said - one.held) for one in found)
    squares = sum((said - right) ** 2 for said, right in pairs)
    of = len(pairs) or 1
    return Reliability(found, len(pairs), apart / of, squares / of)


def risk_coverage(pairs: Sequence[Pair], *, questions: int | None = None) -> RiskCoverage:
    """How the share that is wrong grows with what is answered.

    `questions` is how many were asked where some got no answer at all; without it as many as
    there are answers.
    """
    asked = len(pairs) if questions is None else questions
    points = tuple(_points(pairs, asked))
    before = (0, *(point.answers for point in points))
    new = [point.answers - earlier for point, earlier in zip(points, before, strict=False)]
    area = sum(point.risk * count for point, count in zip(points, new, strict=True))
    wrong = sum(not right for _, right in pairs)
    best = sum(k / (len(pairs) - wrong + k) for k in range(1, wrong + 1))
    of = len(pairs) or 1
    return RiskCoverage(points, asked, area / of, best / of)


def _bin(low: float, high: float, inside: Sequence[Pair]) -> Bin:
    said = sum(confidence for confidence, _ in inside) / len(inside)
    return Bin(low, high, len(inside), said, sum(right for _, right in inside) / len(inside))


def _points(pairs: Sequence[Pair], asked: int) -> Iterator[Point]:
    """One for each confidence that occurs: answers that are equally sure come and go together."""
    answers = wrong = 0
    for threshold, equal in groupby(sorted(pairs, reverse=True), key=lambda pair: pair[0]):
        rights = [right for _, right in equal]
        answers += len(rights)
        wrong += len(rights) - sum(rights)
        low, high = _wilson(wrong, answers)
        yield Point(threshold, answers, answers / asked, wrong / answers, low, high)


def _wilson(wrong: int, answers: int) -> tuple[float, float]:
    share, square = wrong / answers, Z_95**2
    middle = share + square / (2 * answers)
    spread = Z_95 * (share * (1 - share) / answers + square / (4 * answers**2)) ** 0.5
    of = 1 + square / answers
    return max(0.0, (middle - spread) / of), min(1.0, (middle + spread) / of)
