"""What may be done, and who has to say what first."""

import pytest

from deskhand.domain.draft import ProposedAction
from deskhand.tools.registry import OURS
from tests.builders import (
    a_cancellation,
    a_customer,
    a_draft,
    a_passage,
    a_policy,
    a_reading,
    a_refund,
    an_order_fact,
    some_evidence,
)
from tests.judging import (
    a_request_turn,
    codes,
    cures,
    guesses,
    judged,
    proposing,
    shipped_permissions,
)


def test_every_action_has_a_permit_and_every_permit_an_action():
    assert shipped_permissions().actions == set(OURS.actions)


def test_every_action_is_allowed_by_some_intent_of_the_policy():
    allowed = {name for intent in a_policy().intents.values() for name in intent.actions}

    assert allowed == set(OURS.actions)


@pytest.mark.parametrize(
    ("action", "code"),
    [
        (ProposedAction(name="rm_rf", arguments={}), "UNKNOWN_ACTION"),
        (ProposedAction(name="refund_order", arguments={"order_id": "1001"}), "INVALID_ACTION"),
        (a_refund(-5), "INVALID_ACTION"),
        (a_cancellation(), "ACTION_NOT_ALLOWED"),
        (a_refund(42_00, order_id="9999"), "UNKNOWN_REFERENCE"),
    ],
)
def test_what_cannot_be_done_here_is_written_again(action, code):
    verdict = judged(proposing(action))

    assert (verdict.decision, cures(verdict)) == ("look_again", [(code, "rewrite")])
    assert verdict.actions == ()
    assert verdict.objections[0].about == action.id


def test_an_unlisted_order_is_asked_for_where_the_draft_asks():
    evidence = some_evidence(facts=(), missing=("an order 9999 in your account",))
    draft = a_draft(claims=(), actions=(a_refund(1, "9999"),), question="Is 9999 right?")
    verdict = judged(a_request_turn("Refund 9999", draft=draft, evidence=evidence))

    assert (verdict.decision, cures(verdict)) == ("send", [("UNKNOWN_REFERENCE", "ask")])


def test_out_of_scope_nothing_is_done():
    far = some_evidence(passages=(a_passage(similarity=0.3),))
    turn = proposing(a_refund(42_00), reading=a_reading(intents=()), evidence=far)

    assert codes(judged(turn)) == ["OUT_OF_SCOPE", "ACTION_NOT_ALLOWED"]


def test_who_is_not_verified_is_asked_to_be_and_nothing_is_done():
    evidence = some_evidence(customer=None, facts=())
    draft = a_draft(claims=(), actions=(a_refund(42_00),))
    verdict = judged(a_request_turn(draft=draft, evidence=evidence))

    assert (verdict.decision, cures(verdict)) == ("send", [("VERIFY", "verify")])
    assert verdict.actions == ()


@pytest.mark.parametrize(
    ("customer", "counted", "code"),
    [
        ({"flagged": True}, {}, "FLAGGED_CUSTOMER"),
        ({"country": "FR"}, {}, "UNUSUAL_PLACE"),
        ({}, {"refunds_in_7_days": 1}, "SECOND_REFUND_IN_7_DAYS"),
        ({}, {"refunded_today_cents": 990_00}, "DAILY_CAP"),
        ({}, {"attempts_in_1_hour": 3}, "TOO_MANY_ATTEMPTS"),
    ],
)
def test_a_limit_that_people_may_lift_asks_one(customer, counted, code):
    evidence = some_evidence(customer=a_customer(**customer))
    verdict = judged(proposing(a_refund(42_00), evidence=evidence), **counted)

    assert (verdict.decision, cures(verdict)) == ("await_approval", [(code, "approval")])
    assert verdict.actions == (a_refund(42_00),)


def test_a_denied_customer_is_told_why_and_nothing_is_done():
    verdict = judged(proposing(a_refund(42_00), order={"delivered_days": 31}))

    assert (verdict.decision, cures(verdict)) == ("send", [("REFUND_WINDOW_CLOSED", "explain")])
    assert verdict.actions == ()
    assert verdict.objections[0].words.startswith("The order arrived more than 30 days ago")


def test_a_refusal_is_not_told_where_the_customer_gets_the_same_in_another_way():
    order = {"status": "placed", "delivered_days": -1}
    both = a_reading(intents=guesses("cancel_order", "refund_request"))
    actions = (a_refund(42_00), a_cancellation())

    verdict = judged(proposing(*actions, order=order, reading=both))
    alone = judged(proposing(a_refund(42_00), order=order, reading=both))

    assert (verdict.actions, verdict.objections) == ((a_cancellation(),), ())
    assert cures(alone) == [("ORDER_NOT_SENT_YET", "explain")]


def test_a_record_that_the_rules_cannot_read_goes_to_a_person_not_to_the_customer():
    order = an_order_fact()
    broken = order.model_copy(update={"attributes": {"currency": "EUR"}})
    verdict = judged(proposing(a_refund(42_00), evidence=some_evidence(facts=(broken,))))

    assert (verdict.decision, cures(verdict)) == ("escalate", [("POLICY_ERROR", "person")])


def test_two_refunds_in_one_draft_count_together():
    first, second = a_refund(20_00), a_refund(21_00)
    verdict = judged(proposing(first, second))

    assert codes(verdict) == ["SECOND_REFUND_IN_7_DAYS"]
    assert verdict.objections[0].about == second.id
    assert verdict.actions == (first, second)


def test_the_same_action_twice_is_one():
    verdict = judged(proposing(a_refund(42_00), a_refund(42_00)))

    assert (verdict.decision, verdict.actions) == ("send", (a_refund(42_00),))


def test_of_two_wishes_the_one_that_allows_the_action_is_enough():
    reading = a_reading(intents=guesses("order_status", "refund_request"))

    assert judged(proposing(a_refund(42_00), reading=reading)).actions == (a_refund(42_00),)
