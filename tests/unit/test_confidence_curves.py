"""The curves of a confidence: what was said beside what held, and the price of answering more."""

import pytest

from scripts.evaluation.confidence_curves import reliability, risk_coverage

HONEST = [*[(0.9, True)] * 9, (0.9, False), *[(0.3, True)] * 3, *[(0.3, False)] * 7]
BOASTFUL = [*[(0.9, True)] * 5, *[(0.9, False)] * 5]


def test_a_confidence_that_holds_as_often_as_it_says_is_not_apart_from_the_truth():
    found = reliability(HONEST)

    assert found.expected_calibration_error == pytest.approx(0.0)
    assert [(one.low, one.answers, round(one.held, 2)) for one in found.bins] == [
        (0.3, 10, 0.3),
        (0.9, 10, 0.9),
    ]


def test_a_boastful_confidence_is_found_out():
    found = reliability(BOASTFUL)

    assert found.expected_calibration_error == pytest.approx(0.4)
    assert found.brier == pytest.approx((5 * 0.01 + 5 * 0.81) / 10)


def test_certainty_belongs_to_the_last_bin():
    (last,) = reliability([(1.0, True), (0.95, False)]).bins

    assert (last.low, last.high, last.answers, last.held) == (0.9, 1.0, 2, 0.5)


def test_without_answers_nothing_is_said():
    assert reliability([]).bins == ()
    assert reliability([]).expected_calibration_error == 0
    assert risk_coverage([]).points == ()
    assert risk_coverage([]).area == 0
    assert risk_coverage([]).at_risk(0.5) is None


def test_the_more_is_answered_the_more_is_wrong():
    curve = risk_coverage([(0.9, True), (0.8, True), (0.7, False), (0.6, True)])

    assert [(one.threshold, one.coverage, round(one.risk, 3)) for one in curve.points] == [
        (0.9, 0.25, 0.0),
        (0.8, 0.5, 0.0),
        (0.7, 0.75, 0.333),
        (0.6, 1.0, 0.25),
    ]
    assert curve.area == pytest.approx((0 + 0 + 1 / 3 + 1 / 4) / 4)
    assert curve.best_area == pytest.approx((0 + 0 + 0 + 1 / 4) / 4)


def test_answers_that_are_equally_sure_stand_or_fall_together():
    curve = risk_coverage(BOASTFUL)

    assert [(one.answers, one.risk) for one in curve.points] == [(10, 0.5)]
    assert curve.area == pytest.approx(0.5)


def test_what_gets_no_answer_counts_as_asked():
    assert risk_coverage(BOASTFUL, questions=20).points[-1].coverage == 0.5


def test_a_wished_error_rate_gives_the_threshold_that_answers_most():
    curve = risk_coverage([(0.9, True), (0.8, False), (0.7, True), (0.6, True), (0.5, False)])

    point = curve.at_risk(0.25)

    assert point is not None
    assert (point.threshold, point.answers, point.risk) == (0.6, 4, 0.25)


def test_a_threshold_tells_what_it_answers():
    curve = risk_coverage(HONEST)

    strict, none = curve.from_threshold(0.7), curve.from_threshold(0.95)

    assert strict is not None
    assert (strict.answers, round(strict.risk, 2)) == (10, 0.1)
    assert none is None


def test_few_answers_leave_the_share_that_is_wrong_open():
    (few,) = risk_coverage([(0.9, True)] * 5).points
    (many,) = risk_coverage([(0.9, True)] * 500).points

    assert (few.risk, few.risk_low) == (0, pytest.approx(0, abs=1e-12))
    assert few.risk_high == pytest.approx(0.434, abs=0.001)
    assert many.risk_high == pytest.approx(0.0076, abs=0.0001)
