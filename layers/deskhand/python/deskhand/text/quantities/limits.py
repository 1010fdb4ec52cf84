"""Tells whether a number is a limit (`up to`, `at least`), and for each of what it is counted."""

import re

from deskhand.text.quantities.pieces import Bound
from deskhand.text.quantities.units import PER

_AROUND = 28
"""So many characters before and after tell whether it is a limit."""
_LESS = r"(?:less|fewer|lower|younger|smaller|shorter|lighter|cheaper|sooner|earlier)"
_MORE = r"(?:more|higher|older|greater|larger|longer|bigger|heavier|taller|later)"
_LEAST_BEFORE = re.compile(
    rf"\b(?:at least|a minimum of|minimum(?: of| is)?|no {_LESS} than|not {_LESS} than|"
    rf"(?<!no )(?<!not ){_MORE} than|over|above|exceed(?:s|ing)?|beyond|not under|not below|"
    r"starting (?:at|from))(?: about| around)? \W{0,3}$"
)
_MOST_BEFORE = re.compile(
    rf"\b(?:up to|at most|a maximum of|maximum(?: of| is)?|no {_MORE} than|not {_MORE} than|"
    rf"(?<!no )(?<!not ){_LESS} than|under|below|within|not over|not above|until)"
    r"(?: about| around)? \W{0,3}$"
)
_LEAST_AFTER = re.compile(rf"\W{{0,2}}(?:(?:or|and) (?:{_MORE}|above|over|up)|upwards?|on)\b")
_MOST_AFTER = re.compile(
    rf"\W{{0,2}}(?:(?:or|and) (?:{_LESS}|below|under)|at (?:the )?(?:very )?"
    r"(?:most|maximum|latest)|maximum)\b"
)
_PER = re.compile(rf"\W{{0,2}}(?:an?|per|each|every|/)? ?({'|'.join(PER)})\b")
_PER_WORD = re.compile(r"\W{0,2}(daily|weekly|monthly|yearly|annual|annually)\b")


def bound_of(lowered: str, start: int, end: int) -> Bound:
    """Whether what stands there is the least or the most; empty where it is neither."""
    before, after = lowered[max(0, start - _AROUND) : start], lowered[end : end + _AROUND]
    if _LEAST_BEFORE.search(before) or _LEAST_AFTER.match(after):
        return "least"
    if _MOST_BEFORE.search(before) or _MOST_AFTER.match(after):
        return "most"
    return ""


def per_of(lowered: str, end: int) -> str:
    """For each of what it is counted: `month` for `4.90 a month`; empty where that is not said."""
    after = lowered[end : end + _AROUND]
    found = _PER.match(after) or _PER_WORD.match(after)
    return PER.get(found[1], "") if found else ""
