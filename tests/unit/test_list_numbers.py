"""Numbered steps are read as steps, and every other number stays."""

import pytest

from deskhand.text.grounding.list_numbers import without_list_numbers
from deskhand.text.grounding.support import strange_numbers, support

PAUSE = "Open the app on your phone. Choose your plan. Press pause and confirm by e-mail."


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Do this: 1. Open it. 2. Press it.", "Do this: Open it. Press it."),
        ("1) Open it.\n2) Press it.", "Open it. Press it."),
        ("3. Press it.", "Press it."),
        ("", ""),
    ],
)
def test_the_numbers_of_steps_are_taken_out(text: str, bare: str) -> None:
    assert " ".join(without_list_numbers(text).split()) == bare


@pytest.mark.parametrize(
    "text",
    [
        "It takes 12. Then it comes.",
        "So many days: 14. Then it comes.",
        "One: 1. Then it comes.",
        "Wait: 1. Then 5. Then it comes.",
        "It costs 4.90 EUR. 2 days later it comes.",
        "2.5 kg at most.",
    ],
)
def test_every_other_number_stays(text: str) -> None:
    assert without_list_numbers(text) == text


@pytest.mark.parametrize(
    "claim",
    [
        "Follow these steps: 1. Open the app on your phone. 2. Choose your plan. 3. Press pause.",
        "1. Open the app on your phone.\n2. Choose your plan.\n3. Press pause.",
        "3. Press pause.",
    ],
)
def test_steps_may_be_numbered_that_the_source_does_not_number(claim: str) -> None:
    assert support(claim, [PAUSE]).signs.strange_numbers == ()
    assert strange_numbers(claim, [PAUSE]) == ()


def test_a_number_in_a_step_is_still_looked_for() -> None:
    claim = "1. Open the app on your phone. 2. Choose your plan for 90 days."
    assert support(claim, [PAUSE]).signs.strange_numbers == ("90 days",)
