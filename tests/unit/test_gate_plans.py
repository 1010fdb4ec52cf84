"""Several actions on one thing are one plan: ruled on as a whole, or not done at all."""

from deskhand.domain.draft import ProposedAction
from tests.builders import a_cancellation, a_reading, a_refund, an_order_fact, some_evidence
from tests.judging import asking, codes, cures, guesses, judged, proposing, said

BOTH = a_reading(intents=guesses("refund_request", "cancel_order"))
OPEN = {"status": "placed", "delivered_days": -1}


def plan(*actions: ProposedAction, **bent):
    return proposing(*actions, reading=BOTH, **bent)


def test_a_cancelled_order_is_not_refunded_on_top_in_whichever_order_it_is_proposed():
    for actions in (
        (a_cancellation(), a_refund(42_00)),
        (a_refund(42_00), a_cancellation()),
    ):
        verdict = judged(plan(*actions, order=OPEN))

        assert (verdict.decision, verdict.actions) == ("send", (a_cancellation(),))
        assert verdict.objections == ()


def test_where_one_step_may_not_be_done_none_is_and_the_customer_hears_of_both():
    verdict = judged(plan(a_refund(10_00), a_cancellation()))

    assert verdict.actions == ()
    assert cures(verdict) == [
        ("ORDER_ALREADY_DELIVERED", "explain"),
        ("PLAN_HELD_BACK", "explain"),
    ]
    assert verdict.objections[1].words == (
        "So I have left the rest of what you asked for with it as it is."
    )


def test_a_refusal_about_one_order_holds_back_nothing_of_another():
    facts = (an_order_fact(), an_order_fact("1002", delivered_days=31))
    turn = plan(a_refund(10_00), a_refund(5_00, "1002"), evidence=some_evidence(facts=facts))

    verdict = judged(turn)

    assert "REFUND_WINDOW_CLOSED" in codes(verdict)
    assert verdict.actions == (a_refund(10_00),)


def test_a_step_is_judged_on_what_the_step_before_it_leaves():
    verdict = judged(plan(a_refund(40_00), a_refund(3_00)))

    assert "ABOVE_REFUNDABLE" in codes(verdict)
    assert verdict.actions == ()


def test_one_question_asks_for_the_whole_plan_and_one_yes_is_to_all_of_it():
    order = OPEN | {"total_cents": 180_00}
    once = judged(plan(a_cancellation(), order=order))
    question = asking(a_cancellation(), words="the cancellation of order 1001")
    after = judged(plan(a_cancellation(), order=order, text="yes", history=(question,)))

    assert (codes(once), len(once.asks_for)) == (["CONFIRM"], 1)
    assert after.actions == (a_cancellation(),)


def test_a_yes_to_a_smaller_refund_is_no_yes_to_this_cancellation():
    order = OPEN | {"total_cents": 180_00}
    question = asking(a_refund(1), words="the cancellation of order 1001")

    assert codes(judged(plan(a_cancellation(), order=order, text="yes", history=(question,)))) == [
        "CONFIRM"
    ]


def test_what_waits_for_a_person_holds_back_the_rest_of_its_plan_in_order():
    verdict = judged(plan(a_refund(10_00), a_refund(30_00)))

    assert verdict.decision == "await_approval"
    assert verdict.actions == (a_refund(10_00), a_refund(30_00))


def test_after_a_no_the_rest_of_the_wishes_goes_on():
    order = OPEN | {"total_cents": 180_00}
    question = asking(a_cancellation(), words="the cancellation of order 1001")
    verdict = judged(
        plan(a_cancellation(), order=order, text="No, leave it.", history=(said("x"), question))
    )

    assert (verdict.actions, verdict.objections) == ((), ())
