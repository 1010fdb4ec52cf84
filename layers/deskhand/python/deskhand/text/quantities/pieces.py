"""A text in pieces from which quantities are read: numbers, words and signs, with their places."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Bound = Literal["", "least", "most"]
Value = float | str

_PIECE = re.compile(r"\d+(?:[.,:']\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*|[^\w\s]|_")


@dataclass(frozen=True)
class Quantity:
    """Something counted, as written, and as it compares with others."""

    unit: str
    """`day`, `eur`, `date`, `time`, `weekday`, `code` …; empty: pieces of anything."""
    low: Value
    high: Value
    """The end of a span; where there is none, `low` again."""
    start: int
    end: int
    written: str = ""
    bound: Bound = ""
    per: str = ""

    @property
    def ends(self) -> frozenset[Value]:
        """Its value, or both values of a span."""
        return frozenset((self.low, self.high))


@dataclass(frozen=True)
class Piece:
    """A number, a word or a sign, in lower case."""

    text: str
    start: int
    end: int


Read = tuple[list[Quantity], int]
"""What was read, and the piece to go on with: the same one where nothing was."""


class Pieces:
    """The pieces of a text, of which those beyond its ends are empty."""

    def __init__(self, lowered: str) -> None:
        self._all = [Piece(found.group(), *found.span()) for found in _PIECE.finditer(lowered)]

    def __len__(self) -> int:
        return len(self._all)

    def text(self, at: int) -> str:
        """The piece in that place; empty beyond the ends."""
        return self._all[at].text if 0 <= at < len(self._all) else ""

    def glued(self, at: int) -> bool:
        """Whether it follows the one before without a space."""
        return 0 < at < len(self._all) and self._all[at - 1].end == self._all[at].start

    def run(self, at: int, after: int) -> Sequence[Piece]:
        """The pieces from one place up to another."""
        return self._all[at:after]

    def quantity(self, unit: str, low: Value, high: Value, at: int, after: int) -> Quantity:
        """A quantity that these pieces make."""
        return Quantity(unit, low, high, self._all[at].start, self._all[after - 1].end)
