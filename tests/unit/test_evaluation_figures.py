"""The figures of an evaluation, worked out by hand."""

import pytest

from scripts.evaluation.figures import (
    Interval,
    area_under_curve,
    bootstrap,
    hit_at,
    recall_at,
    reciprocal_rank,
)

FOUND = ("a", "b", "c", "d")


@pytest.mark.parametrize(
    ("gold", "first", "share"),
    [
        (("a",), 1, 1.0),
        (("b",), 1, 0.0),
        (("b", "z"), 3, 0.5),
        (("b", "d"), 3, 0.5),
        (("b", "d"), 4, 1.0),
        (("a", "a"), 1, 1.0),
    ],
)
def test_recall_is_the_share_of_the_gold_among_the_first(gold, first, share):
    assert recall_at(FOUND, gold, first) == share


@pytest.mark.parametrize(("gold", "hit"), [(("b", "z"), 1.0), (("d",), 0.0), (("z",), 0.0)])
def test_a_hit_is_any_gold_among_the_first(gold, hit):
    assert hit_at(FOUND, gold, 3) == hit


@pytest.mark.parametrize(
    ("gold", "rank"), [(("a", "b"), 1.0), (("b",), 1 / 2), (("d",), 1 / 4), (("z",), 0.0)]
)
def test_the_first_gold_counts_by_its_place(gold, rank):
    assert reciprocal_rank(FOUND, gold, 10) == rank


def test_what_stands_too_far_down_is_not_found():
    assert reciprocal_rank(FOUND, ("d",), 3) == 0.0


def test_the_area_counts_how_often_the_one_is_above_the_other():
    # 3 > 1, 3 > 2, 2 > 1, and 2 = 2 counts half: 3.5 of 4.
    assert area_under_curve([3.0, 2.0], [1.0, 2.0]) == pytest.approx(0.875)


def test_the_area_of_nothing_is_unknown():
    assert area_under_curve([], [1.0]) is None
    assert area_under_curve([1.0], []) is None


def test_a_difference_that_every_question_shows_is_beyond_noise():
    interval = bootstrap([0.5, 0.5, 0.5], seed=7)

    assert interval == Interval(mean=0.5, low=0.5, high=0.5)
    assert interval.beyond_noise


def test_a_difference_that_one_question_of_two_shows_is_noise():
    # Of two questions a redraw holds both, the first twice or the second twice.
    interval = bootstrap([0.0, 1.0], seed=7)

    assert (interval.mean, interval.low, interval.high) == (0.5, 0.0, 1.0)
    assert not interval.beyond_noise


def test_the_same_seed_draws_the_same_interval():
    apart = [0.1, -0.2, 0.4, 0.0, 0.3, 0.9, -0.5]

    assert bootstrap(apart, seed=7) == bootstrap(apart, seed=7)
    assert bootstrap(apart, seed=7) != bootstrap(apart, seed=8)


def test_a_loss_beyond_noise_is_one_too():
    assert bootstrap([-0.5, -0.4], seed=7).beyond_noise
