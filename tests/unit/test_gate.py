"""The gate's decision follows from what would lift the objections."""

import pytest

from deskhand.domain.verdict import Objection
from deskhand.stages.gate import MOST_TELLING, judge
from tests.builders import (
    a_draft,
    a_drafted_turn,
    a_reading,
    a_refund,
    an_approval,
    an_order_fact,
    some_evidence,
)
from tests.judging import (
    a_request_turn,
    bent_policy,
    codes,
    guesses,
    judged,
    said,
    saying,
    shipped_permissions,
    with_intent,
)

INVENTED = ("We also sell submarines.", "order:1001")
UNGROUNDED = saying(("Your order 1001 was delivered.", "order:1001"), INVENTED)


def test_a_grounded_answer_is_sent():
    verdict = judged(a_drafted_turn())

    assert (verdict.decision, verdict.objections, verdict.words) == ("send", (), "no objection")


def test_a_refund_within_the_limit_is_sent_with_its_action():
    verdict = judged(a_request_turn(draft=a_draft(actions=(a_refund(42_00),))))

    assert (verdict.decision, verdict.actions) == ("send", (a_refund(42_00),))


def test_the_gate_is_a_pure_function():
    turn = a_request_turn(draft=a_draft(actions=(a_refund(80_00),)))

    assert judged(turn) == judged(turn)


def test_a_draft_that_could_be_better_gets_another_look():
    verdict = judged(a_drafted_turn(draft=UNGROUNDED))

    assert (verdict.decision, codes(verdict)) == ("look_again", ["UNSUPPORTED_CLAIM"])


def test_after_the_last_look_a_person_looks():
    assert judged(a_drafted_turn(draft=UNGROUNDED, looks=2)).decision == "escalate"


def test_another_look_that_changed_nothing_is_the_last():
    first = judged(a_drafted_turn(draft=UNGROUNDED))

    second = judged(a_drafted_turn(draft=UNGROUNDED, looks=1, lessons=first.objections))

    assert second.decision == "escalate"


def test_another_look_that_changed_something_may_be_followed_by_one_more():
    first = judged(a_drafted_turn(draft=UNGROUNDED))
    other = saying(
        ("Your order 1001 was delivered.", "order:1001"), ("We sell boats.", "order:1001")
    )

    assert (
        judged(a_drafted_turn(draft=other, looks=1, lessons=first.objections)).decision
        == "look_again"
    )


SILENT = a_draft(claims=(), missing="whether we sell boats")


def looked_again(*queries: str) -> str:
    """What is decided when a second search, by these queries, found no more than the first."""
    lessons = judged(a_drafted_turn(draft=UNGROUNDED)).objections
    evidence = some_evidence(queries=queries)
    return judged(
        a_drafted_turn(draft=SILENT, looks=1, evidence=evidence, lessons=lessons)
    ).decision


def test_what_a_draft_misses_is_looked_for_by_its_own_name():
    assert judged(a_drafted_turn(draft=SILENT)).decision == "look_again"
    assert looked_again("Where is my order 1001?", "order 1001") == "look_again"


def test_nobody_looks_again_by_words_that_have_just_found_nothing():
    asked = ("Where is my order 1001?", "order 1001", "whether we sell boats")

    assert looked_again(*asked) == "escalate"


def test_what_only_a_person_can_lift_goes_to_a_person_whatever_else_is_wrong():
    turn = a_drafted_turn(draft=UNGROUNDED, reading=a_reading(wants_person=True))

    verdict = judged(turn)

    assert verdict.decision == "escalate"
    assert codes(verdict) == ["WISH_FOR_A_PERSON", "UNSUPPORTED_CLAIM"]


def test_the_most_pressing_reason_stands_first():
    reading = a_reading(wants_person=True, sentiment="angry", language="de")
    verdict = judged(
        a_drafted_turn("This is outrageous!", reading=reading, history=(said("Outrageous!"),))
    )

    assert codes(verdict) == ["WISH_FOR_A_PERSON", "ANGRY_TWICE", "LANGUAGE"]


def test_every_cure_has_its_place():
    assert set(MOST_TELLING) == set(Objection.model_fields["cure"].annotation.__args__)


# --- what a person at the desk says ---------------------------------------------------------------


def a_big_refund(**bent):
    order = an_order_fact(total_cents=80_00, refundable_cents=80_00)
    evidence = some_evidence(facts=(order,))
    return a_request_turn(draft=a_draft(actions=(a_refund(80_00),)), evidence=evidence, **bent)


