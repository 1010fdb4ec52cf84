"""Questions that ask much the same come together, and always in the same way."""

import math
import random

import pytest

from deskhand.text.clusters import clusters


def at(*degrees: float) -> list[tuple[float, float]]:
    """Unit vectors in a plane: how far two are apart is the difference of their angles."""
    return [(math.cos(math.radians(d)), math.sin(math.radians(d))) for d in degrees]


def test_what_is_near_comes_together_the_largest_group_first() -> None:
    assert clusters(at(0, 90, 95, 85, 3), alike=0.9) == ((1, 2, 3), (0, 4))


def test_the_most_typical_stands_first() -> None:
    assert clusters(at(20, 0, 9), alike=0.9) == ((2, 0, 1),)


def test_a_chain_of_neighbours_does_not_become_one_group() -> None:
    found = clusters(at(0, 30, 60, 90), alike=math.cos(math.radians(31)))
    assert found == ((0, 1), (2, 3))


def test_what_is_like_nothing_stays_alone() -> None:
    assert clusters(at(0, 90, 180, 270), alike=0.5) == ((0,), (1,), (2,), (3,))
    assert clusters([], alike=0.5) == ()


def test_the_same_question_a_hundred_times_is_one_group() -> None:
    [group] = clusters(at(*[40.0] * 100), alike=0.99)
    assert len(group) == 100


@pytest.mark.parametrize("seed", range(5))
def test_the_order_in_which_they_came_changes_no_group(seed: int) -> None:
    angles = [0.0, 4, 9, 90, 97, 180, 186, 188, 270.5]
    shuffled = random.Random(seed).sample(angles, len(angles))

    def named(given: list[float]) -> set[frozenset[float]]:
        return {frozenset(given[i] for i in group) for group in clusters(at(*given), alike=0.9)}

    assert named(shuffled) == named(angles)
