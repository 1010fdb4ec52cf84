"""From reading to the gate: words that could be about anything lead to a question, once."""

from typing import Any

import pytest

from deskhand.adapters.memory.embedder import HashingEmbedder
from deskhand.adapters.models.offline import OfflineModel
from deskhand.domain.classification import IntentGuess
from deskhand.domain.draft import Draft
from deskhand.domain.ticket import Message
from deskhand.domain.verdict import Verdict
from deskhand.stages.classify import classify
from deskhand.text.followups import standalone_question
from deskhand.text.unclear import LEAD
from tests.builders import (
    a_draft,
    a_drafted_turn,
    a_message,
    a_passage,
    a_policy,
    a_reading,
    a_retrieved_turn,
    a_turn,
    an_order_fact,
    some_evidence,
)
from tests.judging import judged
from tests.reading import SMALL, a_small_classifier

RULES = a_passage(id="rules#1", article_id="rules", title="Return rules", similarity=0.3)
HOURS = a_passage(id="hours#1", article_id="hours", title="Opening hours", similarity=0.28)
NEAR = RULES.model_copy(update={"similarity": 0.7})
ASKED: tuple[Message, ...] = (
    a_message("how long?", id="h1"),
    a_message(f"{LEAD} Is it about “Return rules”?", id="h2", author="agent"),
)


def drafted(text: str, *intents: str, confidence: float = 0.95, **bent: Any) -> Draft:
    question = bent.pop("question", text)
    found = {"passages": (RULES, HOURS), "facts": ()} | bent.pop("evidence", {})
    guesses = tuple(IntentGuess(intent=one, confidence=confidence, part=text) for one in intents)
    turn = a_retrieved_turn(
        text,
        reading=a_reading(intents=guesses, question=question),
        evidence=some_evidence(**found),
        **{"subject": ""} | bent,
    )
    model = OfflineModel(HashingEmbedder(), a_small_classifier())
    return model.draft(turn, intents=SMALL, tools=[])


def read(text: str, history: tuple[Message, ...]) -> str:
    embedder, fitted = HashingEmbedder(), a_small_classifier()
    reading = classify(
        a_turn(text, subject="", history=history),
        embedder=embedder,
        fitted=fitted,
        model=OfflineModel(embedder, fitted),
        policy=a_policy().model_copy(update={"intents": SMALL}),
    )
    return reading.intent


def verdict(text: str, draft: Draft) -> Verdict:
    far = some_evidence(passages=(RULES,), facts=())
    reading = a_reading(intents=(), question=text)
    turn = a_drafted_turn(text, reading=reading, evidence=far, draft=draft, subject="")
    return judged(turn)


# --- the draft ----------------------------------------------------------------------------------


@pytest.mark.parametrize("intents", [(), ("rules",), ("rules", "hours")])
def test_where_articles_have_to_answer_an_open_question_is_asked_back(intents: Any) -> None:
    draft = drafted("how long?", *intents)

    assert "“Return rules”" in draft.question
    assert draft.claims == ()


def test_a_sure_reading_with_an_article_that_is_clearly_near_is_answered() -> None:
    near = {"evidence": {"passages": (NEAR, HOURS)}}

    assert drafted("how long?", "rules", **near).question == ""
    assert LEAD in drafted("how long?", "rules", confidence=0.5, **near).question
    assert LEAD in drafted("how long?", **near).question


def test_what_a_record_or_an_action_settles_is_no_question_about_articles() -> None:
    assert drafted("how long?", "money_back").question == ""
    record = {"evidence": {"facts": (an_order_fact(),)}}
    assert drafted("how long?", "rules", **record).question == ""


def test_thanks_are_not_asked_what_they_mean() -> None:
    assert drafted("great", "gratitude").question == ""


def test_who_is_as_unclear_again_is_not_asked_again_nor_answered() -> None:
    asked = "how long do parcels travel"
    assert drafted("parcels", history=ASKED, question=asked).claims

    draft = drafted("that thing", history=ASKED, question=asked)

    assert (draft.question, draft.claims, draft.confidence) == ("", (), 0.0)
    assert draft.missing


# --- the answer to it ---------------------------------------------------------------------------


def test_what_was_chosen_takes_the_place_of_its_number() -> None:
    turn = a_turn("the first one", subject="", history=ASKED)

    assert standalone_question(turn) == "how long?\nReturn rules"


def test_a_long_answer_stands_alone() -> None:
    text = "I have thought about it and would like to know when your shop is open on Saturdays"

    assert standalone_question(a_turn(text, subject="", history=ASKED)) == text


def test_no_to_what_is_it_about_is_no_withdrawal() -> None:
    assert read("no", ASKED) != "withdraw_request"
    assert read("no, when are you open", ASKED) == "hours"
    assert read("never mind", ASKED) == "withdraw_request"


# --- the gate -----------------------------------------------------------------------------------


def test_what_nobody_can_tell_yet_is_not_out_of_scope() -> None:
    asks = a_draft(claims=(), question=LEAD)

    assert verdict("how long?", asks).decision == "send"
    assert verdict("how long is the Danube?", asks).decision == "escalate"
    assert verdict("how long?", a_draft(claims=())).decision == "escalate"


def test_it_is_no_gap_of_the_articles() -> None:
    asks = a_draft(claims=(), question=LEAD)

    assert verdict("how long?", asks).articles == "unasked"
    assert verdict("how long is the Danube?", asks).articles == "thin"