def approved(turn, **bent):
    """The turn as it resumes with a person's answer."""
    decision = an_approval(turn, **{"state": "approved", "decided_by": "Sam"} | bent)
    return turn.model_copy(update={"decisions": (decision,)})


def test_a_refund_above_the_limit_waits_for_a_person_with_its_action():
    verdict = judged(a_big_refund())

    assert (verdict.decision, codes(verdict)) == ("await_approval", ["REFUND_ABOVE_LIMIT"])
    assert verdict.actions == (a_refund(80_00),)
    assert verdict.objections[0].about == a_refund(80_00).id


def test_what_a_person_approved_goes():
    verdict = judged(approved(a_big_refund()))

    assert (verdict.decision, verdict.actions) == ("send", (a_refund(80_00),))


def test_an_approval_is_for_exactly_what_was_shown():
    verdict = judged(approved(a_big_refund(), actions=(a_refund(79_99),)))

    assert verdict.decision == "await_approval"


def test_an_approved_reply_needs_no_further_looks():
    assert judged(approved(a_drafted_turn(draft=UNGROUNDED))).decision == "send"


def test_an_approval_does_not_outweigh_what_only_a_person_may_handle():
    turn = approved(a_drafted_turn(reading=a_reading(wants_person=True)))

    assert judged(turn).decision == "escalate"


def test_an_approval_does_not_make_an_invalid_action_valid():
    wrong = a_refund(80_00).model_copy(update={"name": "refund_everything"})
    turn = a_request_turn(draft=a_draft(actions=(wrong,)))

    assert judged(approved(turn, actions=(wrong,))).decision == "escalate"


@pytest.mark.parametrize(
    ("state", "reason", "code", "words"),
    [
        ("rejected", "she wore it", "REJECTED_BY_PERSON", "she wore it"),
        (
            "rejected",
            "",
            "REJECTED_BY_PERSON",
            "a refund of 80.00 EUR for order 1001 was rejected",
        ),
        ("expired", "", "APPROVAL_EXPIRED", "nobody approved in time: a refund of 80.00 EUR"),
    ],
)
def test_a_no_or_no_answer_goes_to_a_person(state, reason, code, words):
    verdict = judged(approved(a_big_refund(), state=state, reason=reason))

    assert (verdict.decision, codes(verdict)[0]) == ("escalate", code)
    assert verdict.objections[0].words.startswith(words)


# --- the autonomy dial ----------------------------------------------------------------------------


def test_in_suggest_mode_a_person_reads_it_first():
    verdict = judged(a_drafted_turn(), policy=with_intent("order_status", mode="suggest"))

    assert (verdict.decision, verdict.mode) == ("await_approval", "suggest")
    assert codes(verdict) == ["SUGGEST_MODE"]


def test_in_suggest_mode_what_a_person_approved_is_sent():
    turn = approved(a_drafted_turn())

    assert judged(turn, policy=with_intent("order_status", mode="suggest")).decision == "send"


def test_in_suggest_mode_the_permitted_actions_are_shown_to_the_person():
    turn = a_request_turn(draft=a_draft(actions=(a_refund(42_00),)))

    verdict = judged(turn, policy=with_intent("refund_request", mode="suggest"))

    assert (verdict.decision, verdict.actions) == ("await_approval", (a_refund(42_00),))


def test_in_shadow_mode_the_verdict_says_what_would_have_been():
    verdict = judged(a_drafted_turn(), policy=with_intent("order_status", mode="shadow"))

    assert (verdict.decision, verdict.mode) == ("send", "shadow")


def test_the_strictest_of_several_intents_holds():
    reading = a_reading(intents=guesses("order_status", "delivery_times"))

    verdict = judged(
        a_drafted_turn(reading=reading, draft=a_draft()),
        policy=with_intent("delivery_times", mode="suggest", knowledge=()),
    )

    assert verdict.mode == "suggest"


def test_a_thank_you_needs_neither_an_answer_nor_a_reader():
    turn = a_drafted_turn(
        "Thanks!", reading=a_reading("thanks"), draft=a_draft(claims=(), confidence=0.0)
    )

    verdict = judged(turn, policy=with_intent("thanks", mode="suggest"))

    assert (verdict.decision, verdict.objections) == ("send", ())


def test_manners_are_numbers_of_the_policy():
    verdict = judged(a_drafted_turn(), policy=bent_policy(max_words=5))

    assert codes(verdict) == ["TOO_LONG"]


def test_the_gate_takes_its_ports_by_name():
    with pytest.raises(TypeError):
        judge(a_drafted_turn(), bent_policy(), shipped_permissions())  # type: ignore[misc]
