"""Without a key, answers are made of what was found, and nothing is done that was not asked for."""

from typing import Any

import pytest

from deskhand.adapters.memory.embedder import HashingEmbedder
from deskhand.adapters.models.offline import GLADLY, UNTIL_WHEN, OfflineModel
from deskhand.domain.classification import IntentGuess
from deskhand.domain.draft import Draft
from deskhand.domain.evidence import Fact
from deskhand.domain.verdict import Objection
from deskhand.text.entities import entities_of
from deskhand.tools.registry import OURS
from tests.builders import (
    a_passage,
    a_reading,
    a_retrieved_turn,
    a_turn,
    an_approval,
    an_order_fact,
    some_evidence,
)
from tests.reading import SMALL, a_small_classifier, an_intent

TOOLS = [OURS.actions["refund_order"].spec()]
INTENTS = SMALL | {
    name: an_intent(name, confidence=0.6) for name in ("follow_up", "withdraw_request")
}
RULES = a_passage(
    "You can return shoes within 30 days. Worn shoes cannot be returned. We are happy birds.",
    id="rules#1",
    category="returns",
    heading="Return rules",
    similarity=0.7,
)
HOURS = a_passage(
    "The shop is open from Tuesday to Saturday.",
    id="hours#1",
    category="service",
    heading="Opening hours",
    similarity=0.7,
)


def a_model() -> OfflineModel:
    return OfflineModel(HashingEmbedder(), a_small_classifier())


def drafted(text: str, *intents: str, confidence: float = 0.9, **bent: Any) -> Draft:
    evidence = some_evidence(**{"passages": (RULES, HOURS), "facts": ()} | bent.pop("evidence", {}))
    parts = bent.pop("parts", [text] * len(intents))
    guesses = tuple(
        IntentGuess(intent=name, confidence=confidence, part=part)
        for name, part in zip(intents, parts, strict=True)
    )
    reading = a_reading(intents=guesses, question=text, entities=entities_of(text))
    turn = a_retrieved_turn(text, reading=reading, evidence=evidence, **bent)
    return a_model().draft(turn, intents=INTENTS, tools=TOOLS)


def said(draft: Draft) -> list[str]:
    return [claim.text for claim in draft.claims]


# --- answers --------------------------------------------------------------------------------------


def test_an_answer_stands_in_its_passage_and_cites_it() -> None:
    draft = drafted("Can worn shoes be returned?", "rules")

    (claim, *_) = draft.claims
    assert claim.text in RULES.text
    assert claim.supports == ("rules#1",)
    assert draft.written_by == "offline"
    assert draft.missing == ""


def test_articles_on_something_else_are_not_quoted() -> None:
    draft = drafted("Can worn shoes be returned on Saturday when the shop is open?", "rules")

    assert {claim.supports for claim in draft.claims} == {("rules#1",)}


def test_a_second_look_may_quote_any_article() -> None:
    draft = drafted("Is the shop open on Saturday?", "rules", looks=1)

    assert ("hours#1",) in {claim.supports for claim in draft.claims}


def test_two_questions_of_one_kind_are_both_answered() -> None:
    draft = drafted(
        "Can worn shoes be returned? How many days within which to return shoes?", "rules"
    )

    assert {"Worn shoes cannot be returned.", "You can return shoes within 30 days."} <= set(
        said(draft)
    )


def test_each_thing_that_is_asked_gets_its_own_answer() -> None:
    parts = ["Can worn shoes be returned?", "When is the shop open?"]
    draft = drafted(" ".join(parts), "rules", "hours", parts=parts)

    assert {claim.supports for claim in draft.claims} == {("rules#1",), ("hours#1",)}


def test_what_no_article_says_is_named_as_missing() -> None:
    draft = drafted("zorp quux", "hours")

    assert draft.claims == ()
    assert draft.missing == "zorp quux"
    assert draft.confidence == 0.0


def test_words_far_from_every_article_find_what_is_said_of_their_topic() -> None:
    assert said(drafted("zorp quux", "rules")) == ["Worn shoes cannot be returned."]


