"""How sure a classifier is comes from what it never saw, and never from its own examples."""

import numpy as np
import pytest

from deskhand.adapters.memory.embedder import HashingEmbedder
from scripts.fitting import regression
from scripts.fitting.examples import Examples
from scripts.fitting.regression import NEVER, RIGHT_WHEN_SURE, USUAL, HeldOut, with_sureness
from tests.reading import SMALL


def examples(*names: str) -> Examples:
    pairs = [(text, name) for name in names for text in SMALL[name].examples]
    return Examples.of([one for one, _ in pairs], [two for _, two in pairs], HashingEmbedder())


def some_guesses(*, right: float, strangers_near: float, count: int = 400) -> HeldOut:
    """Guesses of which so many are right, and strangers that come so near to an example."""
    draw = np.random.default_rng(7)
    is_right = draw.random(count) < right
    nearness = np.where(is_right, draw.normal(0.8, 0.08, count), draw.normal(0.5, 0.1, count))
    strange = draw.normal(strangers_near, 0.1, count)
    nearness = np.concatenate([nearness, strange])
    figures = np.stack([3 * nearness - 3, nearness, nearness, np.ones(2 * count)], axis=1)
    stranger = np.arange(2 * count) >= count
    return HeldOut(
        figures=figures,
        right=np.concatenate([is_right, np.zeros(count, bool)]),
        stranger=stranger,
        foreign=np.zeros(2 * count, bool),
    )


def limit_for(guesses: HeldOut) -> float:
    return with_sureness(regression.regression(examples("hours", "rules")), guesses).sure_from


def test_two_wishes_are_told_apart_like_many() -> None:
    two = regression.regression(examples("hours", "money_back"))
    asked = examples("hours", "money_back")
    read = two.read_worded(asked.wordings, asked.vectors)

    assert [two.names[row] for row in read.best] == asked.labels.tolist()
    assert read.scores.shape == (len(asked), 2)


def test_wordings_that_are_alike_are_never_on_both_sides_of_a_test() -> None:
    texts = ["where is my parcel"] * 5 + ["when are you open", "are you open today", "open late?"]
    given = Examples.of(texts, ["parcel"] * 5 + ["hours"] * 3, HashingEmbedder())

    folds = given.folds(3, seed=1)

    assert len(set(folds[given.labels == "parcel"].tolist())) == 1
    assert len(set(folds[given.labels == "hours"].tolist())) == 3


def test_of_all_that_is_sure_enough_is_right_even_where_one_in_four_is_a_stranger() -> None:
    guesses = some_guesses(right=0.85, strangers_near=0.55)
    fitted = with_sureness(regression.regression(examples("hours", "rules")), guesses)

    sure = guesses.figures @ fitted.sureness >= -np.log(1 / fitted.sure_from - 1)
    weights = np.where(guesses.stranger, 1 / 3, 1.0)[sure]
    assert fitted.sure_from < NEVER
    assert weights @ guesses.right[sure] / weights.sum() >= RIGHT_WHEN_SURE - 1e-9


def test_the_more_strangers_look_like_customers_the_surer_it_has_to_be() -> None:
    limits = [limit_for(some_guesses(right=0.9, strangers_near=near)) for near in (0.3, 0.45, 0.6)]

    assert limits == sorted(limits)
    assert limits[0] < limits[-1]


def test_a_classifier_that_guesses_at_random_is_never_sure() -> None:
    assert limit_for(some_guesses(right=0.02, strangers_near=0.8)) == NEVER


def test_what_cannot_be_held_out_leaves_the_usual_sureness() -> None:
    alone = Examples.of(["when are you open", "refund me"], ["hours", "money"], HashingEmbedder())

    fitted = regression.fit(alone)

    assert fitted.sureness == pytest.approx(USUAL, abs=0.5)
    assert fitted.sure_from == NEVER


def test_nothing_in_scope_is_no_wish_to_be_sure_of() -> None:
    given = regression.held_out(examples("hours", "rules", "elsewhere"), foreign={"elsewhere"})

    assert given.foreign.any()
    assert not given.stranger.all()
    shown = regression.with_sureness(regression.regression(examples("hours", "rules")), given)
    assert shown.sureness[:-1].min() >= 0
