"""Puts questions that ask much the same together, by their vectors."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

ALIKE = 0.5
"""The least mean cosine between the questions of two groups that become one."""

Cosines = NDArray[np.float32]


def clusters(vectors: Sequence[Any], *, alike: float = ALIKE) -> tuple[tuple[int, ...], ...]:
    """The places of unit vectors in groups, the largest first; each starts with its most typical.

    The two groups that are nearest on average become one until none are alike, so the outcome
    depends on no order but that of ties: then the earlier wins.
    """
    if not len(vectors):
        return ()
    joined = np.asarray(vectors, dtype=np.float32)
    cosines: Cosines = joined @ joined.T
    groups = _merged(cosines, alike)
    typical = [_typical_first(group, cosines) for group in groups]
    return tuple(sorted(typical, key=lambda group: (-len(group), min(group))))


def _merged(cosines: Cosines, alike: float) -> list[list[int]]:
    groups = [[place] for place in range(len(cosines))]
    means = cosines.copy()
    np.fill_diagonal(means, -np.inf)
    while True:
        kept, gone = divmod(int(np.argmax(means)), len(means))
        if means[kept, gone] < alike:
            return [group for group in groups if group]
        kept, gone = min(kept, gone), max(kept, gone)
        sizes = len(groups[kept]), len(groups[gone])
        mean = (sizes[0] * means[kept] + sizes[1] * means[gone]) / sum(sizes)
        mean[[kept, gone]] = -np.inf
        means[kept], means[:, kept] = mean, mean
        means[gone], means[:, gone] = -np.inf, -np.inf
        groups[kept] += groups[gone]
        groups[gone] = []


def _typical_first(group: list[int], cosines: Cosines) -> tuple[int, ...]:
    """The member that is nearest to all others, then the rest in their order."""
    order = sorted(group)
    nearness = cosines[np.ix_(order, order)].sum(axis=1).round(5)
    typical = order[int(np.argmax(nearness))]
    return (typical, *(place for place in order if place != typical))
