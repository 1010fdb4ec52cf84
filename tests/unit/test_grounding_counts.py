"""Numbers, dates and amounts are read in whatever way they are written, with what they count."""

import pytest

from deskhand.text.grounding.support import strange_numbers, support
from deskhand.text.quantities.reading import counted

SAME = [
    ("one hour", "60 minutes"),
    ("half an hour", "30 minutes"),
    ("two weeks", "14 days"),
    ("within a week", "within 7 days"),
    ("24 hours", "1 day"),
    ("three years", "36 months"),
    ("2 pm", "14:00"),
    ("6:30 p.m.", "18:30"),
    ("2026-11-03", "3 November 2026"),
    ("the 3rd of November, 2026", "Nov. 3, 2026"),
    ("€4.90", "4,90 EUR"),
    ("$5k", "5,000 dollars"),
    ("US $ 2 million", "2,000,000 USD"),
    ("ten percent", "10 %"),
    ("10 per cent", "10%"),
    ("1.2 kg", "1200 g"),
    ("4 m", "four metres"),
    ("twenty-four hours", "24 hours"),
    ("the third working day", "3 business days"),
    ("a 30-day window", "30 days"),
    ("twice", "2 times"),
    ("once a year", "1 times a year"),
    ("half of it", "50 % of it"),
    ("three quarters", "75 %"),
    ("a quarter of an hour", "15 minutes"),
    ("a fortnight", "14 days"),
    ("0.5 litres", "500 ml"),
    ("1 hour and 30 minutes", "90 minutes"),
    ("two hours 30 minutes", "150 minutes"),
    ("one year and six months", "18 months"),
    ("1 week, 3 days", "10 days"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_amount_is_read_alike_however_it_is_written(one: str, other: str) -> None:
    mine, its = [[(one.unit, one.low, one.high) for one in counted(text)] for text in (one, other)]
    assert mine == its != []


@pytest.mark.parametrize(
    ("text", "bound", "per"),
    [
        ("up to 30 days", "most", ""),
        ("no more than 30 days", "most", ""),
        ("30 days at most", "most", ""),
        ("at least 30 days", "least", ""),
        ("no less than 30 days", "least", ""),
        ("75 EUR and more", "least", ""),
        ("from the 30 days", "", ""),
        ("4.90 EUR a month", "", "month"),
        ("4.90 EUR per order", "", "order"),
        ("4.90 EUR yearly", "", "year"),
    ],
)
def test_a_limit_and_what_it_is_counted_for_are_heard(text: str, bound: str, per: str) -> None:
    [found] = counted(text)
    assert (found.bound, found.per) == (bound, per)


def test_a_span_and_a_list_share_their_unit() -> None:
    assert [(one.low, one.high, one.unit) for one in counted("5 to 7 working days")] == [
        (5.0, 7.0, "working day")
    ]
    assert [(one.low, one.unit) for one in counted("3, 6 or 12 months")] == [
        (3.0, "month"),
        (6.0, "month"),
        (12.0, "month"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "1 hour and 90 minutes",
        "2 weeks and 14 days",
        "1 hour or 30 minutes",
        "2 weeks and 3 months",
        "30 minutes and 2 hours",
        "2 days and 3 plans",
    ],
)
def test_two_spans_of_time_that_are_no_whole_are_two(text: str) -> None:
    assert len(counted(text)) == 2


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("from 1990 to 1994", [(1990, 1994)]),
        ("1990-94", [(1990, 1994)]),
        ("1990, 1992 or 1995", [(1990, 1990), (1992, 1992), (1995, 1995)]),
        ("1990-20", []),
        ("1500 to 2000 EUR", []),
    ],
)
def test_years_are_years_also_in_a_span_or_a_list(text: str, years: list[tuple[int, int]]) -> None:
    assert [(one.low, one.high) for one in counted(text) if one.unit == "year"] == years


@pytest.mark.parametrize(
    ("text", "first_year"),
    [("the 1990s", 1990), ("mid-1980s", 1980), ("the late 90s", 1990), ("1990's", 1990)],
)
def test_a_decade_is_known_by_its_first_year(text: str, first_year: int) -> None:
    assert [(one.unit, one.low) for one in counted(text)] == [("decade", first_year)]


@pytest.mark.parametrize("text", ["30s", "the 1991s", "the 1990 plan", "500s"])
def test_no_other_number_is_a_decade(text: str) -> None:
    assert "decade" not in {one.unit for one in counted(text)}


