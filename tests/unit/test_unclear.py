"""Words that could be about anything are asked about, once, and the answer is understood."""

from typing import Any

import pytest

from deskhand.domain.ticket import Attachment
from deskhand.domain.turn import Turn
from deskhand.text.unclear import (
    CLEARLY_NEAR,
    LEAD,
    LEAST_SIMILARITY,
    chosen,
    is_clearly_near,
    is_open,
    is_still_open,
    question_back,
    telling,
    was_asked,
    with_question,
)
from tests.builders import a_message, a_passage, a_turn, an_approval

DELIVERY = a_passage(article_id="delivery", title="Delivery times and costs", similarity=0.34)
TRACKING = a_passage(article_id="tracking", title="Tracking a parcel", similarity=0.3)
GIFTS = a_passage(article_id="gifts", title="Gift cards", similarity=0.28)
RETURNS = a_passage(article_id="returns", title="Return policy", similarity=0.27)
FAR = a_passage(article_id="far", title="Far away", similarity=LEAST_SIMILARITY - 0.01)
ASKED = f"Hello!\n\n{LEAD} Is it about “{DELIVERY.title}”, about “{TRACKING.title}”, or else?"
HISTORY = (
    a_message("how long?", id="h1"),
    a_message(ASKED, id="h2", author="agent"),
)


def first(text: str, **bent: Any) -> Turn:
    return a_turn(text, **{"subject": ""} | bent)


def answering(text: str) -> Turn:
    return first(text, history=HISTORY)


# --- when ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["how long?", "And now?", "It doesn't work", "do you still have it", "Hi, I need some help!"],
)
def test_words_that_could_be_about_anything_are_open(text: str) -> None:
    assert is_open(first(text))


@pytest.mark.parametrize(
    "text",
    ["klarna?", "are you there on mondays", "and to Norway?", "HR-1001", "the wrong one came 1001"],
)
def test_one_word_that_tells_is_enough(text: str) -> None:
    assert not is_open(first(text))


def test_what_the_subject_says_need_not_be_said_again() -> None:
    assert not is_open(first("how long?", subject="Delivery to Norway"))
    assert is_open(first("how long?", subject="Question"))


def test_short_words_after_something_that_was_said_are_clear() -> None:
    before = a_message("Do you deliver to Norway?", id="h1")
    greeting = a_message("hi there", id="h1")

    assert not is_open(first("how long?", history=(before,)))
    assert is_open(first("how long?", history=(greeting,)))


def test_a_picture_or_an_open_request_is_what_they_speak_of() -> None:
    picture = Attachment(name="crack.png", media_type="image/png", size_bytes=9)
    with_picture = a_message("what now?", attachments=(picture,))

    assert not is_open(first("", messages=(with_picture,)))
    assert not is_open(first("and now?", pending=(an_approval(a_turn()),)))


def test_nobody_is_asked_twice() -> None:
    assert is_open(first("and now?"))
    assert not is_open(first("and now?", history=(a_message(LEAD, author="agent"),)))


# --- what ---------------------------------------------------------------------------------------


def test_the_question_names_what_is_about_equally_near() -> None:
    asked = question_back(first("how long?"), (TRACKING, DELIVERY))

    assert asked == (
        f"{LEAD} Is it about “Delivery times and costs”, about “Tracking a parcel”, or about "
        "something else?"
    )


def test_it_names_three_at_most_and_each_once() -> None:
    asked = question_back(first("how long?"), (DELIVERY, DELIVERY, TRACKING, GIFTS, RETURNS))

    assert asked.count("“") == 3
    assert RETURNS.title not in asked


def test_what_is_clearly_further_off_is_not_named() -> None:
    near = DELIVERY.model_copy(update={"similarity": 0.7})

    assert TRACKING.title not in question_back(first("how long?"), (near, TRACKING))


def test_colleagues_articles_are_never_named() -> None:
    secret = TRACKING.model_copy(update={"audience": "internal", "similarity": 0.9})

    assert secret.title not in question_back(first("how long?"), (DELIVERY, secret))


@pytest.mark.parametrize("passages", [(), (FAR,), (DELIVERY.model_copy(update={"title": ""}),)])
def test_where_nothing_can_be_named_the_question_is_plain(passages: Any) -> None:
    assert question_back(first("how long?"), passages) == LEAD


def test_a_clear_question_is_not_asked_back() -> None:
    assert question_back(first("how long does delivery take?"), (DELIVERY, TRACKING)) == ""


def test_an_article_that_is_clearly_near_leaves_nothing_to_ask() -> None:
    clear = DELIVERY.model_copy(update={"similarity": CLEARLY_NEAR})

    assert is_clearly_near((FAR, clear))
    assert not is_clearly_near((DELIVERY, TRACKING))
    assert not is_clearly_near((clear.model_copy(update={"audience": "internal"}),))
    assert not is_clearly_near(())


# --- the answer ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("the first one", DELIVERY.title),
        ("2", TRACKING.title),
        ("the last one, please", TRACKING.title),
        ("tracking", TRACKING.title),
        ("my parcels", TRACKING.title),
        ("the third", ""),
        ("both", ""),
        ("delivery and tracking", ""),
        ("my first gift card", ""),
    ],
)
def test_what_is_chosen_is_understood_by_its_place_or_its_words(said: str, meant: str) -> None:
    assert chosen(said, ASKED) == meant


def test_nothing_can_be_chosen_where_nothing_was_named() -> None:
    assert chosen("the last one", LEAD) == ""


def test_the_answer_is_read_together_with_the_question() -> None:
    assert with_question("the second", "how long?", ASKED) == "how long?\nTracking a parcel"
    assert with_question("to Norway", "how long?", ASKED) == "how long?\nto Norway"


@pytest.mark.parametrize("text", ["no", "that thing", "something else", "just help me"])
def test_an_answer_may_be_as_open_again(text: str) -> None:
    assert is_still_open(answering(text))


@pytest.mark.parametrize("text", ["the first", "tracking", "my gift card"])
def test_an_answer_that_tells_is_no_longer_open(text: str) -> None:
    assert not is_still_open(answering(text))


def test_only_an_answer_to_our_question_can_be_open_again() -> None:
    assert was_asked(HISTORY)
    assert not was_asked(HISTORY[:1])
    assert not is_still_open(first("no"))


def test_telling_words_are_told_in_order() -> None:
    assert telling("Hello, is the red feeder good?") == ("red", "feeder")
