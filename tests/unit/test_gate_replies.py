"""What a reply says stands on what was found, answers everything, and nothing is left out."""

from datetime import date

import pytest

from tests.builders import (
    a_drafted_turn,
    a_passage,
    a_reading,
    a_refund,
    an_approval,
    an_order_fact,
    some_evidence,
)
from tests.judging import bent_policy, codes, guesses, judged, objected, said, saying, with_intent

GOOD = ("Your order 1001 was delivered.", "order:1001")


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (("Parcels travel two to four days.", "shipping#1"), []),
        (("Parcels travel two to five days.", "shipping#1"), ["UNSUPPORTED_CLAIM"]),
        (("Parcels travel two to four days.",), ["UNSUPPORTED_CLAIM"]),
        (("Parcels travel two to four days.", "order:1001"), ["UNSUPPORTED_CLAIM"]),
        (
            ("Parcels travel two to four days.", "shipping#9"),
            ["INVENTED_CITATION", "UNSUPPORTED_CLAIM"],
        ),
        (("Parcels travel two to four days.", "shipping#1", "made-up"), ["INVENTED_CITATION"]),
        (("Hello Ada, thank you for your message!",), []),
    ],
)
def test_each_sentence_stands_in_what_it_cites(claim, expected):
    assert objected(GOOD, claim) == expected


def test_what_is_said_of_a_proposed_action_is_left_to_its_receipt():
    refund = a_refund(42_00)
    speaks = ("I have refunded you 42.00 EUR.", refund.id)

    assert (
        objected(GOOD, speaks, draft={"actions": (refund,)}, reading=a_reading("refund_request"))
        == []
    )
    assert objected(GOOD, speaks) == ["INVENTED_CITATION"]


def test_the_objection_says_which_sentence_and_why():
    draft = saying(GOOD, ("Parcels travel two to five days.", "shipping#1"))

    assert judged(a_drafted_turn(draft=draft)).words == (
        "“Parcels travel two to five days.”: two to five days is not in what it cites"
    )


@pytest.mark.parametrize(
    ("bent", "code"),
    [
        ({"audience": "internal"}, "INTERNAL_TEXT"),
        ({"effective_from": date(2026, 12, 1)}, "NOT_IN_FORCE"),
        ({"effective_until": date(2026, 11, 20)}, "NOT_IN_FORCE"),
    ],
)
def test_only_what_is_public_and_in_force_is_quoted(bent, code):
    evidence = some_evidence(passages=(a_passage(**bent),))

    assert objected(
        GOOD, ("Parcels travel two to four days.", "shipping#1"), evidence=evidence
    ) == [code]


def test_what_is_in_force_today_is_quoted():
    passage = a_passage(effective_from=date(2026, 11, 21), effective_until=date(2026, 11, 21))

    assert (
        objected(
            ("Parcels travel two to four days.", "shipping#1"),
            GOOD,
            evidence=some_evidence(passages=(passage,)),
        )
        == []
    )


def test_an_answer_cites_as_much_as_the_policy_wants():
    turn = a_drafted_turn(draft=saying(GOOD))

    assert codes(judged(turn, policy=bent_policy(min_citations=2))) == ["TOO_FEW_CITATIONS"]


@pytest.mark.parametrize(("similarity", "expected"), [(0.35, []), (0.34, ["THIN_EVIDENCE"])])
def test_an_article_has_to_be_near_enough(similarity, expected):
    evidence = some_evidence(passages=(a_passage(similarity=similarity),))
    claim = ("Parcels travel two to four days.", "shipping#1")

    assert objected(claim, evidence=evidence, reading=a_reading("delivery_times")) == expected


def test_what_was_not_found_is_looked_for_again():
    assert objected(GOOD, draft={"missing": "the colour"}) == ["THIN_EVIDENCE"]


def test_a_draft_that_says_nothing_is_no_answer():
    assert objected() == ["INTENT_UNANSWERED"]


def both(*claims, **bent) -> list[str]:
    """A message that wants to know about an order, and about returning things."""
    reading = a_reading(intents=guesses("order_status", "return_policy"))
    passages = (
        a_passage(),
        a_passage("You can return it within 30 days.", id="ret#1", category="returns"),
    )
    evidence = bent.pop("evidence", some_evidence(passages=passages))
    return objected(*claims, reading=reading, evidence=evidence, **bent)


RETURNS = ("You can return it within 30 days.", "ret#1")


