"""What words and meaning find is joined, and authority decides ties."""

from datetime import date

import pytest

from deskhand.text.fusion import MEANING, best_first, blended, fused
from tests.builders import a_passage


def test_what_meaning_and_words_both_find_comes_before_what_one_of_them_finds():
    scores = fused({"both": 0.8, "meaning": 0.81, "words": 0.1}, {"both": 5.0, "words": 6.0})

    assert max(scores, key=scores.__getitem__) == "both"
    assert all(0 <= score <= 1 for score in scores.values())


def test_meaning_weighs_more_than_words():
    scores = fused({"meaning": 0.9, "words": 0.1}, {"words": 3.0})

    assert scores == {"meaning": MEANING, "words": 1 - MEANING}
    assert scores["meaning"] > scores["words"]


def test_the_only_one_that_is_found_gets_all_the_weight():
    assert fused({1: 0.3}, {1: 2.0}) == {1: 1.0}
    assert fused({1: 0.3}, {}) == {1: MEANING}
    assert fused({}, {}) == {}


def test_in_a_tie_the_more_binding_comes_first_then_what_came_into_force_later():
    blog = a_passage(id="blog", score=0.91)
    old = a_passage(id="old", score=0.90, authority=5, effective_from=date(2025, 1, 1))
    new = a_passage(id="new", score=0.90, authority=5, effective_from=date(2026, 1, 1))

    assert [passage.id for passage in best_first([blog, old, new])] == ["new", "old", "blog"]


def test_a_clearly_better_score_beats_authority():
    policy = a_passage(id="policy", score=0.6, authority=9)
    guide = a_passage(id="guide", score=0.9)

    assert best_first([policy, guide])[0].id == "guide"


def test_a_question_means_a_little_of_what_was_said_before():
    blend = blended([1.0, 0.0], [([0.0, 1.0], 0.5), ([0.0, 1.0], 0.25)])

    assert blend == pytest.approx([0.8, 0.6])


def test_a_question_that_comes_first_means_what_it_says():
    assert blended([0.6, 0.8], []) == [0.6, 0.8]


def test_what_means_nothing_together_means_what_the_question_says():
    assert blended([1.0, 0.0], [([-1.0, 0.0], 1.0)]) == [1.0, 0.0]
