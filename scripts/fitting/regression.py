"""The regression over vectors and words, and how sure its guesses are, on what it never saw."""

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from deskhand.text.fitted_intents import Array, FittedIntents
from deskhand.text.wordings import BUCKETS
from scripts.fitting.examples import Examples

STRENGTH = 10.0
WORDS_LENGTH = 0.8
"""How long a text's words are beside its vector of length 1. Between .7 and 1 held-out wordings of
every set are read better by .5 to 1 in a hundred, and so are Bitext's by the shop's examples."""
LEAST_TEXTS = 2
"""What stands in one example alone tells nothing of others: nothing is read worse without it."""
MOST_STEPS = 200
CLOSE_ENOUGH = 1e-3
"""Ten to twenty steps; what comes after them changed nothing by more than .003 either way."""
FOLDS = 5
SEED = 20261121
STRANGERS_HEARD = 0.1
"""So many messages of unseen intents a message in scope, where confidence is fitted. With it,
guesses on Bitext's wordings are as often right as they are sure."""
STRANGERS_FEARED = (0.25, 0.1, 0.0)
"""The share of messages of unseen intents, where it is settled from when on a guess is sure: the
first of these with which half of what is in scope is sure. Where intents resemble each other, each
hidden one passes for its neighbour, and to fear many of them would leave nothing sure."""
LEAST_SHARE_SURE = 0.5
RIGHT_WHEN_SURE = 0.92
"""Of all guesses that are sure, strangers' among them, so many are right: as many as a small
model reads right."""
LEAST_SURE_FROM = 0.6
NEVER = 1.01
USUAL = np.array([1.5, 6.0, 2.0, -3.5])
"""What each figure says of a guess where there is too little to learn it from."""
USUAL_COUNTS = 1.0


@dataclass(frozen=True)
class HeldOut:
    """Guesses at examples that the classifier was not shown, one entry each in every field."""

    figures: Array
    right: Array
    stranger: Array
    """Whether the text's intent was not among those that it could guess."""
    foreign: Array
    """Whether the guess is that nothing in scope is meant."""

    def weights(self, strangers: float) -> Array:
        """What each counts, where so many strangers come to one text in scope."""
        count = max(int(self.stranger.sum()), 1)
        return np.where(self.stranger, strangers * (~self.stranger).sum() / count, 1.0)


def fit(
    examples: Examples, *, foreign: Collection[str] = (), fingerprint: str = ""
) -> FittedIntents:
    """The classifier for these examples of two intents or more, with an honest measure of how sure
    it is. `foreign` are intents that stand for what is out of scope."""
    fitted = regression(examples, fingerprint=fingerprint)
    return with_sureness(fitted, held_out(examples, foreign=foreign))


def with_sureness(fitted: FittedIntents, guesses: HeldOut) -> FittedIntents:
    """The same, as sure as its guesses at what it never saw allow."""
    sureness = _sureness(guesses)
    confidence: Array = 1.0 / (1.0 + np.exp(-(guesses.figures @ sureness)))
    return replace(fitted, sureness=sureness, sure_from=_sure_from(guesses, confidence))


def regression(examples: Examples, *, fingerprint: str = "") -> FittedIntents:
    """The classifier itself, as sure as such classifiers usually are."""
    wordings = examples.wordings
    rarity = wordings.rarity()
    seen = np.flatnonzero(np.bincount(wordings.buckets, minlength=BUCKETS) >= LEAST_TEXTS)
    words = csr_matrix(
        (WORDS_LENGTH * wordings.weights(rarity), wordings.buckets, wordings.starts),
        shape=(len(examples), BUCKETS),
    )[:, seen]
    model = LogisticRegression(C=STRENGTH, max_iter=MOST_STEPS, tol=CLOSE_ENOUGH)
    model.fit(hstack([csr_matrix(examples.vectors), words]).tocsr(), examples.labels)
    names = examples.names
    # Of two intents one row is learnt: what speaks for the second, and as much against the first.
    rows = np.vstack([-model.coef_, model.coef_]) / 2 if len(names) == 2 else model.coef_
    cuts = np.append(-model.intercept_, model.intercept_) / 2
    width = examples.vectors.shape[1]
    word_weights = np.zeros((BUCKETS, len(names)), dtype=np.float16)
    word_weights[seen] = WORDS_LENGTH * rows[:, width:].T
    return FittedIntents(
        names=names,
        weights=rows[:, :width].astype(np.float32),
        biases=(cuts if len(names) == 2 else model.intercept_).astype(np.float32),
        rarity=rarity,
        word_weights=word_weights,
        examples=examples.vectors,
        owners=np.searchsorted(names, examples.labels).astype(np.int32),
        sureness=USUAL,
        sure_from=NEVER,
        fingerprint=fingerprint,
    )


