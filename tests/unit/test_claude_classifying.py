"""What a model reads becomes a reading of the policy's intents, and no surer than it has earned."""

from typing import Any

import pytest

from deskhand.adapters.models.claude.classifying import MOST_SURE
from deskhand.domain.classification import Classification
from deskhand.domain.memory import Matter, Memory
from deskhand.domain.turn import Turn
from tests.asking import SPENT, answering
from tests.builders import a_message, a_policy, a_turn

ASKED = "Where is my order 1001? And please change my address."


def wish(intent: str = "order_status", confidence: float = 0.8, part: str = "") -> dict[str, Any]:
    return {"intent": intent, "confidence": confidence, "part": part}


def read(*wishes: dict[str, Any], turn: Turn | None = None, **said: Any) -> Classification:
    model, _ = answering(intents=list(wishes), **said)
    return model.classify(turn or a_turn(ASKED), intents=a_policy().intents)


def test_a_reading_says_who_read_it_by_which_prompts_and_what_that_used() -> None:
    reading = read(wish())

    assert reading.read_by.startswith("claude-haiku-5-5 (prompts ")
    assert reading.usage == SPENT
    assert reading.question == "Where is my order 1001?"


def test_wishes_are_named_once_each_the_surest_first() -> None:
    reading = read(wish(confidence=0.5), wish("change_address", 0.7), wish(confidence=0.6))

    assert [(guess.intent, guess.confidence) for guess in reading.intents] == [
        ("change_address", 0.7),
        ("order_status", 0.6),
    ]


@pytest.mark.parametrize("name", ["make_coffee", "", "none_of_ours", "ORDER_STATUS"])
def test_what_the_policy_does_not_know_or_does_not_handle_is_no_wish(name: str) -> None:
    assert read(wish(name)).intents == ()


@pytest.mark.parametrize(
    ("stated", "believed"), [(1.0, MOST_SURE), (99.0, MOST_SURE), (0.5, 0.5), (1e-9, None)]
)
def test_no_reading_is_surer_than_is_believed(stated: float, believed: float | None) -> None:
    guesses = read(wish(confidence=stated)).intents

    assert [guess.confidence for guess in guesses] == ([believed] if believed else [])


@pytest.mark.parametrize("stated", [-1.0, 0.0])
def test_a_wish_that_is_not_believed_at_all_is_none(stated: float) -> None:
    assert read(wish(confidence=stated)).intents == ()


def test_the_part_is_what_the_customer_wrote_or_else_all_of_it() -> None:
    assert read(wish(part="WHERE is  my\norder 1001?")).intents[0].part == "WHERE is my order 1001?"
    assert read(wish(part="I want a refund")).intents[0].part == ASKED
    assert read(wish(part="")).intents[0].part == ASKED


def test_words_of_a_model_are_one_line_that_reads_as_it_is_written() -> None:
    reading = read(wish(), question="Where\nis \u202emy\u200b order\0?")

    assert reading.question == "Where is my order ?".replace(" ?", "?")


@pytest.mark.parametrize(
    ("said", "read_as"), [("DE", "de"), ("fil", "fil"), ("English", "en"), ("", "en"), ("語", "en")]
)
def test_a_language_is_a_short_code(said: str, read_as: str) -> None:
    assert read(wish(), language=said).language == read_as


def test_what_was_said_before_is_told_and_so_is_what_is_said_now() -> None:
    model, asked = answering(language="en")
    before = (a_message("Is the lamp in stock?", id="h1"),)
    model.classify(a_turn("and the other?", history=before), intents=a_policy().intents)

    (ask,) = asked.asks
    assert ask.task == "classify"
    assert ask.conversation_id == "inbox:T1"
    assert ask.turn.index("lamp in stock") < ask.turn.index("and the other?")


def test_what_was_said_long_before_is_told_in_short() -> None:
    model, asked = answering(language="en")
    matter = Matter(messages=("h0",), asked="a lamp", came_of_it="told the price.")
    turn = a_turn("and the other?", memory=Memory(matters=(matter,)))
    model.classify(turn, intents=a_policy().intents)

    assert "What was said before, in short:\n<summary " in asked.asks[0].turn
    assert "a lamp We told the price." in asked.asks[0].turn
