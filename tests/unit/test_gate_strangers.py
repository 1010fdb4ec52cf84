"""What somebody tries who wants more out of the gate than the rules give."""

import pytest

from deskhand.domain.ticket import Attachment
from tests.builders import (
    NOON,
    a_draft,
    a_drafted_turn,
    a_policy,
    a_reading,
    a_refund,
    an_approval,
    some_evidence,
)
from tests.judging import a_request_turn, codes, guesses, judged, proposing, said
from tests.ordering import a_shop, a_wish, all_facts, proposal, verdict_on

FILE = Attachment(name="logo.png", media_type="image/png", size_bytes=1_000)
SENT_BEFORE = said("Hello, this is about my tin.", id="h1", attachments=(FILE,))


def a_damaged_tin(*history, **bent):
    return a_request_turn(
        "Order 1001 arrived broken, please refund it.",
        intent="damaged_item",
        draft=a_draft(actions=(a_refund(42_00),)),
        history=history,
        **bent,
    )


def test_a_file_that_nobody_has_looked_at_proves_nothing_in_a_later_message():
    verdict = judged(a_damaged_tin(SENT_BEFORE))

    assert (verdict.decision, codes(verdict)[0]) == ("await_approval", "UNSEEN_ATTACHMENT")


def test_a_file_that_a_person_had_before_them_is_not_asked_about_again():
    seen = said("Thank you for the photo.", "agent", seen=("h1",))

    assert "UNSEEN_ATTACHMENT" not in codes(judged(a_damaged_tin(SENT_BEFORE, seen)))


def test_a_damage_needs_its_photo_also_beside_another_question():
    beside = a_reading("order_status", intents=guesses("order_status", "damaged_item"))
    turn = proposing(a_refund(42_00), reading=beside)

    assert "PHOTO_MISSING" in codes(judged(turn))


@pytest.mark.parametrize("spelled", [{"order_id": " delivered"}, {"to": ""}])
def test_one_refund_in_two_spellings_is_one(spelled):
    once = {"order_id": "delivered", "amount_cents": 20_00}
    twice = proposal("refund_order", **once), proposal("refund_order", **(once | spelled))
    verdict = verdict_on(*twice, facts=all_facts(a_shop(), "delivered"))

    assert (verdict.decision, verdict.actions) == ("send", twice[:1])


def test_what_waits_for_a_person_is_not_asked_again_in_another_spelling():
    waiting = proposal("refund_order", order_id=" delivered", amount_cents=60_00)
    again = proposal("refund_order", order_id="delivered", amount_cents=60_00)
    asked = an_approval(a_drafted_turn(), actions=(waiting,))
    facts = all_facts(a_shop(), "delivered")
    verdict = judged(a_wish(again, facts=facts, pending=(asked,)))

    assert (verdict.actions, verdict.withdraws) == ((), ())


def forgetting(**bent):
    asked = an_approval(a_drafted_turn(), id="A1", customer_id="c1")
    reading = a_reading("withdraw_request")
    return a_drafted_turn(
        "Forget it.", reading=reading, draft=a_draft(claims=()), pending=(asked,), **bent
    )


def test_nobody_takes_back_what_another_asked_for_in_the_same_conversation():
    stranger = judged(forgetting(evidence=some_evidence(customer=None, facts=())))

    assert (stranger.withdraws, codes(stranger)) == ((), ["VERIFY"])
    assert judged(forgetting()).withdraws == ("A1",)


def approved(turn, *actions):
    yes = an_approval(turn, state="approved", actions=actions, decided_by="Ruben", decided_at=NOON)
    draft = turn.draft.model_copy(update={"actions": actions})
    return turn.model_copy(update={"draft": draft, "decisions": (yes,)})


@pytest.mark.parametrize("order_id", ["", "9999"])
def test_a_yes_to_what_cannot_be_done_sends_no_other_draft_in_its_name(order_id):
    turn = approved(proposing(a_refund(80_00)), a_refund(80_00, order_id), a_refund(10_00))
    verdict = judged(turn)

    assert a_policy().replies.max_looks > turn.looks
    assert verdict.decision == "escalate"
