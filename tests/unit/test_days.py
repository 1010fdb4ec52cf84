"""The day until which something is to last is found exactly, or not at all."""

from datetime import date

import pytest

from deskhand.text.days import until_in

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Pause it until 5 January.", date(2027, 1, 5)),
        ("pause it till the 5th of January please", date(2027, 1, 5)),
        ("Please hold it until December 3rd", date(2026, 12, 3)),
        ("hold it until Dec. 3, 2027", date(2027, 12, 3)),
        ("until 2027-02-01, thanks", date(2027, 2, 1)),
        ("until 21 November", TODAY),
        ("pause it for two weeks", date(2026, 12, 5)),
        ("for the next 10 days please", date(2026, 12, 1)),
        ("Please pause my box for ten weeks from now", date(2027, 1, 30)),
        ("pause it for sixty days please, thank you", date(2027, 1, 20)),
        ("ok then sixty days", date(2027, 1, 20)),
        ("3 weeks please", date(2026, 12, 12)),
        ("until 5 January, yes, until January 5", date(2027, 1, 5)),
    ],
)
def test_a_day_that_is_named_is_found(text: str, day: date) -> None:
    assert until_in(text, today=TODAY) == day


@pytest.mark.parametrize(
    "text",
    [
        "Pause it, please.",
        "until spring",
        "until January",
        "until the end of February",
        "until 31 February",
        "for a month",
        "Please pause it, I have been waiting 3 weeks already",
        "3 weeks ago",
        "it is 3 days late",
        "until 5 January or until 8 January",
        "until 5 January and for two weeks",
        "It was paused on 5 January",
        "until 2027-13-01",
    ],
)
def test_what_is_no_exact_day_is_none(text: str) -> None:
    assert until_in(text, today=TODAY) is None
