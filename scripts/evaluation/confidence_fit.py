"""Fits what makes an answer sure, and says how sure answers are that were kept aside."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from deskhand.domain.sureness import SIGNALS, Sureness
from scripts.evaluation.confidence_answers import Answer
from scripts.evaluation.logistic import fit

FOLDS = 10
DECIMALS = 3


class TooFewError(ValueError):
    """Nothing can be fitted to so few answers, or to answers of one kind only."""


def fitted(answers: Sequence[Answer], embedder: str) -> Sureness:
    """The weights that these answers give, as they are kept in a file."""
    rows = [(one.signals, one.right) for one in answers]
    known = [(signals, right) for signals, right in rows if signals is not None]
    if len({right for _, right in known}) < 2:
        raise TooFewError("there have to be right answers and wrong ones to learn from")
    figures = np.array([[signals[name] for name in SIGNALS] for signals, _ in known])
    found = fit(figures, np.array([right for _, right in known], dtype=np.float64))
    weights = dict(zip(SIGNALS, found.weights, strict=True))
    return Sureness.model_validate(
        {name: round(weight, DECIMALS) for name, weight in weights.items()}
        | {"embedder": embedder, "constant": round(found.constant, DECIMALS)}
    )


def held_out(answers: Sequence[Answer], embedder: str, *, seed: int) -> list[float]:
    """How sure each answer is by the weights that the answers about other articles give."""
    folds = _folds(answers, seed)
    weights = {
        fold: fitted([one for one in answers if folds[one.article] != fold], embedder)
        for fold in sorted({*folds.values()})
    }
    return [one.confidence(weights[folds[one.article]]) for one in answers]


def _folds(answers: Sequence[Answer], seed: int) -> dict[str, int]:
    """Each article's fold: drawn with the seed, the fullest articles first, into the emptiest."""
    sizes = Counter(one.article for one in answers)
    names = sorted(sizes)
    drawn = [names[place] for place in np.random.default_rng(seed).permutation(len(names))]
    filled = [0] * min(FOLDS, len(names))
    folds: dict[str, int] = {}
    for name in sorted(drawn, key=lambda name: -sizes[name]):
        folds[name] = filled.index(min(filled))
        filled[folds[name]] += sizes[name]
    return folds
