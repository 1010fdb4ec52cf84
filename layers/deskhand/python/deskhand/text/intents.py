"""The local classifier: what a clause wants, and how sure that is.

Logistic regression over unit vectors beside the nearest example, as measured on banking77,
clinc150 and shop chats; the two figures together tell what is in scope. How sure a guess is was
fitted on held-out examples and on intents that the classifier had never seen.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np

from deskhand.domain.classification import IntentGuess
from deskhand.ports import Embedder
from deskhand.text.sentences import asks, clauses

Array = np.ndarray[Any, np.dtype[Any]]
LEAST_SURE = 0.35
"""Below this a guess is no guess: nothing in scope is meant."""
SURE_PART = 0.55
"""A second intent counts when its own clause is at least this sure."""


@dataclass(frozen=True)
class FittedIntents:
    """Coefficients, the examples' vectors, and how the two figures make a confidence."""

    names: tuple[str, ...]
    weights: Array
    """One row an intent."""
    biases: Array
    examples: Array
    """One unit vector an example."""
    sureness: Array
    """Of the log of the highest probability, of the nearest example's cosine, and a constant."""
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
                examples=kept["examples"],
                sureness=kept["sureness"],
                fingerprint=str(kept["fingerprint"]),
            )

    def save(self, path: Path) -> Path:
        """Into one file of arrays."""
        np.savez(
            path,
            names=np.array(self.names),
            weights=self.weights,
            biases=self.biases,
            examples=self.examples,
            sureness=self.sureness,
            fingerprint=np.array(self.fingerprint),
        )
        return path


def guess(parts: tuple[str, ...], vectors: Array, fitted: FittedIntents) -> list[IntentGuess]:
    """The likeliest intent of each part, in the parts' order."""
    scores = vectors @ fitted.weights.T + fitted.biases
    scores -= scores.max(axis=1, keepdims=True)
    chances = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    figures = figures_of(chances, vectors @ fitted.examples.T)
    return [
        IntentGuess(intent=fitted.names[best], confidence=float(sure), part=part)
        for best, sure, part in zip(
            chances.argmax(axis=1), how_sure(figures, fitted.sureness), parts, strict=True
        )
    ]


def figures_of(chances: Array, cosines: Array) -> Array:
    """What tells a good guess: the log of its probability and its nearest example's cosine."""
    ones = np.ones(len(chances))
    columns = (np.log(chances.max(axis=1) + 1e-9), cosines.max(axis=1), ones)
    stacked: Array = np.stack(columns, axis=1)
    return stacked


def how_sure(figures: Array, sureness: Array) -> Array:
    """The probability that a guess with these figures is right."""
    sure: Array = 1.0 / (1.0 + np.exp(-(figures @ sureness)))
    return sure


def read_intents(
    text: str, embedder: Embedder, fitted: FittedIntents, *, quiet: frozenset[str] = frozenset()
) -> tuple[IntentGuess, ...]:
    """What a message wants, surest first; a message may want several things.

    The `quiet` intents (a thank-you) count only where nothing else is wanted. Empty: nothing in
    scope is meant.
    """
    asked = tuple(clause for clause in clauses(text) if asks(clause) and len(clause.split()) > 1)
    told = tuple(clause for clause in clauses(text) if clause not in asked)
    parts = (text, *asked, *told)
    whole, *rest = guess(parts, np.asarray(embedder.embed(parts)), fitted)
    by_part = [one for one in rest[: len(asked)] if one.confidence >= SURE_PART]
    loud = {one.intent for one in by_part if one.intent not in quiet}
    if len(loud) > 1:
        found = by_part
    else:
        # One wish: whoever reads it best, the message as a whole or one of its clauses.
        found = [max([whole, *rest], key=lambda one: one.confidence)]
        louder = [one for one in [whole, *rest] if one.intent not in quiet]
        if found[0].intent in quiet and louder:
            best = max(louder, key=lambda one: one.confidence)
            found = [best] if best.confidence >= SURE_PART else found
    best_of: dict[str, IntentGuess] = {}
    for one in sorted(found, key=lambda one: -one.confidence):
        if one.intent not in quiet or len(loud) == 0:
            best_of.setdefault(one.intent, one)
    return tuple(one for one in best_of.values() if one.confidence >= LEAST_SURE)
