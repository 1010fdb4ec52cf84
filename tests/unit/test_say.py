"""The words that go out: composed from what was permitted, asked, refused and done."""

import pytest

from deskhand.domain.draft import Claim
from deskhand.domain.receipt import Receipt
from deskhand.domain.verdict import Objection, Verdict
from deskhand.text.packet import approval_note, handoff_note
from deskhand.text.replies import compose_reply
from tests.builders import (
    NOON,
    a_draft,
    a_judged_turn,
    a_message,
    a_policy,
    a_reading,
    a_refund,
    an_approval,
)

REPLIES = a_policy().replies


def a_receipt(words: str = "I have refunded 42.00 EUR for order 1001.") -> Receipt:
    return Receipt(
        key="k", kind="action", name="refund_order", reference="R1", words=words, read_back_at=NOON
    )


def objecting(cure: str, words: str = "words of the rule.") -> Verdict:
    return Verdict(
        decision="send",
        objections=(Objection.model_validate({"code": "CODE", "words": words, "cure": cure}),),
    )


def test_the_first_reply_says_that_an_ai_speaks_and_the_next_does_not() -> None:
    ours = a_message("Hello, I am an AI.", author="agent", id="a1")
    first = compose_reply(a_judged_turn(), receipts=(), policy=a_policy())
    second = compose_reply(a_judged_turn(history=(ours,)), receipts=(), policy=a_policy())

    assert first.startswith(REPLIES.introduction)
    assert REPLIES.introduction not in second
    assert second.endswith(REPLIES.signature)


def test_an_upset_customer_gets_one_apology_in_a_conversation() -> None:
    upset = a_reading(sentiment="angry")
    before = a_message(f"{REPLIES.apology} Here it is.", author="agent", id="a1")
    first = compose_reply(a_judged_turn(reading=upset), receipts=(), policy=a_policy())
    again = compose_reply(
        a_judged_turn(reading=upset, history=(before,)), receipts=(), policy=a_policy()
    )
    assert first.count(REPLIES.apology) == 1
    assert REPLIES.apology not in again


def test_an_action_is_told_by_its_receipt_alone() -> None:
    action = a_refund()
    claims = (
        Claim(text="I have refunded you.", supports=(action.id,)),
        Claim(text="Refunds take five days.", supports=("refunds#1",)),
    )
    turn = a_judged_turn(draft=a_draft(claims=claims, actions=(action,)))
    text = compose_reply(turn, receipts=(a_receipt(),), policy=a_policy())

    assert "I have refunded 42.00 EUR for order 1001. " not in text
    assert "I have refunded 42.00 EUR for order 1001.\n\nRefunds take five days." in text
    assert "I have refunded you." not in text


@pytest.mark.parametrize(
    ("cure", "expected"),
    [
        ("verify", REPLIES.verify),
        ("confirm", REPLIES.confirm.format(action="words of the rule.")),
        ("explain", REPLIES.denied.format(why="words of the rule.")),
        ("ask", "Which order do you mean?"),
    ],
)
def test_what_lifts_an_objection_is_asked_or_explained(cure: str, expected: str) -> None:
    turn = a_judged_turn(
        draft=a_draft(claims=(), question="Which order do you mean?"), verdict=objecting(cure)
    )
    text = compose_reply(turn, receipts=(), policy=a_policy())
    assert expected in text
    assert (REPLIES.offer_person in text) is (cure == "explain")


def test_a_persons_edit_takes_the_place_of_what_the_agent_wrote() -> None:
    turn = a_judged_turn()
    edited = an_approval(turn, state="approved", edited_reply="Dear Ada, all done. Mia")
    text = compose_reply(
        turn.model_copy(update={"decisions": (edited,)}), receipts=(), policy=a_policy()
    )
    assert "Dear Ada, all done. Mia" in text
    assert "was delivered" not in text


def test_a_note_for_an_approval_says_what_why_and_how() -> None:
    turn = a_judged_turn()
    why = Objection(
        code="REFUND_ABOVE_LIMIT", words="above 50.00 a person decides", cure="approval"
    )
    note = approval_note(an_approval(turn, objections=(why,)))
    for part in ("80.00 EUR", "above 50.00", f"deskhand approve {turn.id}.1", "2026-11-22 12:00"):
        assert part in note


def test_a_packet_reads_from_what_to_why_to_what_is_known() -> None:
    from deskhand.stages.escalate import hand_over

    why = Objection(code="VIP", words="an important customer", cure="person")
    turn = a_judged_turn(draft=a_draft(actions=(a_refund(),)), receipts=(a_receipt(),))
    handoff = hand_over(turn, (why,), policy=a_policy(), now=NOON).handoff
    assert handoff is not None
    note = handoff_note(handoff)
    titles = ("Why the agent stopped", "Already done", "Checked", "Account facts", "Articles")
    titles += ("Proposed", "Draft to edit", "Conversation")
    places = [note.index(f"{title}:\n") for title in titles]
    assert places == sorted(places)
    assert "refund_order: order_id 1001, amount_cents 4200" in note
    assert note.endswith(f"queue {handoff.queue} · priority normal")
