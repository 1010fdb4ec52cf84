"""Reads numbers and amounts with their units: `5 to 7 working days`, `€4.90`, `twenty-four`."""

from collections.abc import Sequence
from dataclasses import replace

from deskhand.text.quantities.dates import ORDINAL
from deskhand.text.quantities.pieces import Piece, Pieces, Quantity, Read
from deskhand.text.quantities.units import (
    CURRENCIES,
    MULTIPLES,
    SIGNS,
    SPANS,
    SPELLED,
    TENS,
    UNITS,
    WHOLE,
    WORKING,
)
from deskhand.text.words import listed

_JOINTS = listed("to - or and until through till ,")
_MOST_LISTED = 6
_DAY_MINUTES = 1440.0
_THIS_CENTURY = range(1500, 2100)


def read_money(pieces: Pieces, at: int) -> Read:
    """`$ 350 million`, `EUR 4.90`, `€10 to €20`."""
    sign = at + (pieces.text(at) == "us" and pieces.text(at + 1) == "$")
    unit = SIGNS.get(pieces.text(sign), pieces.text(sign))
    if unit not in CURRENCIES or not pieces.text(sign + 1)[:1].isdecimal():
        return [], at
    low, after = _value(pieces, sign + 1)
    if pieces.glued(after) and pieces.text(after) == "k":
        low, after = low * 1000, after + 1
    high = low
    second = after + 1 + (pieces.text(after + 1) in SIGNS)
    if pieces.text(after) in ("-", "to", "and") and pieces.text(second)[:1].isdecimal():
        high, after = _value(pieces, second)
    after += SIGNS.get(pieces.text(after), pieces.text(after)) == unit
    return [pieces.quantity(unit, low, high, at, after)], after


def read_number(pieces: Pieces, at: int) -> Read:
    """A number, a span or a list of numbers, with the unit that all of them have."""
    if not _begins(pieces, at):
        return [], at
    starts, values, after = [at], [0.0], at
    values[0], after = _value(pieces, at)
    while len(values) < _MOST_LISTED and (follows := _next(pieces, after)):
        starts.append(follows)
        value, after = _value(pieces, follows)
        values.append(_written_out(value, values[-1], pieces.run(after - 2, after)))
    unit, factor, ends = _unit(pieces, after)
    rest, rests_end = _rest(pieces, unit, factor, ends)
    if len(values) == 1 and rest:
        whole = values[0] * factor + rest
        return [_scaled(pieces.quantity(unit, whole, whole, at, rests_end), 1.0)], rests_end
    if not unit and all(map(_is_year, values, map(pieces.text, starts))):
        unit = "year"
    if pieces.text(at) == "one" and len(values) == 1 and not unit:
        return [], at
    each = [
        pieces.quantity(unit, one, one, begin, ends)
        for begin, one in zip(starts, values, strict=True)
    ]
    if len(values) == 2:
        each = [replace(each[0], high=values[1])]
    return [_scaled(one, factor) for one in each], ends


def _rest(pieces: Pieces, unit: str, factor: float, ends: int) -> tuple[float, int]:
    """The 30 minutes of `2 hours and 30 minutes`, and the place behind; 0 where nothing is left."""
    at = ends + (pieces.text(ends) in ("and", ","))
    if factor <= 1 or not _begins(pieces, at):
        return 0.0, ends
    value, after = _value(pieces, at)
    its_unit, its_factor, end = _unit(pieces, after)
    size = value * its_factor
    return (size, end) if its_unit == unit and size < factor else (0.0, ends)


def _is_year(value: float, written: str) -> bool:
    return value in _THIS_CENTURY and len(written) in (2, 4)


def _written_out(value: float, before: float, end: Sequence[Piece]) -> float:
    """The later year of `1990-94` in full; any other number as it is."""
    short = len(end) == 2 and end[0].text == "-" and len(end[1].text) == 2
    if short and before in _THIS_CENTURY and before % 100 < value:
        return before - before % 100 + value
    return value


def _begins(pieces: Pieces, at: int) -> bool:
    text = pieces.text(at)
    return text[:1].isdecimal() or text in SPELLED


def _next(pieces: Pieces, after: int) -> int:
    """Where the next number of a span or a list begins; 0 where there is none."""
    if pieces.text(after) not in _JOINTS:
        return 0
    follows = after + 1
    while pieces.text(follows) in ("-", "or", "and", "to") and follows - after < 3:
        follows += 1
    return follows if _begins(pieces, follows) and pieces.text(follows) != "one" else 0


def _value(pieces: Pieces, at: int) -> tuple[float, int]:
    """The number that begins there, and the place behind it."""
    text = pieces.text(at)
    after = at + 1
    if text in SPELLED:
        value = SPELLED[text]
        ones_at = after + (pieces.text(after) == "-")
        ones = SPELLED.get(pieces.text(ones_at), 0.0)
        if text in TENS and 1 <= ones <= 9:
            value, after = value + ones, ones_at + 1
    else:
        value = number_of(text)
        after += pieces.glued(after) and pieces.text(after) in ORDINAL
    times_at = after + (pieces.text(after) == "-")
    if factor := MULTIPLES.get(pieces.text(times_at)):
        return value * factor, times_at + 1
    return value, after


def number_of(written: str) -> float:
    """`1,200.50`, `1.200,50`, `49,90` and `42.00` as numbers."""
    digits = written.replace("'", "").replace(",", ".").replace(":", ".")
    whole, _, rest = digits.rpartition(".")
    if not whole or (len(rest) == 3 and whole != "0"):
        return float(digits.replace(".", ""))
    return float(f"{whole.replace('.', '')}.{rest}")


def _unit(pieces: Pieces, after: int) -> tuple[str, float, int]:
    """The unit, how many of it one is, and the place behind it; no unit where none follows."""
    at = after + (pieces.text(after) == "-")
    working = pieces.text(at) in WORKING
    if working or pieces.text(at) in WHOLE:
        at += 1
    unit, factor = UNITS.get(pieces.text(at), ("", 1.0))
    if not unit or (unit in SIGNS.values() and pieces.text(at + 1)[:1].isdecimal()):
        return "", 1.0, after
    if working and unit in SPANS:
        unit = f"working {unit}"
    return unit, factor, at + 1


def _scaled(one: Quantity, factor: float) -> Quantity:
    """In its base unit; whole days of minutes are days."""
    low, high = float(one.low) * factor, float(one.high) * factor
    unit = one.unit
    if unit == "minute" and low >= _DAY_MINUTES and low % _DAY_MINUTES == high % _DAY_MINUTES == 0:
        unit, low, high = "day", low / _DAY_MINUTES, high / _DAY_MINUTES
    return replace(one, unit=unit, low=low, high=high)
