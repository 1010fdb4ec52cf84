"""Whether the days and months of a claim have the years that they have in its sources."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import zip_longest

from deskhand.text.grounding.statements import Statement
from deskhand.text.quantities.pieces import Quantity, Value

_CLOSE = 6
"""So many signs at most stand between a month and its year: `June of 2017`."""


@dataclass(frozen=True)
class _Moment:
    """A month or a day of one, with its years; none where they are not told."""

    month: int
    day: int
    years: frozenset[Value]
    written: str

    def may_be(self, other: "_Moment") -> bool:
        """Whether both can be the same, whatever the year."""
        return self.month == other.month and self.day in (0, other.day)


def of_another_year(
    claim: Statement, sources: Sequence[Statement], years_there: Set[float]
) -> Iterator[str]:
    """The dates of a claim that the sources have, and whose years they have, but not together."""
    there = [one for source in sources for one in _moments(source)]
    for said in _moments(claim):
        same = [one.years for one in there if said.may_be(one)]
        if not said.years or not said.years <= years_there:
            continue
        if same and all(years and not years & said.years for years in same):
            yield said.written


def _moments(said: Statement) -> Iterator[_Moment]:
    for one, after in zip_longest(said.counts, said.counts[1:]):
        date, follows = one.quantity, after and after.quantity
        if date.unit in ("date", "month name"):
            value = int(date.low)
            month, day = divmod(value, 100) if date.unit == "date" else (value, 0)
            years = follows.ends if follows and _is_year_of(date, follows) else frozenset[Value]()
            end = follows.end if follows and years else date.end
            yield _Moment(month, day, years, said.text[date.start : end].strip())


def _is_year_of(date: Quantity, follows: Quantity) -> bool:
    return follows.unit == "year" and follows.start - date.end <= _CLOSE
