"""Each trigger of the policy hands the ticket to a person, and nothing near it does."""

import pytest

from deskhand.domain.classification import Entities
from deskhand.domain.policy import TRIGGERS
from deskhand.stages.objections import triggers
from tests.builders import (
    a_customer,
    a_draft,
    a_drafted_turn,
    a_passage,
    a_policy,
    a_reading,
    an_order_fact,
    some_evidence,
)
from tests.judging import codes, guesses, judged, said, saying, with_intent

ANGRY = "This is outrageous, I am furious!"
OURS = [said(f"Reply {number}.", "agent") for number in range(9)]


def fired(turn, **bent) -> list[str]:
    verdict = judged(turn, **bent)
    return [code for code in codes(verdict) if verdict.decision == "escalate"]


def test_every_trigger_of_the_policy_is_watched_for():
    assert set(triggers.TRIGGERS) == TRIGGERS == set(a_policy().triggers)


def test_who_asks_for_a_person_gets_one_at_once():
    verdict = judged(a_drafted_turn(reading=a_reading(wants_person=True)))

    assert (verdict.decision, codes(verdict)) == ("escalate", ["WISH_FOR_A_PERSON"])
    assert verdict.objections[0].priority == "urgent"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("My lawyer will write to you.", "LEGAL_WORDS"),
        ("I will take you to court!", "LEGAL_WORDS"),
        ("I complain to the ombudsman.", "LEGAL_WORDS"),
        ("Under the GDPR I want my data.", "COMPLIANCE_WORDS"),
        ("I was discriminated against.", "COMPLIANCE_WORDS"),
        ("The lamp caught fire last night.", "SAFETY_WORDS"),
        ("My son got an electric shock", "SAFETY_WORDS"),
        ("I cut my finger on it and it's bleeding", "SAFETY_WORDS"),
    ],
)
def test_words_that_only_a_person_may_answer_to_go_to_one_at_once(text, code):
    verdict = judged(a_drafted_turn(text))

    assert fired(a_drafted_turn(text)) == [code]
    assert verdict.objections[0].priority == "urgent"
    assert "“" in verdict.objections[0].words


def test_the_subject_counts_when_the_conversation_begins():
    assert fired(a_drafted_turn("See above.", subject="Legal action")) == ["LEGAL_WORDS"]
    later = a_drafted_turn("And now?", subject="Legal action", history=(said("Hello", "agent"),))
    assert fired(later) == []


@pytest.mark.parametrize(
    "text",
    [
        "Is the paint non-toxic? And do you have tennis court shoes?",
        "My travel agent booked the wrong week, where is my order 1001?",
        "Is there a pressure regulator for it?",
        "Sue asked me where order 1001 is.",
        "The sparks joy effect is real, where is order 1001?",
    ],
)
def test_words_that_only_look_alike_hand_nothing_over(text):
    assert fired(a_drafted_turn(text)) == []


def test_the_second_angry_message_goes_to_a_person():
    angry = a_reading(sentiment="angry")

    assert fired(a_drafted_turn(ANGRY, reading=angry)) == []
    twice = a_drafted_turn(ANGRY, reading=angry, history=(said(ANGRY), said("Sure.", "agent")))
    assert fired(twice) == ["ANGRY_TWICE"]


def test_whoever_has_calmed_down_goes_on_with_us():
    calm = a_drafted_turn("Thanks, and where is it?", history=(said(ANGRY), said(ANGRY + "!")))

    assert fired(calm) == []


def test_the_same_question_for_the_third_time_goes_to_a_person():
    ask = "Do you deliver to Canada?"

    assert fired(a_drafted_turn(ask, history=(said(ask), said("Hm.", "agent")))) == []
    assert fired(
        a_drafted_turn(ask, history=(said(ask), said("Do you deliver to Canada or not?")))
    ) == ["SAME_QUESTION"]


def test_two_answers_that_did_not_help_go_to_a_person():
    text = "That did not help either."
    history = (said("How?"), said("Like this.", "agent"))

    assert fired(a_drafted_turn(text, history=history)) == []
    assert fired(
        a_drafted_turn(text, history=(*history, said("It did not work"), said("So.", "agent")))
    ) == ["FAILED_ATTEMPTS"]


@pytest.mark.parametrize(
    ("entities", "total_cents", "goes"),
    [
        (Entities(amounts_cents=(500_01,)), 42_00, True),
        (Entities(amounts_cents=(500_00, 20_00)), 42_00, False),
        (Entities(), 700_00, True),
        (Entities(amounts_cents=(20_00,)), 700_00, False),
        (Entities(), 42_00, False),
    ],
)
def test_a_dispute_above_500_goes_to_a_person(entities, total_cents, goes):
    reading = a_reading("dispute_charge", entities=entities)
    evidence = some_evidence(facts=(an_order_fact(total_cents=total_cents),))

    assert (fired(a_drafted_turn(reading=reading, evidence=evidence)) == ["LARGE_DISPUTE"]) is goes


def test_a_large_order_that_nobody_disputes_is_no_dispute():
    evidence = some_evidence(facts=(an_order_fact(total_cents=700_00),))

    assert fired(a_drafted_turn(evidence=evidence)) == []


