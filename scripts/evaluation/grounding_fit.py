"""Fits how much each sign against a sentence weighs: `python -m scripts.evaluation.grounding_fit`.

A logistic regression in which no sign can speak for a sentence, both classes weigh the same, and
large weights cost something. It is convex, so it comes to the same numbers wherever it begins.
"""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import numpy as np

from deskhand.text.grounding.signs import Signs, signs
from scripts.deskhand_cli.own_desk import SAMPLE
from scripts.evaluation.grounding_set import (
    GroundingRow,
    beside_another_topic,
    halves,
    read_grounding_set,
)

OWN_SET = SAMPLE / "grounding.jsonl"
PENALTY = 0.002
STEPS, STEP = 20_000, 0.5
SIGNS = tuple(one.name for one in fields(Signs))


def fitted(rows: Sequence[GroundingRow]) -> tuple[float, dict[str, float]]:
    """The bias, and the weight of each sign, rounded to two places."""
    there = np.array([_sizes(signs(row.sentence, ["\n\n".join(row.passages)])) for row in rows])
    stands = np.array([row.supported for row in rows])
    share = np.where(stands, 0.5 / stands.mean(), 0.5 / (~stands).mean()) / len(rows)
    bias, weights = 0.0, np.zeros(len(SIGNS))
    for _ in range(STEPS):
        wrong = share * (1 / (1 + np.exp(there @ weights - bias)) - stands)
        bias -= STEP * float(wrong.sum())
        slope = -(there.T @ wrong) + PENALTY * weights
        weights = np.maximum(0.0, weights - STEP * slope)
    return round(bias, 2), dict(zip(SIGNS, np.round(weights, 2).tolist(), strict=True))


def tuning_rows() -> tuple[GroundingRow, ...]:
    """The half of our own set that may be tuned on."""
    tuning, _ = halves(read_grounding_set(OWN_SET))
    return (*tuning, *beside_another_topic(tuning))


def _sizes(found: Signs) -> list[float]:
    sizes: list[Any] = [getattr(found, sign) for sign in SIGNS]
    return [float(bool(one)) if isinstance(one, tuple) else float(one) for one in sizes]


if __name__ == "__main__":
    bias, weights = fitted(tuning_rows())
    print(f"BIAS = {bias}\nWEIGHTS = {weights}")
