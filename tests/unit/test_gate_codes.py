"""What the gate makes of one-time codes: enough wrong ones are a matter for a person."""

import pytest

from deskhand.domain.code import CodeTried
from deskhand.domain.turn import Drafted
from tests.builders import a_customer, a_drafted_turn, a_message, a_reading, an_asker, some_evidence
from tests.judging import codes, judged


def after(result: str, *, verified: bool = False) -> Drafted:
    """A turn in which this came of a code."""
    tried = CodeTried.model_validate({"result": result, "alone": True})
    turn = a_drafted_turn(
        asker=an_asker(verified=verified),
        reading=a_reading("order_status"),
        evidence=some_evidence(customer=a_customer() if verified else None),
    )
    answer = a_message("[one-time code]", id="answer", code=tried)
    return turn.model_copy(update={"messages": (*turn.messages, answer)})


def test_too_many_wrong_codes_hand_the_conversation_over() -> None:
    verdict = judged(after("locked"))

    assert verdict.decision == "escalate"
    assert codes(verdict)[0] == "CODE_LOCKED"
    assert verdict.objections[0].priority == "high"


@pytest.mark.parametrize("result", ["wrong", "expired", "again"])
def test_before_that_the_customer_is_asked_once_more(result: str) -> None:
    verdict = judged(after(result))

    assert verdict.decision == "send"
    assert "VERIFY" in codes(verdict)
    assert "CODE_LOCKED" not in codes(verdict)


def test_what_a_verified_customer_typed_locks_nobody_out() -> None:
    assert "CODE_LOCKED" not in codes(judged(after("locked", verified=True)))
