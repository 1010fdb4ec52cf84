"""Handing over: the packet holds everything found so far, and the right people get it."""

from datetime import timedelta

import pytest

from deskhand.domain.code import CodeTried
from deskhand.domain.draft import Draft
from deskhand.domain.turn import Turn
from deskhand.domain.verdict import Objection, Verdict
from deskhand.stages.escalate import escalate, hand_over, handoff_entry
from tests.builders import (
    NOON,
    a_classified_turn,
    a_draft,
    a_drafted_turn,
    a_judged_turn,
    a_message,
    a_policy,
    a_reading,
    a_refund,
    a_retrieved_turn,
    a_turn,
    an_approval,
    an_asker,
    some_evidence,
)
from tests.flow.policies import with_intent

WHY = Objection(code="LEGAL_WORDS", words="the customer mentions a lawyer", cure="person")


def test_the_packet_holds_everything_found_so_far() -> None:
    draft = a_draft(actions=(a_refund(),))
    history = (a_message("Hello?", id="m0"),)
    turn = a_judged_turn(
        "Where is order 1001? My lawyer will write to you.",
        draft=draft,
        history=history,
        evidence=some_evidence(missing=("an order 2002 of this customer",)),
        verdict=Verdict(decision="escalate", objections=(WHY,)),
    )
    ending = escalate(turn, error="", policy=a_policy(), now=NOON)

    handoff = ending.handoff
    assert handoff is not None
    assert ending.kind == "handed_over"
    assert ending.codes == ("LEGAL_WORDS",)
    assert handoff.headline == "My order: the customer mentions a lawyer"
    assert [message.id for message in handoff.transcript] == ["m0", "m1"]
    assert handoff.facts == turn.evidence.facts
    assert handoff.passages == turn.evidence.passages
    assert handoff.proposed == draft.actions
    assert "an order 2002 of this customer" in handoff.checked
    assert handoff.suggested_reply.startswith("Your order 1001 was delivered.")
    assert "Ada (verified by the helpdesk) writes" in handoff.summary


@pytest.mark.parametrize(
    ("error", "code"),
    [
        ("States.Timeout", "TIMED_OUT"),
        ("Unavailable", "TOOL_ERROR"),
        ("ZeroDivisionError", "STEP_FAILED"),
        ("", "NO_DECISION"),
    ],
)
@pytest.mark.parametrize(
    "turn", [a_turn(), a_classified_turn(), a_retrieved_turn(), a_drafted_turn()]
)
def test_an_error_hands_over_whatever_the_turn_had_come_to(
    turn: Turn, error: str, code: str
) -> None:
    ending = escalate(turn, error=error, policy=a_policy(), now=NOON)
    assert ending.codes == (code,)
    assert ending.handoff is not None
    assert ending.handoff.transcript == turn.messages


@pytest.mark.parametrize(
    ("state", "reason", "code", "words"),
    [
        ("rejected", "call them first", "REJECTED_BY_PERSON", "call them first"),
        ("expired", "", "APPROVAL_EXPIRED", "nobody approved in time"),
    ],
)
def test_a_no_and_a_silence_are_told_apart(state: str, reason: str, code: str, words: str) -> None:
    turn = a_judged_turn()
    decided = an_approval(turn, state=state, reason=reason)
    ending = escalate(
        turn.model_copy(update={"decisions": (decided,)}), error="", policy=a_policy(), now=NOON
    )
    assert ending.codes[0] == code
    assert words in ending.why


def test_what_was_done_before_it_went_wrong_is_in_the_packet() -> None:
    from tests.unit.test_say import a_receipt

    failed = WHY.model_copy(update={"code": "TOOL_ERROR", "priority": "high"})
    turn = a_judged_turn(receipts=(a_receipt(),), troubles=(failed,))
    ending = escalate(turn, error="", policy=a_policy(), now=NOON)

    assert ending.receipts == turn.receipts
    assert ending.handoff is not None
    assert ending.handoff.priority == "high"
    assert f"Already done: {turn.receipts[0].words}" in ending.handoff.summary


def test_in_shadow_the_packet_is_only_recorded() -> None:
    policy = with_intent(a_policy(), "order_status", mode="shadow")
    ending = escalate(a_classified_turn(), error="Unavailable", policy=policy, now=NOON)
    assert ending.kind == "recorded"
    assert ending.would_have.startswith("handed over: ")


def test_a_triggers_queue_goes_before_the_intents() -> None:
    policy = a_policy()
    trigger = policy.triggers["legal"]
    moved = policy.model_copy(
        update={
            "triggers": policy.triggers | {"legal": trigger.model_copy(update={"queue": "law"})}
        }
    )
    why = WHY.model_copy(update={"code": trigger.code})
    handoff = hand_over(a_classified_turn(), (why,), policy=moved, now=NOON).handoff
    assert handoff is not None
    assert handoff.queue == "law"

    plain = hand_over(
        a_classified_turn(reading=a_reading("refund_request")),
        (WHY.model_copy(update={"code": "SOMETHING_ELSE"}),),
        policy=policy,
        now=NOON,
    ).handoff
    assert plain is not None
    assert plain.queue == policy.intents["refund_request"].queue


def test_a_person_who_has_the_ticket_speaks_for_themselves() -> None:
    taken = WHY.model_copy(update={"code": "PERSON_TOOK_OVER"})
    turn = a_judged_turn()
    entries = [
        handoff_entry(turn, hand_over(turn, (why,), policy=a_policy(), now=NOON), a_policy())
        for why in (WHY, taken)
    ]
    assert [entry.tell_customer for entry in entries] == [a_policy().replies.handed_over, ""]


def test_only_a_turn_that_was_handed_over_has_a_packet() -> None:
    ending = escalate(a_turn(), error="", policy=a_policy(), now=NOON)
    with pytest.raises(ValueError, match="handed over"):
        handoff_entry(a_turn(), ending.model_copy(update={"handoff": None}), a_policy())


def test_a_draft_without_claims_suggests_nothing() -> None:
    ending = escalate(a_drafted_turn(draft=Draft()), error="", policy=a_policy(), now=NOON)
    assert ending.handoff is not None
    assert ending.handoff.suggested_reply == ""


@pytest.mark.parametrize(
    ("verified", "code", "known"),
    [
        (True, None, "verified by the helpdesk"),
        (True, CodeTried(result="right", alone=True), "verified by a one-time code"),
        (False, CodeTried(result="wrong", alone=True), "not verified"),
    ],
)
def test_whoever_takes_over_reads_how_sure_it_is_who_writes(
    verified: bool, code: CodeTried | None, known: str
) -> None:
    answer = a_message("[one-time code]", id="m0", code=code)
    turn = a_turn(asker=an_asker(verified=verified), history=(answer,))
    handoff = hand_over(turn, (WHY,), policy=a_policy(), now=NOON).handoff

    assert handoff is not None
    assert f"Ada ({known}) writes" in handoff.summary


def test_what_was_taken_up_again_stands_where_it_was_said() -> None:
    asked = a_message(
        "Who are you?", id="ours", author="agent", said_at=NOON + timedelta(minutes=1)
    )
    code = a_message("[one-time code]", id="code", said_at=NOON + timedelta(minutes=2))
    turn = a_turn(history=(asked,))
    turn = turn.model_copy(update={"messages": (*turn.messages, code)})
    handoff = hand_over(turn, (WHY,), policy=a_policy(), now=NOON).handoff

    assert handoff is not None
    assert [message.id for message in handoff.transcript] == ["m1", "ours", "code"]
