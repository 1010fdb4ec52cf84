"""Whether each number of a claim stands in its sources, and there counts the same thing."""

import re
from collections.abc import Iterator, Sequence

from deskhand.text.grounding.dates import of_another_year
from deskhand.text.grounding.statements import Counted, Statement
from deskhand.text.quantities.pieces import Quantity
from deskhand.text.words import listed

_NEAR, _SAME_CLAUSE, _SAME_SENTENCE, _HEADING, _BEFORE = 1.0, 0.7, 0.5, 0.6, 0.35
_LEAST_LEAD, _LEAST_LEAD_OF_PIECES = 0.06, 0.1
"""By so much another number of the kind has to stand nearer to what the claim speaks of."""
_SMALL = 4.0
_ALONE = listed("one single only an a")
_DIGITS = re.compile(r"\d+")
_LISTED = 2
"""Numbers so near to each other are one list: what is said of one is said of the others."""


def strange(claim: Statement, sources: Sequence[Statement]) -> Iterator[str]:
    """The numbers, dates and codes of a claim that no source has, as they are written."""
    there = [(source, one) for source in sources for one in source.counts]
    dates = [one.quantity for _, one in there if one.quantity.unit == "date"]
    years = {
        float(end) for _, one in there if one.quantity.unit == "year" for end in one.quantity.ends
    }
    parts = {part for _, one in there for part in _parts(one.quantity)}
    for one in claim.counts:
        said = one.quantity
        known = {
            end
            for source, other in there
            if _comparable(claim, one, source, other)
            for end in other.quantity.ends
        }
        if said.unit == "month name":
            known |= {float(other.low) // 100 for other in dates}
        if said.unit == "decade":
            known |= {year - year % 10 for year in years}
        if said.ends <= known or (not said.unit and said.ends <= parts):
            continue
        if not _only_counts_up(claim, one, sources):
            yield said.written
    yield from of_another_year(claim, sources, years)


def _parts(quantity: Quantity) -> Iterator[float]:
    """The numbers in a code: 401 of `401k`."""
    if isinstance(quantity.low, str):
        yield from (float(digits) for digits in _DIGITS.findall(quantity.low))


def _only_counts_up(claim: Statement, one: Counted, sources: Sequence[Statement]) -> bool:
    """Whether a small number in words counts what the sources only list: `in two ways`."""
    said = one.quantity
    if said.unit or said.written[:1].isdigit() or max(map(float, said.ends)) > _SMALL:
        return False
    of = {token.concept for token in claim.tokens[one.at + 1 : one.at + 4] if token.weight >= 1}
    return not any(of & _counted_or_alone(source) for source in sources)


def _counted_or_alone(source: Statement) -> set[str]:
    """What is counted in a sentence, in numbers or as the only one."""
    starts = [other.at for other in source.counts if not other.quantity.unit]
    starts += [at for at, token in enumerate(source.tokens) if token.word in _ALONE]
    return {
        token.concept
        for at in starts
        for token in source.tokens[at + 1 : at + 4]
        if token.weight >= 1
    }


def _comparable(claim: Statement, one: Counted, source: Statement, other: Counted) -> bool:
    """Whether they count in the same unit, or one of them tells nothing of what it counts."""
    mine, its = one.quantity.unit, other.quantity.unit
    if mine == its or {mine, its} == {"", "year"}:
        return True
    if {mine, its} & _NEVER_BARE:
        return False
    return (not mine and _is_bare(claim, one)) or (not its and _is_bare(source, other))


_NEVER_BARE = frozenset({"code", "date", "time", "weekday", "month name"})


def _is_bare(said: Statement, one: Counted) -> bool:
    """Whether nothing follows a number that it could count."""
    after = said.tokens[one.at + 1 : one.at + 2]
    return not after or after[0].clause != said.tokens[one.at].clause or after[0].weight < 1


def misplaced(claim: Statement, sources: Sequence[Statement]) -> Iterator[str]:
    """Numbers that are there, but beside which another of the kind fits better."""
    for said in claim.counts:
        mine = _telling(claim, said)
        if not mine or any(_keeps_order(claim, said, source) for source in sources):
            continue
        best = {True: 0.0, False: 0.0}
        for number, source in enumerate(sources):
            before = sources[number - 1].concepts if number else frozenset()
            for one in source.counts:
                if one.quantity.unit == said.quantity.unit:
                    fits = said.quantity.ends <= one.quantity.ends
                    near = _nearness(mine, source, one, before)
                    best[fits] = max(best[fits], near)
        lead = _LEAST_LEAD if said.quantity.unit else _LEAST_LEAD_OF_PIECES
        if best[True] and best[False] - best[True] > lead:
            yield said.quantity.written


def _keeps_order(claim: Statement, said: Counted, source: Statement) -> bool:
    """Whether the claim lists several numbers of the kind, as the sentence lists them."""
    unit = said.quantity.unit
    mine = [one.quantity.low for one in claim.counts if one.quantity.unit == unit]
    its = iter(one.quantity.low for one in source.counts if one.quantity.unit == unit)
    return len(mine) > 1 and len(set(mine)) == len(mine) and all(value in its for value in mine)


def _telling(claim: Statement, said: Counted) -> dict[str, float]:
    """What the claim says around a number, and how much it weighs: what is nearest most."""
    clause = claim.tokens[said.at].clause
    places = [one.at for one in claim.counts if one.quantity.unit == said.quantity.unit]
    weights: dict[str, float] = {}
    for at, token in enumerate(claim.tokens):
        nearest = abs(at - said.at) <= min(abs(at - place) for place in places)
        weight = token.weight * (1.0 if token.clause == clause else 0.4) * (1.0 if nearest else 0.4)
        if weight and not token.concept.startswith("#"):
            weights[token.concept] = max(weight, weights.get(token.concept, 0.0))
    return weights


def _nearness(
    mine: dict[str, float], source: Statement, one: Counted, before: frozenset[str]
) -> float:
    """The share of what is said around a number that stands around this one."""
    places = [other.at for other in source.counts if other.quantity.unit == one.quantity.unit]
    group = [place for place in places if abs(place - one.at) <= _LISTED]
    clause = source.tokens[one.at].clause
    around: dict[str, float] = dict.fromkeys(before, _BEFORE)
    around |= dict.fromkeys(source.under, _HEADING)
    for at, token in enumerate(source.tokens):
        nearest = min(abs(at - place) for place in group) <= min(abs(at - p) for p in places)
        if len(places) == len(group) or (nearest and token.clause == clause):
            worth = _NEAR
        else:
            worth = _SAME_CLAUSE if token.clause == clause or nearest else _SAME_SENTENCE
        around[token.concept] = max(worth, around.get(token.concept, 0.0))
    whole = sum(mine.values())
    return sum(weight * around.get(what, 0.0) for what, weight in mine.items()) / whole


def turned_limits(claim: Statement, sources: Sequence[Statement]) -> int:
    """How many numbers are the least here and the most there, or for each month and each year."""
    wrong = 0
    for said in (one.quantity for one in claim.counts):
        same = [
            one.quantity
            for source in sources
            for one in source.counts
            if one.quantity.unit == said.unit and said.ends <= one.quantity.ends
        ]
        if not same:
            continue
        wrong += all({said.bound, one.bound} == {"least", "most"} for one in same)
        wrong += bool(said.per) and all(one.per not in ("", said.per) for one in same)
    return wrong
