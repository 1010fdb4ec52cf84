"""A message that leans on what was said before is read together with it."""

import pytest

from deskhand.domain.ticket import Message
from deskhand.text.followups import (
    BEGINNING_CHARS,
    answers_us,
    asked_before,
    entities_so_far,
    leans_on_before,
    said_before,
    standalone_question,
    words_asked,
)
from tests.builders import a_message, a_turn

WISH = a_message("Please refund the kettle that I bought from you.", id="m1")
WHICH = a_message("Which one do you mean: order 1001 or order 1002?", id="m2", author="agent")
TOLD = a_message("The kettle was refunded.", id="m2", author="agent")
ASKED = (WISH, WHICH)


@pytest.mark.parametrize("text", ["1002", "yes please", "no", "the kettle", "order 1002, thanks"])
def test_what_we_asked_for_answers_us(text: str) -> None:
    assert answers_us(text, ASKED)


@pytest.mark.parametrize(
    ("text", "history"),
    [
        ("1002", ()),
        ("1002", (WISH, TOLD)),
        ("1002", (WISH,)),
        ("When are you open?", ASKED),
        ("I have thought about it for a while and would like to know how you make them", ASKED),
    ],
)
def test_anything_else_does_not_answer_us(text: str, history: tuple[Message, ...]) -> None:
    assert not answers_us(text, history)


@pytest.mark.parametrize(
    "text",
    ["and the other one?", "what about Norway", "How long?", "and it?", "how long does that take"],
)
def test_a_short_question_leans_on_the_one_before(text: str) -> None:
    assert leans_on_before(text, (WISH, TOLD))
    assert not leans_on_before(text, ())


def test_a_whole_question_leans_on_nothing() -> None:
    assert not leans_on_before("When is your shop open on Saturdays?", (WISH, TOLD))


def test_what_was_asked_before_says_more_than_a_few_words() -> None:
    short = a_message("the kettle", id="m3")

    assert asked_before((WISH, WHICH, short)) == WISH.text
    assert asked_before((short,)) == short.text
    assert asked_before((WHICH,)) == ""


@pytest.mark.parametrize(
    ("text", "history", "question"),
    [
        ("1002", ASKED, f"{WISH.text}\n1002"),
        ("and the other one?", (WISH, TOLD), f"{WISH.text}\nand the other one?"),
        ("When are you open on Saturdays?", (WISH, TOLD), "When are you open on Saturdays?"),
        ("How long?", (), "Delivery to Norway\nHow long?"),
    ],
)
def test_a_question_stands_alone(text: str, history: tuple[Message, ...], question: str) -> None:
    turn = a_turn(text, history=history, subject="Delivery to Norway")

    assert standalone_question(turn) == question


def test_what_was_said_last_belongs_to_a_question_most_and_the_customers_words_more_than_ours() -> (
    None
):
    later = a_message("And the toaster?", id="m4")
    weights = dict(said_before((a_message("Good morning", id="m0"), WISH, TOLD, later)))

    assert list(weights) == [later.text, WISH.text, TOLD.text]
    assert weights[later.text] > weights[WISH.text] > weights[TOLD.text] > 0


def test_of_a_long_message_its_beginning_tells_what_it_is_about() -> None:
    [(beginning, _)] = said_before((a_message("The kettle leaks. " * 100, id="m0"),))

    assert len(beginning) == BEGINNING_CHARS


def test_what_comes_first_in_a_conversation_is_asked_as_it_stands() -> None:
    assert said_before(()) == ()
    assert words_asked("How long?", ()) == "How long?"
    assert words_asked("How long?", (TOLD,)) == "How long?"


def test_the_words_of_the_question_count_more_than_those_before_it() -> None:
    asked = words_asked("and a toaster?", (WISH, TOLD)).split()

    assert asked.count("toaster?") == 2
    assert asked.count("kettle") == 1


def test_a_number_named_before_is_still_meant_and_an_amount_is_not() -> None:
    before = a_message("Refund 10 EUR of order 1042 to me@example.com please", id="m1")
    now = entities_so_far("and how long does that take?", (before, TOLD))

    assert now.references == ("1042",)
    assert now.emails == ("me@example.com",)
    assert now.amounts_cents == ()


def test_a_number_named_now_goes_before_one_named_earlier() -> None:
    before = a_message("Where is order 1042?", id="m1")

    assert entities_so_far("I meant order 1043", (before,)).references == ("1043",)
