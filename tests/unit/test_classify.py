"""The local classifier is believed where it is sure; else a model is asked."""

from collections.abc import Sequence
from typing import Any

import pytest

from deskhand.adapters.memory.embedder import HashingEmbedder
from deskhand.domain.classification import Classification, IntentGuess
from deskhand.domain.draft import Draft
from deskhand.domain.policy import Intent
from deskhand.domain.tool import ToolSpec
from deskhand.domain.turn import Retrieved, Turn
from deskhand.stages.classify import classify
from tests.builders import a_message, a_policy, a_turn, an_approval
from tests.reading import SMALL, a_small_classifier

FROM_THE_MODEL = Classification(
    intents=(IntentGuess(intent="hours", confidence=0.9, part="?"),), question="", read_by="a model"
)


class AskedModel:
    """Remembers what it was asked to read."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def classify(self, turn: Turn, *, intents: dict[str, Intent]) -> Classification:
        self.asked.append(turn.text)
        return FROM_THE_MODEL

    def draft(
        self,
        turn: Retrieved,
        *,
        intents: dict[str, Intent],
        tools: Sequence[ToolSpec],
        files: Sequence[object] = (),
    ) -> Draft:
        raise NotImplementedError


def read(*texts: str, **bent: Any) -> tuple[Classification, AskedModel]:
    model = AskedModel()
    reading = classify(
        a_turn(*texts, **{"subject": ""} | bent),
        embedder=HashingEmbedder(),
        fitted=a_small_classifier(),
        model=model,
        policy=a_policy().model_copy(update={"intents": SMALL}),
    )
    return reading, model


SURE = "please refund my order"
UNSURE = "zorp quux blimfle"


def test_a_sure_reading_asks_nobody() -> None:
    reading, model = read(SURE)

    assert reading.intent == "money_back"
    assert reading.read_by == "local classifier"
    assert reading.question == SURE
    assert model.asked == []


def test_an_unsure_one_asks_the_model() -> None:
    reading, model = read(UNSURE)

    assert model.asked == [UNSURE]
    assert (reading.intent, reading.read_by) == ("hours", "a model")
    assert reading.question == UNSURE  # the model left it out


@pytest.mark.parametrize("text", [SURE, UNSURE])
def test_feelings_names_and_wishes_are_read_by_rule_whoever_reads(text: str) -> None:
    reading, _ = read(f"{text} !!! This is URGENT, order #1042. Get me a human!")

    assert reading.urgency == "high"
    assert reading.language == "en"
    assert reading.entities.references == ("1042",)
    assert reading.wants_person


def test_a_number_in_the_subject_is_named_too() -> None:
    reading, _ = read(SURE, subject="Order 1042")

    assert reading.entities.references == ("1042",)


def test_a_number_in_the_text_goes_before_the_subjects() -> None:
    reading, _ = read("please refund my order 1043", subject="Order 1042")

    assert reading.entities.references == ("1043",)


def test_a_subject_without_a_number_names_nothing() -> None:
    reading, _ = read(SURE, subject="Hello there")

    assert reading.entities.references == ()


def test_what_was_named_earlier_in_the_episode_is_still_named() -> None:
    before = a_message("Where is order 1042?", id="m0")
    reading, _ = read(SURE, history=(before,), subject="Order 7")

    assert reading.entities.references == ("1042",)


def test_a_wish_for_a_person_in_the_subject_counts_when_a_ticket_begins() -> None:
    subject = "I want to talk to a human being"
    before = a_message("Where is order 1042?", id="m0")

    assert read(SURE, subject=subject)[0].wants_person
    assert not read(SURE, subject=subject, history=(before,))[0].wants_person


def test_no_to_our_question_takes_the_request_back() -> None:
    asked = a_message("Shall I go ahead with it?", id="m0", author="agent")
    reading, model = read("No, please don't", history=(asked,))

    assert reading.intent == "withdraw_request"
    assert model.asked == []


@pytest.mark.parametrize(
    ("text", "intent"),
    [("forget it, I keep it", "withdraw_request"), ("any news on that?", "follow_up")],
)
def test_what_is_said_of_a_request_that_waits_is_read_by_its_words(text: str, intent: str) -> None:
    waiting = an_approval(a_turn())

    assert read(text, pending=(waiting,))[0].intent == intent
    assert read(text)[0].intent != intent


def test_what_answers_our_question_is_read_with_what_it_answers() -> None:
    wish = a_message("please refund my order, it is too large", id="m0")
    which = a_message("Which one do you mean: 1001 or 1002?", id="m1", author="agent")
    reading, _ = read("1002", history=(wish, which))

    assert reading.intent == "money_back"
    assert reading.question == f"{wish.text}\n1002"
    assert reading.entities.references == ("1002",)


def test_a_question_that_leans_on_another_may_want_another_thing() -> None:
    before = a_message("please refund my order, it is too large", id="m0")
    reading, _ = read("and when are you open on Sunday?", history=(before,))

    assert [guess.intent for guess in reading.intents] == ["hours"]
    assert reading.question.startswith(before.text)


def test_one_that_says_nothing_by_itself_wants_what_was_wanted_before() -> None:
    before = a_message("please refund my order, it is too large", id="m0")
    reading, _ = read("and the blimfle?", history=(before,))

    assert reading.intent == "money_back"
