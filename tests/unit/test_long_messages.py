"""Whatever a customer pastes into a message, reading it takes no longer than a long letter does."""

import time
from collections.abc import Callable

import pytest

from deskhand.text.answers import answer_to_question
from deskhand.text.entities import entities_of
from deskhand.text.language import language_of
from deskhand.text.noise import why_noise
from deskhand.text.quoted import new_text
from deskhand.text.repeats import says_it_failed, times_asked
from deskhand.text.requests import asks_to_be_done
from deskhand.text.sentences import clauses
from deskhand.text.sentiment import sentiment_of, urgency_of
from deskhand.text.wishes import wants_person, withdraws
from tests.builders import a_policy

LENGTH = 10_000
MOST_S = 3.0
"""Seconds of the processor; a pattern that tries every way took a minute and more on half of it."""

REPEATED = ["1", "1-", "1 000 ", "a1-", "#1 ", "order 1 and ", "A.", "x@", "_-", "!?", "'a", " "]
REPEATED += ["\n", "> x\n", "On 2026\n", "From: x\n", "hi, ", "don't want a ", "talk a ", "0 00 "]


def everything(text: str) -> None:
    trigger = a_policy().triggers["wish_for_a_person"]
    readers: list[Callable[[str], object]] = [
        entities_of,
        sentiment_of,
        urgency_of,
        language_of,
        clauses,
        new_text,
        lambda text: answer_to_question(text, text),
        withdraws,
        asks_to_be_done,
        says_it_failed,
        lambda text: times_asked(text, ()),
        lambda text: wants_person(text, trigger),
        lambda text: why_noise(text[:500], text, {}),
    ]
    for read in readers:
        read(text)


@pytest.mark.parametrize("piece", REPEATED, ids=repr)
def test_a_message_of_one_piece_over_and_over_is_read_in_time(piece: str) -> None:
    began_s = time.process_time()
    everything(piece * (LENGTH // len(piece)))
    assert time.process_time() - began_s < MOST_S
