"""What a sentence commits to: its numbers by unit, its dates, and whether it says no."""

import re
from collections.abc import Iterator

from deskhand.text.words import STOP_WORDS, stem, words

Figures = dict[str, frozenset[float]]
"""Values by unit: `{"day": {14.0}, "eur": {4.9}}`."""

_NUMBER = r"\d+(?:[.,]\d{3})*(?:[.,]\d{1,2})?"
_CURRENCIES = {"€": "eur", "eur": "eur", "euro": "eur", "euros": "eur", "$": "usd", "usd": "usd"}
_CURRENCIES |= {"dollar": "usd", "dollars": "usd", "£": "gbp", "gbp": "gbp", "pounds": "gbp"}
_CURRENCIES |= {"chf": "chf", "francs": "chf"}
_MONEY = "|".join(re.escape(name) for name in sorted(_CURRENCIES, key=len, reverse=True))
_MONEY_BEFORE = re.compile(rf"(?<!\w)({_MONEY})\s?({_NUMBER})(?!\d)", re.IGNORECASE)
_QUANTITY = re.compile(
    rf"(?<![\w.,-])({_NUMBER})(?:\s?(?:-|\u2013|to|and|or)\s?({_NUMBER}))?[\s-]?"
    rf"({_MONEY}|%|[^\W\d_]+)?(?:\s+([^\W\d_]+))?",
    re.IGNORECASE,
)
_SPELLED = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "fourteen": 14,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "sixty": 60,
    "ninety": 90,
}
_SPELLED_BEFORE_UNIT = re.compile(
    rf"\b({'|'.join(_SPELLED)})(?=(?:\s(?:to|or|and)\s\w+)?\s(?:(?:working|business|calendar)\s)?"
    r"(?:hour|day|week|month|year|minute)s?\b)",
    re.IGNORECASE,
)
_TIMES = {"week": ("day", 7), "year": ("month", 12), "hr": ("hour", 1), "hrs": ("hour", 1)}
_WORKING = frozenset({"working", "business"})
_MEASURES = frozenset({"day", "month", "hour", "minut", "%", *_CURRENCIES.values()})
_YEAR = re.compile(r"(?:19|20)\d\d")
_MONTHS = {
    name: month
    for month, names in enumerate(
        (
            *("jan january", "feb february", "mar march", "apr april", "may", "jun june"),
            *("jul july", "aug august", "sep september", "oct october", "nov november"),
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY_MONTH = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th|\.)?\s({_MONTH})\b", re.IGNORECASE)
_MONTH_DAY = re.compile(rf"\b({_MONTH})\s(\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s?%)", re.IGNORECASE)
NUMBER_WORDS = frozenset(_SPELLED) | frozenset(_MONTHS)
"""Words that are read as numbers or parts of dates."""
_NO = frozenset({"not", "no", "never", "cannot", "none", "neither", "nor", "without"})


def figures(text: str) -> Figures:
    """The numbers of a text by their units, comparable whatever way they are written."""
    found: dict[str, set[float]] = {}
    for unit, value in _all(text):
        found.setdefault(unit, set()).add(value)
    return {unit: frozenset(values) for unit, values in found.items()}


def says_no(text: str) -> bool:
    """Whether there is a negation in it."""
    said = words(text)
    return any(word in _NO or word.endswith("n't") for word in said)


def _all(text: str) -> Iterator[tuple[str, float]]:
    text = _SPELLED_BEFORE_UNIT.sub(lambda match: str(_SPELLED[match[1].lower()]), text)
    dates: list[float] = []

    def take(month: int, day: str) -> str:
        dates.append(month * 100 + int(day))  # without the year, which is often left out
        return " "

    text = _ISO.sub(lambda match: take(int(match[2]), match[3]), text)
    text = _DAY_MONTH.sub(lambda match: take(_MONTHS[match[2].lower()], match[1]), text)
    text = _MONTH_DAY.sub(lambda match: take(_MONTHS[match[1].lower()], match[2]), text)
    yield from (("date", day) for day in dates)
    yield from ((_CURRENCIES[m[1].lower()], _value(m[2])) for m in _MONEY_BEFORE.finditer(text))
    text = _MONEY_BEFORE.sub(" ", text)
    for match in _QUANTITY.finditer(text):
        unit, factor = _unit((match[3] or "").lower(), (match[4] or "").lower())
        for number in match.group(1, 2):
            if number and unit and not (unit not in _MEASURES and _YEAR.fullmatch(number)):
                yield unit, factor * _value(number)


def _unit(first: str, second: str) -> tuple[str, float]:
    if first in _CURRENCIES:
        return _CURRENCIES[first], 1
    if first in _WORKING and second:
        return f"working {second.rstrip('s')}", 1
    if first == "calendar" and second:
        first = second
    if first in ("%", "percent") or (first, second) == ("per", "cent"):
        return "%", 1
    if first in STOP_WORDS:
        return "", 1
    return _TIMES.get(first.rstrip("s"), (stem(first) if first else "", 1))


def _value(number: str) -> float:
    plain = number.replace(",", ".")
    whole, _, rest = plain.rpartition(".")
    if whole and len(rest) == 3:  # a separator of thousands
        return float(plain.replace(".", ""))
    return float(f"{whole.replace('.', '')}.{rest}") if whole else float(rest)
