"""The figures of an evaluation, each a pure function of what was found and what was wanted."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

RESAMPLES = 1_000
"""How often the questions are drawn anew for an interval."""


@dataclass(frozen=True)
class Interval:
    """A mean difference, and where 95 of 100 redrawn sets of questions would have it."""

    mean: float
    low: float
    high: float

    @property
    def beyond_noise(self) -> bool:
        """Whether the whole interval lies on one side of nothing."""
        return self.low > 0 or self.high < 0


def recall_at(found: Sequence[str], gold: Collection[str], first: int) -> float:
    """The share of the gold documents that stand among the first ones found."""
    return len(set(found[:first]) & set(gold)) / len(set(gold))


def hit_at(found: Sequence[str], gold: Collection[str], first: int) -> float:
    """1 where any gold document stands among the first ones found, else 0."""
    return float(any(one in gold for one in found[:first]))


def reciprocal_rank(found: Sequence[str], gold: Collection[str], first: int) -> float:
    """1 over the place of the first gold document found; 0 where none is among the first ones."""
    places = (place for place, one in enumerate(found[:first], start=1) if one in gold)
    return 1 / next(places, np.inf)


def area_under_curve(higher: Sequence[float], lower: Sequence[float]) -> float | None:
    """How often one of the first is above one of the second, a tie counting half; None where
    either is empty."""
    if not higher or not lower:
        return None
    against = np.sort(np.asarray(lower))
    above = np.searchsorted(against, higher, side="left")
    not_below = np.searchsorted(against, higher, side="right")
    return float(np.mean((above + not_below) / 2) / len(against))


def bootstrap(differences: Sequence[float], *, seed: int, resamples: int = RESAMPLES) -> Interval:
    """The mean of one difference a question, with its 95 % interval; the same for the same seed."""
    given = np.asarray(differences, dtype=np.float64)
    draw = np.random.default_rng(seed)
    means = [given[draw.integers(0, len(given), size=len(given))].mean() for _ in range(resamples)]
    low, high = np.percentile(means, [2.5, 97.5])
    return Interval(mean=float(given.mean()), low=float(low), high=float(high))
