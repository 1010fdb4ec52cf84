"""A yes is to exactly one thing, by whoever has to give it, and a changed wish takes it back."""

from deskhand.domain.ledger import Counters
from deskhand.domain.permission import Permission, Reason
from deskhand.stages.gate import permission_request
from deskhand.tools.registry import OURS
from tests.builders import (
    a_cancellation,
    a_draft,
    a_drafted_turn,
    a_policy,
    a_reading,
    a_refund,
    an_approval,
    an_order_fact,
    some_evidence,
)
from tests.judging import asking, codes, cures, judged, proposing, said

ASKED = asking(a_cancellation(), words="the cancellation of order 1001")


# --- the customer's yes ---------------------------------------------------------------------------


def cancelling(text="Cancel it.", **bent):
    order = {"status": "placed", "delivered_days": -1, "total_cents": 180_00} | bent.pop(
        "order", {}
    )
    return proposing(a_cancellation(), text=text, intent="cancel_order", order=order, **bent)


def test_a_large_cancellation_is_asked_about_in_its_own_words():
    verdict = judged(cancelling())

    assert (verdict.decision, cures(verdict)) == ("send", [("CONFIRM", "confirm")])
    assert verdict.objections[0].words == "the cancellation of order 1001"
    assert verdict.actions == ()


def test_after_an_explicit_yes_it_is_done():
    verdict = judged(cancelling("Yes, please do.", history=(said("Cancel it."), ASKED)))

    assert (verdict.decision, verdict.actions) == ("send", (a_cancellation(),))


def test_a_yes_with_a_change_asks_again():
    verdict = judged(cancelling("yes, but only the tripod", history=(ASKED,)))

    assert codes(verdict) == ["CONFIRM"]


def test_after_a_no_it_is_neither_done_nor_asked_again():
    verdict = judged(cancelling("No, I keep it.", history=(ASKED,)))

    assert (verdict.decision, verdict.actions, verdict.objections) == ("send", (), ())


class Strict:
    """Wants everybody's yes, and remembers what it was told."""

    def ask(self, request):
        said = request.context
        for name in ("verified", "confirmed", "approved"):
            if not said[name]:
                answer = "if_approved" if not said["approved"] else f"if_{name}"
                return Permission(answer=answer, reasons=(Reason(code=name.upper(), words="…"),))
        return Permission(answer="now")


def test_where_both_have_to_say_yes_the_customer_is_asked_first():
    verdict = judged(cancelling(), permissions=Strict())

    assert cures(verdict) == [("CONFIRMED", "confirm")]


def test_then_the_person_is_asked():
    verdict = judged(cancelling("yes", history=(ASKED,)), permissions=Strict())

    assert cures(verdict) == [("APPROVED", "approval")]


def test_a_layer_that_wants_to_know_who_asks_is_obeyed():
    class WhoAreYou:
        def ask(self, request):
            return Permission(answer="if_verified", reasons=(Reason(code="X", words="…"),))

    assert cures(judged(cancelling(), permissions=WhoAreYou())) == [("VERIFY", "verify")]


# --- requests that wait ---------------------------------------------------------------------------


def waiting(*actions):
    return an_approval(a_drafted_turn(), id="A1", actions=actions)


def test_what_a_person_is_asked_already_is_not_asked_again():
    verdict = judged(proposing(a_refund(80_00), pending=(waiting(a_refund(80_00)),)))

    assert (verdict.decision, verdict.actions, verdict.withdraws) == ("send", (), ())


def test_a_changed_request_takes_the_open_one_back():
    verdict = judged(proposing(a_refund(10_00), pending=(waiting(a_refund(80_00)),)))

    assert (verdict.decision, verdict.actions) == ("send", (a_refund(10_00),))
    assert verdict.withdraws == ("A1",)


def test_another_request_about_something_else_leaves_it_open():
    facts = (an_order_fact(), an_order_fact("1002"))
    verdict = judged(
        proposing(
            a_refund(10_00, "1002"),
            evidence=some_evidence(facts=facts),
            pending=(waiting(a_refund(80_00)),),
        )
    )

    assert verdict.withdraws == ()


def test_forget_it_takes_everything_back_that_waits():
    reading = a_reading("withdraw_request")
    turn = a_drafted_turn(
        "Forget it.",
        reading=reading,
        draft=a_draft(claims=()),
        pending=(waiting(a_refund(80_00)), waiting().model_copy(update={"id": "A2"})),
    )

    assert judged(turn).withdraws == ("A1", "A2")


# --- what the permission layer is told ------------------------------------------------------------


def request(turn, amount=42_00):
    counters = Counters(
        refunds_in_7_days=1,
        attempts_in_1_hour=2,
        refunded_today_cents=3,
        customer_today_cents=4,
        ticket_cents=5,
        stopped=("refund_order",),
    )
    facts = {"order:1001": an_order_fact(total_cents=50_00)}
    action = OURS.action_of(a_refund(amount))
    return permission_request(turn, action, facts, counters, policy=a_policy(), tools=OURS)


def test_the_permission_layer_is_told_everything_that_is_true_now():
    asked = request(proposing(a_refund(42_00)))

    assert asked.context == {
        "verified": True,
        "shown": False,
        "confirmed": False,
        "approved": False,
        "stopped": True,
        "intent": "refund_request",
        "amount_cents": 42_00,
        "currency": "EUR",
        "refunds_in_7_days": 1,
        "attempts_in_1_hour": 2,
        "refunded_today_cents": 3,
        "customer_today_cents": 4,
        "ticket_cents": 5,
        "arguments": {"destination": "original"},
    }
    assert (asked.customer_id, asked.resource_kind, asked.resource_id) == ("c1", "Order", "1001")
    assert asked.resource["total_cents"] == 50_00
    assert asked.customer == {"vip": False, "flagged": False, "country": "DE"}


def test_nobody_is_verified_without_a_customer():
    asked = request(proposing(a_refund(42_00), evidence=some_evidence(customer=None)))

    assert (asked.context["verified"], asked.customer_id) == (False, "")


def test_only_the_last_answer_of_a_person_counts_and_only_for_its_action():
    turn = proposing(a_refund(42_00))
    yes = an_approval(turn, actions=(a_refund(42_00),), state="approved")
    no = yes.model_copy(update={"state": "rejected"})

    def approved(*decisions, amount=42_00):
        decided = turn.model_copy(update={"decisions": decisions})
        return request(decided, amount).context["approved"]

    assert approved(no, yes) is True
    assert approved(yes, no) is False
    assert approved(yes, amount=41_00) is False
