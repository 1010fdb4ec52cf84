"""Finds the day until which something is to last: a date or a span, exactly or not at all."""

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta

from deskhand.text.words import straight

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name} | {
    name.lower(): number for number, name in enumerate(calendar.month_abbr) if name
}
_COUNTS = {
    word: number
    for number, words in enumerate(
        ("a one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), start=1
    )
    for word in words.split()
}
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
_SPAN = re.compile(
    rf"\bfor\s+(?:the next\s+)?(?P<count>\d{{1,3}}|{'|'.join(_COUNTS)})\s+(?P<unit>day|week)s?\b",
    re.IGNORECASE,
)
_DAYS_OF = {"day": 1, "week": 7}


def until_in(text: str, *, today: date) -> date | None:
    """The one day that is named after `until`, or that a span of days or weeks leads to.

    A day without a year is the next one to come. None: no day, no exact one ("until spring"), one
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
    for match in _SPAN.finditer(plain):
        count = match["count"].lower()
        number = int(count) if count.isdigit() else _COUNTS[count]
        yield today + timedelta(days=number * _DAYS_OF[match["unit"].lower()])
