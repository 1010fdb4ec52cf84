"""The rules of the anomaly stop: what `stops.toml` says, and what is wrong in it."""

import pytest

from deskhand.adapters.policy_files import read_policy
from deskhand.adapters.stop_counts import rule_for, stop_for
from deskhand.domain.stop import StopRule
from tests.builders import NOON, a_policy
from tests.small_policy import mistakes, write_policy


@pytest.fixture
def folder(tmp_path):
    return write_policy(tmp_path)


def write_stops(folder, text):
    (folder / "stops.toml").write_text(text, encoding="utf-8")


def test_a_rule_stands_under_its_action_and_its_sign(folder):
    rule = StopRule(at_least=20, times_usual=4.0)

    assert read_policy(folder).stops == {"refund_order": {"done": rule}}


def test_without_any_rule_nothing_stops(folder):
    write_stops(folder, "")

    assert read_policy(folder).stops == {}


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        (
            "[refund_order.refusd]\nat_least = 3\ntimes_usual = 2.0",
            'stops.toml, line 1: there is no sign "refusd"; did you mean "refused"?',
        ),
        (
            "[refund_order]\ndone = 3",
            'stops.toml, line 2: "done" should be a table of its own: [refund_order.done].',
        ),
        (
            "[refund_order.done]\nat_least = 3",
            'stops.toml, line 1: [refund_order.done] lacks "times_usual".',
        ),
        (
            "[refund_order.done]\nat_least = 0\ntimes_usual = 2.0",
            'stops.toml, line 2: "at_least" should be greater than 0, not 0.',
        ),
        (
            "[refund_order.done]\nat_least = 3\ntimes_usual = 0.5",
            'stops.toml, line 3: "times_usual" should be greater than or equal to 1, not 0.5.',
        ),
        (
            "[refund_order.done]\nat_least = 3\ntimes_usual = 2.0\nusual = 1",
            'stops.toml, line 4: there is no key "usual" here; there are: at_least, times_usual.',
        ),
        (
            "at_least = 3",
            'stops.toml, line 1: "at_least" stands outside of a table such as [at_least].',
        ),
    ],
)
def test_a_mistake_is_told_by_its_line(folder, text, mistake):
    write_stops(folder, text)

    assert mistakes(folder) == [mistake]


def test_a_missing_file_is_a_mistake(folder):
    (folder / "stops.toml").unlink()

    assert mistakes(folder) == ["stops.toml: it cannot be read (No such file or directory)."]


RULES = {
    "refund_order": {"done": StopRule(at_least=2, times_usual=1.0)},
    "any_other_action": {
        "done": StopRule(at_least=5, times_usual=1.0),
        "refused": StopRule(at_least=7, times_usual=1.0),
    },
}


@pytest.mark.parametrize(
    ("action", "sign", "at_least"),
    [
        ("refund_order", "done", 2),
        ("refund_order", "refused", 7),
        ("cancel_order", "done", 5),
    ],
)
def test_a_sign_without_a_rule_of_its_own_has_that_of_any_other_action(action, sign, at_least):
    rule = rule_for(RULES, action, sign)

    assert rule is not None
    assert rule.at_least == at_least


def test_a_sign_that_no_rule_names_stops_nothing():
    assert rule_for(RULES, "refund_order", "unusual_place") is None


@pytest.mark.parametrize(
    ("count", "before", "stops"),
    [(9, 0, False), (10, 0, True), (10, 168 * 5, True), (10, 168 * 5 + 1, False), (9, 168, False)],
)
def test_both_numbers_have_to_be_reached(count, before, stops):
    rule = StopRule(at_least=10, times_usual=2.0)

    stop = stop_for(rule, "refund_order", "done", count=count, before=before, at=NOON)

    assert (stop is not None) == stops


@pytest.mark.parametrize("sign", ["done", "refused", "unusual_place"])
def test_every_sign_of_every_action_has_a_rule_as_shipped(sign):
    assert rule_for(a_policy().stops, "anything at all", sign) is not None