def test_a_year_beside_something_else_is_misplaced_also_where_it_begins_a_span() -> None:
    source = "The shop opened in 1988. From 1990 to 1994 it belonged to a brother."
    assert support("The shop opened in 1990.", [source]).signs.misplaced_numbers == ("1990",)
    assert support("The shop opened in 1988.", [source]).signs.misplaced_numbers == ()


def test_all_weekdays_of_a_span_are_there() -> None:
    assert len(counted("Tuesday to Saturday")) == 5
    assert strange_numbers("open on Thursday", ["open Tuesday to Saturday"]) == ()
    assert strange_numbers("open on Monday", ["open Tuesday to Saturday"]) == ("Monday",)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("order DH-2041-X came", ["dh-2041-x"]),
        ("the 8x42 binoculars", ["8x42"]),
        ("a 30-day window of 640g", []),
        ("on the 3rd", []),
    ],
)
def test_codes_are_told_from_numbers_with_units(text: str, codes: list[str]) -> None:
    assert [one.low for one in counted(text) if one.unit == "code"] == codes


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ("5 days", "5 weeks"),
        ("5 days", "5 working days"),
        ("5 EUR", "5 USD"),
        ("30 wrong passwords", "locked for 30 minutes after five wrong passwords"),
        ("two codes can be used", "only one code can be used"),
        ("3 November 2025", "3 November 2026"),
        ("it began in August 1977", "it began in June 1977"),
        ("it begins in May", "it begins in June"),
        ("since April 23, 2019", "from February 24, 2019 until April 23, 2025"),
        ("sold in August 2017", "tried in August 2016, sold in June 2017"),
        ("sold in August 2017", "tried on 3 August 2016, sold in 2017"),
        ("in the 1990s", "in 1989"),
        ("in 1994", "in the 1990s"),
        ("in the '90s", "in the '80s"),
        ("https://shop.example/b", "https://shop.example/a"),
        ("write to a@shop.example", "write to b@shop.example"),
    ],
)
def test_a_number_that_counts_something_else_is_strange(said: str, source: str) -> None:
    assert strange_numbers(said, [source])


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ("in two ways", "by card or by transfer"),
        ("both boxes, two in all", "both boxes"),
        ("a 401(k)", "a 401k plan"),
        ("2026", "on 3 November 2026"),
        ("in November", "on 3 November 2026"),
        ("in November 2026", "on 3 November 2026"),
        ("in June 2026", "in June 2025 and 2026"),
        ("since April 23, 2025", "from February 24, 2019 until April 23, 2025"),
        ("on 3 November 2026", "on 3 November. In 2026 we are open longer"),
        ("in the 1990s", "in 1994"),
        ("in the mid-1990s", "in the '90s"),
        ("it may take long", "it can take long"),
    ],
)
def test_a_number_that_only_counts_up_is_not(said: str, source: str) -> None:
    assert strange_numbers(said, [source]) == ()


PLANS = (
    "You can return an item within 30 days of delivery. "
    "A refund is on your account within 5 days. "
    "The Larkwing weighs 480 g and the Marshlight weighs 640 g."
)


@pytest.mark.parametrize(
    ("claim", "number"),
    [
        ("A refund is on your account within 30 days.", "30 days"),
        ("You can return an item within 5 days of delivery.", "5 days"),
        ("The Marshlight weighs 480 g.", "480 g"),
    ],
)
def test_a_number_has_to_stand_with_what_it_counts(claim: str, number: str) -> None:
    found = support(claim, [PLANS])

    assert found.signs.misplaced_numbers == (number,)
    assert found.words.startswith(f"{number} stands there of something else")
    assert not found.holds(0.0)


def test_two_numbers_in_the_order_of_the_source_are_in_their_places() -> None:
    claim = "They weigh 480 g (Larkwing) and 640 g (Marshlight)."
    assert support(claim, [PLANS]).signs.misplaced_numbers == ()


@pytest.mark.parametrize(
    "text",
    [
        "49.90\u00b9 EUR",
        "12\u00b2 and 3\u00b3",
        "\u2460 Open it. \u2461 Press it.",
        "H\u2082O or \u2082",
        "\u2776",
    ],
)
def test_a_raised_circled_or_lowered_digit_is_a_sign_and_no_number(text: str) -> None:
    assert all(isinstance(one.low, float | str) for one in counted(text))
    assert support("Parcels travel two days.", [text]).score < 1


def test_thousands_of_digits_in_a_row_are_one_number_that_nothing_equals() -> None:
    assert strange_numbers("Is it order 1001?", ["1" * 20_000]) == ("1001",)
