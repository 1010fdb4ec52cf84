"""Joins what the words find with what the meaning finds: a weighted sum, not ranks."""

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from deskhand.domain.evidence import Passage
from deskhand.ports import Vector

Key = TypeVar("Key", int, str)

MEANING = 0.65
"""The weight of the vectors; the words have the rest. Flat between 0.6 and 0.75."""
TIE = 0.05
"""Scores that near are a tie, which authority decides."""


def fused(cosines: Mapping[Key, float], word_scores: Mapping[Key, float]) -> dict[Key, float]:
    """A score between 0 and 1 for each that either found; not found by the words counts as 0."""
    keys = {**cosines, **word_scores}
    by_meaning = _spread({key: cosines.get(key, 0.0) for key in keys})
    by_words = _spread({key: word_scores.get(key, 0.0) for key in keys})
    return {key: MEANING * by_meaning[key] + (1 - MEANING) * by_words[key] for key in keys}


def blended(vector: Vector, others: Sequence[tuple[Vector, float]]) -> Vector:
    """The unit vector of a question that also means a little of others, each with its weight."""
    if not others:
        return vector
    summed = [float(number) for number in vector]
    for other, weight in others:
        summed = [a + weight * float(b) for a, b in zip(summed, other, strict=True)]
    length = math.sqrt(sum(number * number for number in summed))
    return [number / length for number in summed] if length else vector


def best_first(passages: Iterable[Passage]) -> list[Passage]:
    """By score; ties go to the more binding, then to what came into force later."""
    return sorted(passages, key=_rank)


def _rank(passage: Passage) -> tuple[int, int, int, float, str]:
    in_force_since = (passage.effective_from or date.min).toordinal()
    step = round(passage.score / TIE)
    return (-step, -passage.authority, -in_force_since, -passage.score, passage.id)


def _spread(scores: Mapping[Key, float]) -> dict[Key, float]:
    """The scores stretched from 0 to 1; where all are the same, 1 unless there was nothing."""
    if not scores:
        return {}
    low, high = min(scores.values()), max(scores.values())
    if high == low:
        return dict.fromkeys(scores, 1.0 if high > 0 else 0.0)
    return {key: (score - low) / (high - low) for key, score in scores.items()}