def held_out(examples: Examples, *, foreign: Collection[str] = ()) -> HeldOut:
    """Guesses at each example from the others, and from those of other intents alone."""
    folds = examples.folds(FOLDS, SEED)
    tests = [folds == fold for fold in range(FOLDS)]
    ours = np.random.default_rng(SEED).permutation(
        [name for name in examples.names if name not in foreign]
    )
    hidden = [np.isin(examples.labels, some) for some in np.array_split(ours, FOLDS)]
    found = [
        _guesses(examples, test, foreign)
        for test in (*tests, *hidden)
        if test.any() and len(np.unique(examples.labels[~test])) > 1
    ]
    return HeldOut(
        figures=np.concatenate([np.zeros((0, len(USUAL))), *(one.figures for one in found)]),
        right=np.concatenate([np.zeros(0, bool), *(one.right for one in found)]),
        stranger=np.concatenate([np.zeros(0, bool), *(one.stranger for one in found)]),
        foreign=np.concatenate([np.zeros(0, bool), *(one.foreign for one in found)]),
    )


def _guesses(examples: Examples, test: Array, foreign: Collection[str]) -> HeldOut:
    model = regression(examples.only(~test))
    asked = examples.only(test)
    read = model.read_worded(asked.wordings, asked.vectors)
    guessed = np.array(model.names)[read.best]
    return HeldOut(
        figures=read.figures,
        right=guessed == asked.labels,
        stranger=~np.isin(asked.labels, model.names),
        foreign=np.isin(guessed, list(foreign)),
    )


def _sureness(guesses: HeldOut) -> Array:
    """What each figure says of a guess: never that likelier, nearer or better known is worse."""
    weights = guesses.weights(STRANGERS_HEARD)
    signs = np.where(guesses.right, 1.0, -1.0)

    def loss(given: Array) -> tuple[float, Array]:
        margins = signs * (guesses.figures @ given)
        apart = given - USUAL
        slope = -weights * signs / (1.0 + np.exp(np.clip(margins, -50, 50)))
        return (
            float(weights @ np.logaddexp(0.0, -margins) + USUAL_COUNTS / 2 * apart @ apart),
            slope @ guesses.figures + USUAL_COUNTS * apart,
        )

    bounds = [*[(0.0, None)] * (len(USUAL) - 1), (None, None)]
    found: Array = minimize(loss, USUAL, jac=True, bounds=bounds, method="L-BFGS-B").x
    return found


def _sure_from(guesses: HeldOut, confidence: Array) -> float:
    """The confidence from which on guesses may be taken at their word."""
    mine, lowest = ~guesses.stranger, NEVER
    for strangers in STRANGERS_FEARED:
        lowest = min(lowest, _right_enough_from(guesses, confidence, strangers))
        sure = mine & ~guesses.foreign & (confidence >= lowest)
        if sure.sum() >= LEAST_SHARE_SURE * mine.sum():
            break
    return lowest


def _right_enough_from(guesses: HeldOut, confidence: Array, strangers: float) -> float:
    """The lowest confidence above which enough guesses are right, with one wrong one thrown in."""
    order = np.argsort(-confidence, kind="stable")
    order = order[~guesses.foreign[order]]
    weights = guesses.weights(strangers / (1.0 - strangers))[order]
    right = np.cumsum(weights * guesses.right[order])
    enough = np.flatnonzero(right >= RIGHT_WHEN_SURE * (np.cumsum(weights) + 1.0))
    return max(LEAST_SURE_FROM, float(confidence[order][enough[-1]])) if len(enough) else NEVER