def test_a_sentence_that_was_objected_to_is_not_said_again() -> None:
    lesson = Objection(
        code="UNSUPPORTED_CLAIM", words="“Worn shoes cannot be returned.”: no", cure="rewrite"
    )
    draft = drafted("Can worn shoes be returned?", "rules", lessons=(lesson,), looks=1)

    assert "Worn shoes cannot be returned." not in said(draft)


def test_an_answer_from_articles_is_as_sure_as_the_reading_before_it_is_weighed() -> None:
    assert drafted("Can worn shoes be returned?", "rules").confidence == 0.9


def test_what_no_intent_knows_is_answered_as_surely_as_the_article_is_near() -> None:
    draft = drafted("Can worn shoes be returned?")

    assert "Worn shoes cannot be returned." in said(draft)
    assert draft.confidence == 0.7


def test_what_neither_intent_nor_article_knows_is_missing() -> None:
    draft = drafted("zorp quux")

    assert (draft.claims, draft.missing, draft.confidence) == ((), "zorp quux", 0.0)


def test_thanks_want_no_words() -> None:
    assert drafted("thank you", "gratitude") == Draft(written_by="offline")


# --- records and actions --------------------------------------------------------------------------

ORDER = {"facts": (an_order_fact(),)}


def test_what_is_asked_to_be_done_is_proposed_for_the_order_that_was_found() -> None:
    draft = drafted("Please refund order 1001", "money_back", evidence=ORDER)

    (action,) = draft.actions
    assert action.arguments == {"order_id": "1001", "amount_cents": 42_00}
    assert said(draft) == ["Your order 1001 was delivered."]
    assert draft.confidence == 0.9


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("Please refund 10 EUR of order 1001", 10_00),
        ("I paid 42 EUR. Please refund 10 EUR of order 1001", 10_00),
        ("I was charged 10 EUR too much. Please refund that of order 1001", 10_00),
    ],
)
def test_the_amount_that_is_asked_for_is_proposed(text: str, cents: int) -> None:
    (action,) = drafted(text, "money_back", evidence=ORDER).actions

    assert action.arguments["amount_cents"] == cents


@pytest.mark.parametrize(
    "text",
    [
        "How do refunds work for order 1001?",
        "Where is my refund for order 1001?",
        "Please do not refund order 1001",
        "If I decided to send order 1001 back, would you refund it?",
    ],
)
def test_what_is_only_asked_about_is_not_done(text: str) -> None:
    assert drafted(text, "money_back", evidence=ORDER).actions == ()


def test_of_several_orders_the_customer_says_which() -> None:
    choices = ("order 1001 of May (a lamp)", "order 1002 of June (a pan)")
    draft = drafted("Please refund my order", "money_back", evidence={"choices": choices})

    assert draft.question == f"Which one do you mean: {choices[0]} or {choices[1]}?"
    assert (draft.claims, draft.actions) == ((), ())


def test_a_number_that_is_not_there_is_asked_for_again() -> None:
    missing = ("an order 9 in your account",)
    draft = drafted("Please refund order 9", "money_back", evidence={"missing": missing})

    assert draft.question.startswith("I cannot find an order 9 in your account.")


def test_a_record_that_nobody_needs_is_not_asked_for() -> None:
    draft = drafted("Can worn shoes be returned?", "rules", evidence={"missing": ("an order 9",)})

    assert draft.question == ""
    assert draft.claims


def test_nothing_found_and_nothing_to_ask_is_no_answer() -> None:
    draft = drafted("Please refund it", "money_back", evidence={"passages": ()})

    assert (draft.question, draft.claims, draft.missing) == ("", (), "Please refund it")


def test_of_a_long_record_the_sentences_nearest_to_the_question_are_told() -> None:
    order = an_order_fact()
    words = (
        "Order 1001 is on its way.",
        "It was placed on Monday.",
        "It contains a blue kettle.",
        "It was paid by card.",
        "The kettle is a present.",
    )
    long = order.model_copy(update={"words": words})
    draft = drafted("Please refund the blue kettle", "money_back", evidence={"facts": (long,)})

    assert said(draft) == [words[0], words[1], words[2], words[4]]


# --- which of several things is to be done --------------------------------------------------------