def test_a_lookup_that_failed_goes_to_a_person_with_what_it_said():
    evidence = some_evidence(troubles=("find_order was refused: closed",))

    verdict = judged(a_drafted_turn(evidence=evidence))

    assert (verdict.decision, codes(verdict)) == ("escalate", ["TOOL_ERROR"])
    assert verdict.objections[0].words.endswith("find_order was refused: closed")


@pytest.mark.parametrize(("confidence", "goes"), [(0.85, False), (0.84, True)])
def test_money_asks_for_more_confidence(confidence, goes):
    turn = a_drafted_turn(reading=a_reading("refund_request"), draft=a_draft(confidence=confidence))

    assert fired(turn, policy=with_intent("refund_request", confidence=0.85)) == (
        ["LOW_CONFIDENCE"] * goes
    )


def test_the_strictest_intent_sets_the_confidence():
    reading = a_reading(intents=guesses("order_status", "refund_request"))
    turn = a_drafted_turn(reading=reading, draft=a_draft(confidence=0.8))

    assert fired(turn, policy=with_intent("refund_request", confidence=0.85)) == ["LOW_CONFIDENCE"]


def test_a_question_may_go_out_unsure():
    draft = a_draft(claims=(), question="Which order do you mean?", confidence=0.1)

    assert judged(a_drafted_turn(draft=draft)).decision == "send"


def test_five_replies_are_enough():
    assert fired(a_drafted_turn(history=tuple(OURS[:4]))) == []
    assert fired(a_drafted_turn(history=tuple(OURS[:5]))) == ["TOO_MANY_TURNS"]


def test_more_than_ten_messages_are_enough():
    mine = tuple(said(f"Colour number {number}?") for number in range(10))

    assert fired(a_drafted_turn(history=mine[:9])) == []
    assert fired(a_drafted_turn(history=mine)) == ["TOO_MANY_MESSAGES"]


@pytest.mark.parametrize(("intent", "goes"), [("refund_request", True), ("order_status", False)])
def test_a_vip_who_asks_about_money_gets_a_person(intent, goes):
    evidence = some_evidence(customer=a_customer(vip=True))
    turn = a_drafted_turn(reading=a_reading(intent), evidence=evidence)

    assert fired(turn) == ["VIP"] * goes


@pytest.mark.parametrize("intents", [(), guesses("buy_a_horse")])
def test_what_nobody_taught_the_agent_goes_to_a_person(intents):
    far = some_evidence(passages=(a_passage(similarity=0.59),))
    turn = a_drafted_turn(reading=a_reading(intents=intents), evidence=far)

    assert fired(turn) == ["OUT_OF_SCOPE"]


def test_what_an_article_is_about_is_in_scope_though_no_intent_knows_it():
    near = some_evidence(passages=(a_passage(similarity=0.6),))
    turn = a_drafted_turn(reading=a_reading(intents=()), evidence=near)

    assert fired(turn) == []
    silent = a_drafted_turn(reading=a_reading(intents=()), evidence=near, draft=a_draft(claims=()))
    assert fired(silent) == ["OUT_OF_SCOPE"]


def conflicting(*cited: str):
    evidence = some_evidence(
        passages=(
            a_passage("Gift cards are valid for three years.", id="a#1", article_id="a"),
            a_passage("Gift cards are valid for two years.", id="b#1", article_id="b"),
        )
    )
    draft = saying(("Gift cards are valid for three years.", *cited))
    return a_drafted_turn(reading=a_reading("gift_cards"), evidence=evidence, draft=draft)


def test_articles_that_disagree_go_to_a_person():
    turn = conflicting("a#1")

    assert fired(turn) == ["POLICIES_IN_CONFLICT"]
    assert "three years" in judged(turn).objections[0].words


def test_a_disagreement_that_the_draft_does_not_stand_on_is_none():
    assert "POLICIES_IN_CONFLICT" not in codes(judged(conflicting("order:1001")))


def test_records_that_are_not_there_go_to_a_person():
    turn = a_drafted_turn(evidence=some_evidence(facts=()), draft=a_draft(claims=()))

    assert fired(turn)[0] == "MISSING_DATA"


def test_records_that_the_customer_can_name_are_asked_for():
    draft = a_draft(claims=(), question="Which order do you mean?")
    choices = some_evidence(facts=(), choices=("order 1", "order 2"))
    turn = a_drafted_turn(evidence=choices, draft=draft)

    assert (judged(turn).decision, codes(judged(turn))) == ("send", ["WHICH_RECORD"])


def test_another_language_goes_to_a_person():
    assert fired(a_drafted_turn(reading=a_reading(language="de"))) == ["LANGUAGE"]


def test_what_people_keep_for_themselves_goes_to_a_person():
    assert fired(a_drafted_turn(), policy=with_intent("order_status", always_person=True)) == [
        "PERSON_INTENT"
    ]


def test_a_trigger_that_is_taken_out_is_switched_off():
    policy = a_policy().model_copy(update={"triggers": {}})

    assert fired(a_drafted_turn("My lawyer will write to you."), policy=policy) == []
