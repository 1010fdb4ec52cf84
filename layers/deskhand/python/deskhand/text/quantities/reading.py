"""Reads what a text counts: numbers, amounts, dates, times and codes, each with what it counts."""

import re
from dataclasses import replace
from functools import lru_cache

from deskhand.text.quantities.dates import (
    ORDINAL,
    read_clock,
    read_date,
    read_decade,
    read_month,
    read_weekdays,
)
from deskhand.text.quantities.limits import bound_of, per_of
from deskhand.text.quantities.numbers import read_money, read_number
from deskhand.text.quantities.pieces import Pieces, Quantity, Read
from deskhand.text.quantities.units import UNITS
from deskhand.text.words import listed, straight

_PHRASES = (
    (re.compile(r"\bhalf an hour\b", re.IGNORECASE), "30 minutes"),
    (re.compile(r"\b(?:an? )?quarter of an hour\b", re.IGNORECASE), "15 minutes"),
    (
        re.compile(
            r"\bonce(?= (?:an?|per|every|each) (?:day|week|month|year|order|person|customer)\b)",
            re.IGNORECASE,
        ),
        "1 times",
    ),
    (re.compile(r"\btwice\b", re.IGNORECASE), "2 times"),
    (re.compile(r"\ba fortnight\b", re.IGNORECASE), "14 days"),
    (re.compile(r"\bhalf(?= of\b)", re.IGNORECASE), "50 %"),
    (re.compile(r"\bthree[- ]quarters\b", re.IGNORECASE), "75 %"),
    (re.compile(r"\bper cent\b", re.IGNORECASE), "percent"),
)
_A_SPAN = re.compile(
    r"\b(?:within|for|in|after|lasts?|takes?|at least|at most|up to|is|than|another) an? "
    r"(?=(?:whole |full |working |business )?(?:minute|hour|day|week|month|year)\b)",
    re.IGNORECASE,
)
_AN = re.compile(r"an? $", re.IGNORECASE)
_NO_CODE = ORDINAL | listed("am pm a p x")
_LONGEST_CODE = 60
_SHORTEST_WORD = 3


@lru_cache(maxsize=2_000)
def counted(text: str) -> tuple[Quantity, ...]:
    """All that is counted in a text, in order; the places are those in `as_counted(text)`."""
    plain = as_counted(text)
    lowered = plain.lower()
    pieces = Pieces(lowered)
    found: list[Quantity] = []
    at = 0
    while at < len(pieces):
        read, after = _read(pieces, at)
        found += read
        at = max(after, at + 1)
    return tuple(
        replace(
            one,
            written=plain[one.start : one.end].strip(),
            bound=bound_of(lowered, one.start, one.end),
            per=per_of(lowered, one.end),
        )
        for one in found
    )


def as_counted(text: str) -> str:
    """The text with what is said around numbers (`half an hour`) as numbers."""
    plain = straight(text)
    for phrase, number in _PHRASES:
        plain = phrase.sub(number, plain)
    return _A_SPAN.sub(lambda found: _AN.sub("one ", found.group()), plain)


def _read(pieces: Pieces, at: int) -> Read:
    for reader in _READERS:
        read, after = reader(pieces, at)
        if after > at:
            return read, after
    return [], at


def _read_code(pieces: Pieces, at: int) -> Read:
    """Letters and digits without a space: `DH-2041-X`, `8x42`; not `30-day` nor `640g`."""
    if not pieces.text(at)[0].isalnum() or (pieces.glued(at) and pieces.text(at - 1) in "-_/"):
        return [], at
    after = at + 1
    while pieces.glued(after) and after - at < _LONGEST_CODE:
        joint = pieces.text(after) in "-_/" and pieces.glued(after + 1)
        if not pieces.text(after + joint)[:1].isalnum():
            break
        after += 1 + joint
    run = [one.text for one in pieces.run(at, after)]
    words = [one for one in run if one[0].isalpha()]
    if not words or len(words) == len([one for one in run if one[0].isalnum()]):
        return [], at
    if run[0][0].isdigit() and len(words) == 1 and run[-1] == words[0]:
        hyphened = "-" in run and len(words[0]) >= _SHORTEST_WORD
        if hyphened or words[0] in UNITS or words[0] in _NO_CODE:
            return [], at
    if not run[0][0].isdigit() and "-" in run and len(run) == 3 and len(words[0]) > 6:
        return [], at
    code = "".join(run)
    return [pieces.quantity("code", code, code, at, after)], after


_READERS = (
    *(read_date, read_month, read_decade, read_clock, _read_code),
    *(read_weekdays, read_money, read_number),
)
