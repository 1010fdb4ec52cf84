"""Reads dates, years, weekdays and times of the day, in whatever way they are written."""

from deskhand.text.quantities.pieces import Pieces, Quantity, Read
from deskhand.text.quantities.units import MONTHS, WEEKDAYS
from deskhand.text.words import listed

ORDINAL = listed("st nd rd th")
_SPAN = listed("to - until through till")
_LONGEST_DATE = 5
_SHORTEST_MONTH = 3
_OTHER_WORDS = listed("may march sept")
_BEFORE_MONTH = listed("in of since until by before from early late mid every")
_PARTS_OF_DECADE = listed("early mid late")
_BEFORE_DECADE = listed("the ' - early mid late")


def read_date(pieces: Pieces, at: int) -> Read:
    """`2026-11-03`, `3 November 2026`, `the 3rd of November`, `Nov 3`."""
    return _iso(pieces, at) or _named(pieces, at) or ([], at)


def read_weekdays(pieces: Pieces, at: int) -> Read:
    """`Monday`; of `Tuesday to Saturday` every day between, too."""
    if (first := WEEKDAYS.get(pieces.text(at))) is None:
        return [], at
    last = WEEKDAYS.get(pieces.text(at + 2))
    spans = pieces.text(at + 1) in _SPAN and last is not None
    days = range((last - first) % 7 + 1) if spans and last is not None else range(1)
    after = at + 3 if spans else at + 1
    values = [float((first + day) % 7) for day in days]
    return [pieces.quantity("weekday", day, day, at, after) for day in values], after


def read_month(pieces: Pieces, at: int) -> Read:
    """`in November`, `November 2026`; a word like `may` is one only where it is said so."""
    said = pieces.text(at)
    if said not in MONTHS:
        return [], at
    year = pieces.text(at + 1)
    dated = len(year) == 4 and year.isdecimal()
    plain = len(said) > _SHORTEST_MONTH and said not in _OTHER_WORDS
    if not (dated or plain or (said == "may" and pieces.text(at - 1) in _BEFORE_MONTH)):
        return [], at
    month = float(MONTHS[said])
    return [pieces.quantity("month name", month, month, at, at + 1)], at + 1


def read_decade(pieces: Pieces, at: int) -> Read:
    """`the 1990s`, `the mid-1990s`, `the '90s`, by its first year."""
    start = at + 2 * (pieces.text(at) in _PARTS_OF_DECADE and pieces.text(at + 1) == "-")
    digits = pieces.text(start)
    after = start + 1 + (pieces.text(start + 1) == "'")
    plural = pieces.text(after) == "s" and pieces.glued(after)
    if not (plural and digits.isdecimal() and digits.endswith("0")):
        return [], at
    if len(digits) == 2 and pieces.text(start - 1) in _BEFORE_DECADE:
        first = 1900.0 + int(digits)
    elif len(digits) == 4:
        first = float(digits)
    else:
        return [], at
    return [pieces.quantity("decade", first, first, at, after + 1)], after + 1


def read_clock(pieces: Pieces, at: int) -> Read:
    """`14:00`, `2 pm`, `2:30 p.m.`, in minutes since midnight."""
    hour, _, minute = pieces.text(at).partition(":")
    if (
        not hour.isdecimal()
        or len(hour) > 2
        or int(hour) > 24
        or (minute and not _is_minute(minute))
    ):
        return [], at
    half, after = _half_of_day(pieces, at + 1)
    if not minute and not half:
        return [], at
    hours = int(hour) % 12 + (12 if half == "p" else 0) if half else int(hour)
    value = 60.0 * hours + int(minute or 0)
    return [pieces.quantity("time", value, value, at, after)], after


def _is_minute(text: str) -> bool:
    return len(text) == 2 and text.isdecimal() and int(text) < 60


def _half_of_day(pieces: Pieces, at: int) -> tuple[str, int]:
    """`a` or `p` and the place behind it, or nothing."""
    if (said := pieces.text(at)) in ("am", "pm"):
        return said[0], at + 1
    dotted = [pieces.text(at + offset) for offset in range(3)]
    if dotted[0] in ("a", "p") and dotted[1:] == [".", "m"]:
        return dotted[0], at + 3 + (pieces.text(at + 3) == ".")
    return "", at


def _iso(pieces: Pieces, at: int) -> Read | None:
    year, one, month, other, day = (pieces.text(at + offset) for offset in range(5))
    digits = all(part.isdecimal() for part in (year, month, day))
    if one == other == "-" and digits and [len(year), len(month), len(day)] == [4, 2, 2]:
        return _dated(pieces, (int(month), int(day), year), at, at + 5)
    return None


def _named(pieces: Pieces, at: int) -> Read | None:
    if month := MONTHS.get(pieces.text(at)):
        day_at = at + 1 + (pieces.text(at + 1) == ".")
        day = pieces.text(day_at)
        after = day_at + 1 + (pieces.text(day_at + 1) in ORDINAL)
        if _is_day(day) and pieces.text(day_at + 1) != "%":
            return _with_year(pieces, month, int(day), at, after)
    elif _is_day(pieces.text(at)):
        after = at + 1
        while pieces.text(after) in (*ORDINAL, ".", "of") and after - at < _LONGEST_DATE:
            after += 1
        if month := MONTHS.get(pieces.text(after)):
            return _with_year(pieces, month, int(pieces.text(at)), at, after + 1)
    return None


def _is_day(text: str) -> bool:
    return len(text) <= 2 and text.isdecimal() and 1 <= int(text) <= 31


def _with_year(pieces: Pieces, month: int, day: int, at: int, after: int) -> Read:
    year_at = after + (pieces.text(after) in (",", "."))
    year = pieces.text(year_at)
    if len(year) == 4 and year.isdecimal():
        return _dated(pieces, (month, day, year), at, year_at + 1)
    return _dated(pieces, (month, day, ""), at, after)


def _dated(pieces: Pieces, date: tuple[int, int, str], at: int, after: int) -> Read:
    # The year is often left out; where it is told, it is compared on its own.
    month, day, year = date
    value = month * 100.0 + day
    found: list[Quantity] = [pieces.quantity("date", value, value, at, after)]
    if year:
        found.append(pieces.quantity("year", float(year), float(year), at, after))
    return found, after
