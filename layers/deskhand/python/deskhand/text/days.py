"""Finds the day until which something is to last: a date or a span, exactly or not at all."""

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta

from deskhand.text.words import straight

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name} | {
    name.lower(): number for number, name in enumerate(calendar.month_abbr) if name
}
_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_COUNTS = (
    {"a": 1, "twelve": 12, "fourteen": 14, "fifteen": 15}
    | {word: number for number, word in enumerate(_ONES, start=1)}
    | {word: 10 * number for number, word in enumerate(_TENS, start=2)}
)
_UNTIL = r"\b(?:until|till|til)\s+(?:the\s+)?"
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s+(?P<year>20\d\d)\b)?"
_DATES = tuple(
    re.compile(_UNTIL + shape, re.IGNORECASE)
    for shape in (
        r"(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b",
        rf"{_DAY}\.?\s+(?:of\s+)?{_MONTH}{_YEAR}",
        rf"{_MONTH}\s+(?:the\s+)?{_DAY}\b(?!\d){_YEAR}",
    )
)
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(sorted(_COUNTS, key=len, reverse=True))})"
_LENGTH = rf"{_COUNT}\s+(?P<unit>day|week)s?\b"
_SPAN = re.compile(rf"\bfor\s+(?:the next\s+)?{_LENGTH}", re.IGNORECASE)
_SHORT_SPAN = re.compile(rf"\b{_LENGTH}(?!\s+(?:ago|late|old))", re.IGNORECASE)
_MOST_WORDS_OF_AN_ANSWER = 5
_DAYS_OF = {"day": 1, "week": 7}


def until_in(text: str, *, today: date) -> date | None:
    """The one day that is named after `until`, or that a span of days or weeks leads to.

    A day without a year is the next one to come; of an answer that says little else a span needs no
    `for`. None: no day, no exact one ("until spring"), one
    that is in no calendar, or several.
    """
    plain = straight(text)
    found = {*_dates(plain, today), *_ends(plain, today)}
    return next(iter(found)) if len(found) == 1 else None


def _dates(plain: str, today: date) -> Iterator[date | None]:
    for pattern in _DATES:
        for match in pattern.finditer(plain):
            year, month = match["year"], match["month"].lower()
            number = int(month) if month.isdigit() else _MONTHS[month]
            yield _day(int(year) if year else None, number, int(match["day"]), today)


def _day(year: int | None, month: int, day: int, today: date) -> date | None:
    try:
        named = date(year or today.year, month, day)
        return named if year or named >= today else date(today.year + 1, month, day)
    except ValueError:
        return None


def _ends(plain: str, today: date) -> Iterator[date]:
    is_short = len(plain.split()) <= _MOST_WORDS_OF_AN_ANSWER
    for match in (_SHORT_SPAN if is_short else _SPAN).finditer(plain):
        count = match["count"].lower()
        number = int(count) if count.isdigit() else _COUNTS[count]
        yield today + timedelta(days=number * _DAYS_OF[match["unit"].lower()])