DESK = INTENTS | {
    "account": an_intent("account", actions=("recover_password", "update_record"), evidence=()),
    "resting": an_intent("resting", actions=("pause_subscription",), evidence=("fact",)),
    "devices": an_intent("devices", lookups=("find_devices", "find_incident"), evidence=()),
}
RUNNING = Fact(
    id="subscription:S1",
    kind="subscription",
    key="S1",
    source="subscriptions",
    words=("Your subscription S1 is active.",),
    attributes={"subscription_id": "S1"},
)


def at_the_desk(text: str, intent: str, **evidence: Any) -> Draft:
    reading = a_reading(
        intents=(IntentGuess(intent=intent, confidence=0.9, part=text),), question=text
    )
    found = some_evidence(**{"passages": (), "facts": ()} | evidence)
    turn = a_retrieved_turn(text, reading=reading, evidence=found)
    tools = [action.spec() for action in OURS.actions.values()]
    return a_model().draft(turn, intents=DESK, tools=tools)


def test_the_words_of_the_wish_tell_what_is_to_be_done() -> None:
    draft = at_the_desk("Please send me a link for a new password.", "account")

    assert [action.name for action in draft.actions] == ["recover_password"]


def test_a_wish_that_no_words_tell_does_nothing_and_says_nothing() -> None:
    draft = at_the_desk("Please paint my account green.", "account")

    assert draft.actions == ()
    assert draft.claims == ()
    assert draft.missing == "Please paint my account green."


def test_nothing_is_done_for_somebody_who_has_not_shown_who_they_are() -> None:
    draft = at_the_desk("Please send me a link for a new password.", "account", customer=None)

    assert draft.actions == ()


def test_a_pause_without_its_day_is_asked_about() -> None:
    asked = at_the_desk("Please pause my subscription.", "resting", facts=(RUNNING,))
    named = at_the_desk("Please pause it for two weeks.", "resting", facts=(RUNNING,))

    assert (asked.actions, asked.question) == ((), UNTIL_WHEN)
    assert [action.name for action in named.actions] == ["pause_subscription"]
    assert named.question == ""


@pytest.mark.parametrize(("product", "told"), [("Night recorder", True), ("Night camera", False)])
def test_a_disturbance_is_told_to_whom_it_concerns(product: str, told: bool) -> None:
    device = Fact(
        id="device:d1",
        kind="device",
        key="d1",
        source="telemetry",
        words=(f"Your {product} reports: waiting.",),
        attributes={"product": product},
    )
    incident = Fact(
        id="incident:i1",
        kind="incident",
        key="i1",
        source="incidents",
        words=("The library is slow.",),
        attributes={"component": "recorder library"},
    )
    draft = at_the_desk("It does not work.", "devices", facts=(device, incident))

    assert f"Your {product} reports: waiting." in said(draft)
    assert ("The library is slow." in said(draft)) is told


# --- requests that wait ---------------------------------------------------------------------------


def test_news_of_a_request_come_from_the_request_itself() -> None:
    waiting = Fact(
        id="approval:a1",
        kind="approval",
        key="a1",
        source="approvals",
        words=("A colleague has been looking at a refund since Monday.",),
    )
    draft = drafted(
        "Please refund me, any news?", "follow_up", evidence={"facts": (an_order_fact(), waiting)}
    )

    assert said(draft) == ["A colleague has been looking at a refund since Monday."]
    assert draft.actions == ()


def test_a_request_taken_back_gets_a_kind_word_where_nothing_else_is_said() -> None:
    waiting = an_approval(a_turn())

    assert said(drafted("forget it", "withdraw_request")) == [GLADLY]
    assert said(drafted("forget it", "withdraw_request", pending=(waiting,))) == []


# --- together -------------------------------------------------------------------------------------


def test_a_modest_part_does_not_make_a_strict_one_unsure() -> None:
    parts = ["Please refund order 1001.", "Can worn shoes be returned?"]
    draft = drafted(
        " ".join(parts), "money_back", "rules", parts=parts, confidence=0.86, evidence=ORDER
    )

    assert SMALL["money_back"].confidence <= draft.confidence


def test_an_unsure_part_makes_the_whole_unsure() -> None:
    parts = ["Please refund order 1001.", "zorp quux"]
    draft = drafted(" ".join(parts), "money_back", "hours", parts=parts, evidence=ORDER)

    assert draft.confidence < SMALL["money_back"].confidence
    assert draft.missing == "zorp quux"
