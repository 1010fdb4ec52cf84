"""The fitted classifier: arrays that tell what a text wants, and how sure that is.

Logistic regression over unit vectors and over the words themselves, and the nearest example of
each intent, vote together; how sure their joint guess is was fitted on held-out examples and on
intents never seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import numpy as np

from deskhand.text.wordings import Wordings, marks

Array = np.ndarray[Any, np.dtype[Any]]

NEAREST_WEIGHT = 12.0
"""How much the nearest example's cosine counts beside the regression's log odds. On Bitext's
wordings, which the shop's examples know nothing of, .82 are read right without it, .87 with it."""
AT_ONCE = 1_000
"""So many texts are compared with all examples at a time: 40 MB where there are 10,000."""


@dataclass(frozen=True)
class FittedIntents:
    """Coefficients, the examples' vectors, and how a few figures make a confidence."""

    names: tuple[str, ...]
    weights: Array
    """One row an intent."""
    biases: Array
    rarity: Array
    """Of each bucket of `deskhand.text.wordings`."""
    word_weights: Array
    """One row a bucket, one column an intent."""
    examples: Array
    """One unit vector an example."""
    owners: Array
    """For each example the row of its intent."""
    sureness: Array
    """Of each column of `Readings.figures`."""
    sure_from: float
    """From this confidence on, as it was found on held-out examples and on intents never seen,
    guesses may be taken at their word."""
    fingerprint: str
    """The embedder's, and a hash of the examples: what this was fitted on."""

    @classmethod
    def load(cls, path: Path) -> Self:
        """As `save` left it."""
        with np.load(path, allow_pickle=False) as kept:
            return cls(
                names=tuple(str(name) for name in kept["names"]),
                weights=kept["weights"],
                biases=kept["biases"],
                rarity=kept["rarity"],
                word_weights=kept["word_weights"],
                examples=kept["examples"],
                owners=kept["owners"],
                sureness=kept["sureness"],
                sure_from=float(kept["sure_from"]),
                fingerprint=str(kept["fingerprint"]),
            )

    def save(self, path: Path) -> Path:
        """Into one file of arrays."""
        np.savez(
            path,
            names=np.array(self.names),
            weights=self.weights,
            biases=self.biases,
            rarity=self.rarity,
            word_weights=self.word_weights,
            examples=self.examples,
            owners=self.owners,
            sureness=self.sureness,
            sure_from=np.array(self.sure_from),
            fingerprint=np.array(self.fingerprint),
        )
        return path

    def read(
        self, texts: Sequence[str], vectors: Array, *, favours: Array | float = 0.0
    ) -> "Readings":
        """What these texts want. `vectors` are theirs, one a row; `favours` is added to the scores
        of intents for which something else speaks, too."""
        return self.read_worded(
            Wordings.of([marks(text) for text in texts]), vectors, favours=favours
        )

    def read_worded(
        self, wordings: Wordings, vectors: Array, *, favours: Array | float = 0.0
    ) -> "Readings":
        """The same, where the texts' words have been counted already."""
        nearest = self._nearest(vectors)
        said = vectors @ self.weights.T + self.biases + favours
        said += wordings.scores(self.rarity, self.word_weights)
        scores = said + NEAREST_WEIGHT * nearest
        best = scores.argmax(axis=1)
        rows = np.arange(len(best))
        figures = (
            _log_shares(said)[rows, best],
            nearest[rows, best],
            wordings.known(self.rarity),
            np.ones(len(best)),
        )
        return Readings(best=best, scores=scores, figures=np.stack(figures, axis=1))

    @cached_property
    def _owned(self) -> Sequence[Array]:
        """The examples of each intent, in the order of the names."""
        return [self.examples[self.owners == row] for row in range(len(self.names))]

    def _nearest(self, vectors: Array) -> Array:
        """For each text the cosine of each intent's nearest example."""
        found = np.full((len(vectors), len(self.names)), -1.0, dtype=np.float32)
        for start in range(0, len(vectors), AT_ONCE):
            some = slice(start, start + AT_ONCE)
            for row, mine in enumerate(self._owned):
                if len(mine):
                    found[some, row] = (vectors[some] @ mine.T).max(axis=1)
        return found


@dataclass(frozen=True)
class Readings:
    """For each text the row of its likeliest intent, and the figures that tell a good guess."""

    best: Array
    scores: Array
    """One row a text, one column an intent; the best has the highest."""
    figures: Array
    """One row a text: the log of the regression's probability of the guess, the cosine of its
    nearest example, how much of the text's words any example has, and a constant."""

    def sure(self, sureness: Array) -> Array:
        """The probability that each guess is right."""
        probability: Array = 1.0 / (1.0 + np.exp(-(self.figures @ sureness)))
        return probability


def _log_shares(scores: Array) -> Array:
    apart = scores - scores.max(axis=1, keepdims=True)
    shares: Array = apart - np.log(np.exp(apart).sum(axis=1, keepdims=True))
    return shares
