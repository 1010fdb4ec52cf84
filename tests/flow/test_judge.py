"""Drafts that a judge reads a second time: what it doubts, and where it has no word."""

from collections.abc import Callable
from typing import Any

import pytest

from deskhand import wiring
from deskhand.adapters.careful_judge import CarefulJudge
from deskhand.adapters.models.claude.judging import ClaudeJudge
from deskhand.domain.turn import Ended
from tests.claude.brain import told_in
from tests.flow.claude_desk import BY_RULE, FAULTS, a_desk, asks
from tests.flow.conftest import House


def judged(house: House, judge: Callable[[], object]) -> tuple[Ended, str]:
    """A question that is answered by rule, with a judge that says this."""

    def brain(body: dict[str, Any]) -> object:
        return judge() if told_in(body).task == "judge" else BY_RULE(body)

    with a_desk(house, brain):
        wiring.replace({"judge": CarefulJudge(ClaudeJudge(wiring.asked()), house.clock)})
        return asks(house)


def test_a_judge_that_finds_nothing_lets_the_gate_decide(house: House) -> None:
    turn, _ = judged(house, lambda: {"doubts": []})
    assert turn.ending.kind == "answered"


def test_what_a_judge_doubts_is_not_said(house: House) -> None:
    doubt = {"sentence": 1, "why": "the source says otherwise"}
    turn, told = judged(house, lambda: {"doubts": [doubt]})
    assert turn.ending.kind == "handed_over"
    assert "working days" not in told


@pytest.mark.parametrize("fault", ["overloaded", "rate limit"])
def test_a_judge_that_is_down_has_no_word(house: House, fault: str) -> None:
    turn, _ = judged(house, lambda: FAULTS[fault])
    assert turn.ending.kind == "answered"


@pytest.mark.parametrize("fault", ["refused", "no JSON", "cut off"])
def test_a_judge_that_will_not_read_a_draft_lets_none_of_it_through(
    house: House, fault: str
) -> None:
    turn, _ = judged(house, lambda: FAULTS[fault])
    assert turn.ending.kind == "handed_over"
