"""Reads the numbers, codes and dates of a text so that two texts can be compared by them."""

import re
from collections.abc import Iterator

from deskhand.text.figures import Figures, figures
from deskhand.text.words import listed, straight, words

LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"')]+|(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE
)

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_ISO_DATE = re.compile(r"\b(\d{4})-(0[1-9]|1[0-2])-(\d{2})\b")
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,']\d{3})*(?:[.,]\d{1,2})?(?![\w]|[.,]\d)")
_CODE = re.compile(
    r"(?<!\w)(?=[a-z0-9])(?=[\w/-]{0,60}\d)(?=[\w/-]{0,60}[a-z])[a-z0-9]+(?:[-_/][a-z0-9]+)*(?!\w)",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b", re.IGNORECASE)
_HYPHENED = re.compile(r"(?<![\w-])(\d+)-(?=[a-z]{3})")
_UP_TO_TWENTY = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen", "twenty"),
)
_SPELLED = {name: float(value) for value, name in enumerate(_UP_TO_TWENTY) if value > 1}
_SPELLED |= {"thirty": 30.0, "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "ninety": 90.0}
_CURRENCIES = listed("eur usd gbp chf")
_MEASURES = listed("day month hour minut % eur usd gbp chf date kg g gram cm mm m ml l litr") | {
    "working day",
    "working hour",
}


def missing_numbers(claim: str, source: str) -> Iterator[str]:
    """The links, codes, dates and numbers of the claim that the source does not have, as
    written."""
    lowered = straight(source).lower()
    for link in LINK.findall(claim):
        if link.rstrip(".,;:!?").lower() not in lowered:
            yield link.rstrip(".,;:!?")
    said, there = _plain(LINK.sub(" ", claim)), _plain(source)
    codes = {code.lower() for code in _CODE.findall(there)}
    yield from (code for code in _CODE.findall(said) if code.lower() not in codes)
    known = set(_written(there).values())
    strange = [written for written, value in _written(said).items() if value not in known]
    yield from strange
    if not strange:
        yield from _of_something_else(figures(said), figures(there))


def _of_something_else(said: Figures, there: Figures) -> Iterator[str]:
    """Numbers that are there, but of another thing: 14 weeks for 14 days."""
    measured = (there.keys() & _MEASURES) | _CURRENCIES
    for unit in sorted(said.keys() & measured):
        yield from (f"{value:g} {unit}" for value in sorted(said[unit] - there.get(unit, set())))


def _plain(text: str) -> str:
    """The text with its dates, its ordinals and `30-day` written in the one way that is read."""
    named = _ISO_DATE.sub(
        lambda date: f"{int(date[3])} {_MONTHS[int(date[2]) - 1]} {date[1]}", straight(text)
    )
    return _HYPHENED.sub(r"\1 ", _ORDINAL.sub(r"\1", named))


def _written(text: str) -> dict[str, float]:
    """Numbers as they are written, in digits or in words, and their values."""
    without_codes = _CODE.sub(" ", text)
    digits = {match: _value(match) for match in _NUMBER.findall(without_codes)}
    return digits | {word: _SPELLED[word] for word in words(without_codes) if word in _SPELLED}


def _value(written: str) -> float:
    """`1,200.50`, `1.200,50`, `49,90` and `42.00` as numbers."""
    digits = written.replace("'", "").replace(",", ".")
    whole, _, rest = digits.rpartition(".")
    if not whole or len(rest) == 3:
        return float(digits.replace(".", ""))
    return float(f"{whole.replace('.', '')}.{rest}")
