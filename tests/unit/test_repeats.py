"""The same question again, and answers that did not help, are counted."""

import pytest

from deskhand.domain.ticket import Message
from deskhand.text.repeats import failed_attempts, says_it_failed, times_asked
from tests.builders import a_message


def said(*texts: str) -> tuple[Message, ...]:
    """A history in which the customer and we take turns."""
    return tuple(
        a_message(text, id=f"h{at}", author="agent" if at % 2 else "customer")
        for at, text in enumerate(texts)
    )


def test_the_same_question_in_nearly_the_same_words_is_counted() -> None:
    history = said("where is my parcel?", "On its way.", "Hello?? Where's my parcel", "On its way.")

    assert times_asked("I ask again: where is my parcel please!", history) == 3


def test_another_question_about_the_same_shop_is_another_question() -> None:
    history = said("where is my parcel?", "On its way.", "do you ship to France", "We do.")

    assert times_asked("can I return the feeder without its box?", history) == 1


def test_a_question_among_others_is_found() -> None:
    history = said("Hi! I have a new garden. What does the oak feeder weigh?", "Two kilos.")

    assert times_asked("What does the oak feeder weigh", history) == 2


def test_what_we_said_is_not_counted() -> None:
    assert times_asked("where is my parcel?", said("Hi", "Where is your parcel?")) == 1


def test_asking_for_news_in_other_words_is_asking_again() -> None:
    history = said("any news?", "Not yet.", "has anybody looked at it?", "Not yet.")

    assert times_asked("Any update on my request", history) == 3


def test_nothing_asked_is_counted_as_nothing() -> None:
    assert times_asked("ok", said("Where is it?", "Here.")) == 0


@pytest.mark.parametrize(
    "text",
    [
        "that didn't help",
        "It still doesn't work",
        "Same problem again",
        "I already tried that",
        "This does not answer my question",
        "no luck, nothing changed",
        "You're not helping",
    ],
)
def test_an_answer_that_did_not_help_is_noticed(text: str) -> None:
    assert says_it_failed(text)


@pytest.mark.parametrize(
    "text", ["it works now, thanks", "does it work in the rain?", "that helped", "where is it"]
)
def test_an_answer_that_helped_is_none(text: str) -> None:
    assert not says_it_failed(text)


def test_failed_attempts_are_counted_only_after_an_answer() -> None:
    assert failed_attempts("It still does not open", ()) == 0

    history = said("It still does not open", "Turn it left.", "that didn't help", "Turn it right.")
    assert failed_attempts("still not working", history) == 2


@pytest.mark.parametrize(
    ("before", "again"),
    [
        ("Where is my parcel?", "WHERE IS MY PACKAGE??"),
        ("where's my order 1042", "I asked you when my order 1042 arrives"),
        ("I'd like a refund", "I want my money back please"),
        ("Can I have my money back for the lamp?", "refund for the lamp!"),
        ("please cancel my order", "so can you cancel that order now?"),
    ],
)
def test_the_same_in_other_words_is_asked_again(before: str, again: str) -> None:
    assert times_asked(again, said(before, "We are looking into it.")) == 2


@pytest.mark.parametrize(
    ("before", "next_one"),
    [
        ("Where is order 1042?", "And where is order 1043?"),
        ("Where is my order?", "please cancel my order"),
        ("Where is my order?", "Can I return the item I received?"),
        ("How much is delivery to France?", "Where is my parcel?"),
        ("Do you have oak feeders?", "Do you have gift cards?"),
    ],
)
def test_the_next_question_is_not_the_same_one(before: str, next_one: str) -> None:
    assert times_asked(next_one, said(before, "Here it is.")) == 1


def test_something_done_this_morning_is_no_failed_attempt() -> None:
    assert not says_it_failed("I would like to undo the order that I did this morning")
