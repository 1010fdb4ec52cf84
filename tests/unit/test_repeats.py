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