def test_every_part_of_a_message_is_answered():
    assert both(GOOD, RETURNS) == []
    assert both(RETURNS) == ["INTENT_UNANSWERED"]
    assert both(GOOD) == ["INTENT_UNANSWERED"]


def test_a_second_look_may_answer_from_anywhere():
    other = ("Parcels travel two to four days.", "shipping#1")

    assert both(GOOD, other) == ["INTENT_UNANSWERED"]
    assert both(GOOD, other, looks=1) == []


def test_an_action_answers_its_part():
    reading = a_reading(intents=guesses("refund_request", "return_policy"))
    evidence = some_evidence(passages=(a_passage(RETURNS[0], id="ret#1", category="returns"),))
    draft = {"actions": (a_refund(42_00),)}

    assert objected(RETURNS, reading=reading, evidence=evidence, draft=draft) == []


def test_a_question_back_stands_for_the_parts_that_wait_for_it():
    assert both(RETURNS, draft={"question": "Which order do you mean?"}) == ["QUESTION"]


def test_who_is_not_verified_gets_the_part_that_needs_no_account():
    evidence = some_evidence(
        customer=None,
        facts=(),
        passages=(a_passage(RETURNS[0], id="ret#1", category="returns"),),
    )

    assert both(RETURNS, evidence=evidence) == ["VERIFY"]


def test_a_named_record_that_is_not_there_has_to_be_asked_about():
    evidence = some_evidence(facts=(), missing=("an order 9999 in your account",))
    ask = {"question": "I cannot find an order 9999. Is the number right?"}

    assert objected(evidence=evidence, draft=ask) == ["UNKNOWN_REFERENCE"]
    assert "UNKNOWN_REFERENCE" in objected(GOOD, evidence=evidence)


def test_a_question_names_no_number_that_nobody_has_mentioned():
    assert objected(draft={"question": "Do you mean order 7777?"}) == [
        "UNSUPPORTED_CLAIM",
        "QUESTION",
    ]
    assert objected(
        draft={"question": "Do you mean order 7777?"}, history=(said("It was 7777."),)
    ) == ["QUESTION"]


@pytest.mark.parametrize(
    ("question", "stands"),
    [
        ("Which order do you mean?", True),
        ("Thank you for writing. Which order do you mean?", True),
        ("You can return shoes within 30 days. Which order do you mean?", True),
        ("Returns are always free and taken for ever. Which order do you mean?", False),
        ("I have looked and all is well.", False),
        ("I cannot find your refund. Which order do you mean?", False),
    ],
)
def test_a_question_back_asks_and_states_nothing_that_was_not_found(
    question: str, stands: bool
) -> None:
    rules = a_passage("You can return shoes within 30 days.", id="r#1", category="returns")
    found = objected(evidence=some_evidence(passages=(rules,)), draft={"question": question})

    assert ("UNSUPPORTED_CLAIM" not in found) is stands


# --- second thoughts ------------------------------------------------------------------------------


def test_any_news_is_answered_from_the_open_approval():
    waiting = an_approval(a_drafted_turn())
    words = "A colleague has been looking at a refund of 80.00 EUR for order 1001."
    fact = an_order_fact().model_copy(
        update={"id": "approval:1", "kind": "approval", "words": (words,), "attributes": {}}
    )

    assert (
        objected(
            (words, "approval:1"),
            evidence=some_evidence(facts=(fact,), passages=()),
            reading=a_reading(intents=guesses("follow_up", "order_status")),
            pending=(waiting,),
        )
        == []
    )


def test_taking_a_request_back_is_an_answer_by_itself():
    waiting = an_approval(a_drafted_turn())
    reading = a_reading("withdraw_request")

    assert objected(reading=reading, pending=(waiting,)) == []
    assert objected(reading=reading) == ["INTENT_UNANSWERED"]


def test_parts_that_want_no_answer_need_none():
    reading = a_reading(intents=guesses("order_status", "thanks"))

    assert objected(GOOD, reading=reading) == []
    assert with_intent("thanks").intents["thanks"].replies is False


def test_a_greeting_around_nothing_is_no_reply():
    refund = a_refund(42_00)
    speaks = ("I am going to refund it.", refund.id)
    asked = an_approval(a_drafted_turn(), actions=(refund,))

    for claims in ((), (speaks,)):
        turn = a_drafted_turn(
            "Please refund order 1001.",
            draft=saying(*claims, actions=(refund,)),
            reading=a_reading("refund_request"),
            pending=(asked,),
        )
        verdict = judged(turn)

        assert (verdict.decision, codes(verdict)) == ("look_again", ["INTENT_UNANSWERED"])
