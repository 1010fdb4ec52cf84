"""A message is split into sentences and into the things that are asked in it."""

import pytest

from deskhand.text.sentences import asks, clauses, sentences


def test_abbreviations_and_amounts_do_not_end_a_sentence() -> None:
    text = "I paid 49.90 EUR, e.g. on Monday. Dr. No has order no. 12. Fine!"

    assert sentences(text) == (
        "I paid 49.90 EUR, e.g. on Monday.",
        "Dr. No has order no. 12.",
        "Fine!",
    )


def test_lines_and_bullets_are_sentences() -> None:
    assert sentences("- where is it\n2) and the other\n\nok") == (
        "where is it",
        "and the other",
        "ok",
    )


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (
            "Where is my order 1042 and can I also get a refund for 1043?",
            ("Where is my order 1042", "can I also get a refund for 1043?"),
        ),
        ("It is late and I want my money back", ("It is late", "I want my money back")),
        ("do you ship to Norway, and how long?", ("do you ship to Norway", "how long?")),
        ("Is it oak; is it safe?", ("Is it oak", "is it safe?")),
        ("I like black and white", ("I like black and white",)),
        ("cups and what fits them", ("cups and what fits them",)),
    ],
)
def test_a_second_question_in_a_sentence_is_a_part_of_its_own(
    text: str, asked: tuple[str, ...]
) -> None:
    assert clauses(text) == asked


@pytest.mark.parametrize(
    ("clause", "is_asked"),
    [
        ("Where is my order", True),
        ("I'd like a refund", True),
        ("cancel it", True),
        ("tracking number please", True),
        ("any news", True),
        ("it arrived broken", False),
        ("I like it", False),
        ("Thanks for your help", False),
    ],
)
def test_asking_is_told_from_telling(clause: str, is_asked: bool) -> None:
    assert asks(clause) is is_asked
