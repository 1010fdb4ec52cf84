"""Finds the same thing said with another number, day or no, in the same words or in others.

Pairs are found by vectors that are blind for numbers, and by the words of those that say no; what
then speaks against a contradiction is what tells two cases apart: another name, another deed,
another condition.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from deskhand.domain.finding import Finding, Place
from deskhand.text.conflicts import disagreements
from deskhand.text.lint.base import Base
from deskhand.text.lint.catalogue import found
from deskhand.text.lint.statements import Statement, statements, vectors_of
from deskhand.text.words import listed

_WORTH_A_LOOK = 0.64
_ALIKE = 0.72
"""Above this cosine two sentences say the same of the same thing, if nothing tells them apart."""
_ALIKE_IN_ONE_PAGE = 0.75
_VERY_ALIKE = 0.8
_ALIKE_BUT_FOR_NO = 0.75
_SHARE_BUT_FOR_NO = 0.5
_NEARLY_ALL_WORDS = 0.75
_A_MONTH_MORE_OR_LESS = 0.03
_FEWEST_SHARED = {"clock": 2}
_MOST_WORDS = 0.6
_A_SUBJECT_OF_ITS_OWN = 3
_BLOCK = 512
_CONDITIONS = re.compile(
    r"\b(?:if|unless|except|only|without|otherwise|until|before|whether|when|as long as|once|"
    r"while|instead|or)\b",
    re.IGNORECASE,
)
_BOUNDS = re.compile(
    r"\b(?:over|above|below|under (?=[\d€$£])|(?:more|less|fewer) than|at least|minimum|maximum|"
    r"exceed\w*)\b",
    re.IGNORECASE,
)
_MONEY = frozenset({"eur", "usd", "gbp", "chf"})
_ANY_TITLE = listed("polici faq question answer cost how guid page inform")
Pair = tuple[int, int]


def contradictions(base: Base) -> Iterator[Finding]:
    """DISAGREE: once a pair of sentences, at the one that stands later."""
    said = list(statements(base.alive))
    numbered = [at for at, one in enumerate(said) if one.figures]
    by_no = _same_but_for_no(said)
    wanted = sorted({*numbered, *(at for pair in by_no for at in pair)})
    if not wanted:
        return
    rows = {at: row for row, at in enumerate(wanted)}
    vectors = vectors_of([said[at] for at in wanted], base.embedder)
    told: set[tuple[str, str]] = set()
    pairs = [*_with_other_numbers(said, numbered, rows, vectors)]
    pairs += [
        (one, other)
        for one, other in by_no
        if _cosine(vectors, rows, one, other) >= _ALIKE_BUT_FOR_NO
        or _nearly_all_words(said[one], said[other])
    ]
    for pair in sorted(set(pairs)):
        one, other = (said[at] for at in pair)
        if (key := (one.text, other.text)) not in told:
            told.add(key)
            yield _finding(one, other)


def _with_other_numbers(
    said: Sequence[Statement], numbered: Sequence[int], rows: dict[int, int], vectors: Any
) -> Iterator[Pair]:
    by_unit: dict[str, list[int]] = defaultdict(list)
    for at in numbered:
        for unit in said[at].figures:
            by_unit[unit].append(at)
    for unit, group in by_unit.items():
        among = vectors[[rows[at] for at in group]]
        for start in range(0, len(group), _BLOCK):
            cosines = among[start : start + _BLOCK] @ among.T
            for row, column in np.argwhere(cosines >= _WORTH_A_LOOK):
                one, other = start + int(row), int(column)
                if one < other and _contradict(
                    said[group[one]], said[group[other]], unit, float(cosines[row, column])
                ):
                    nearer = (
                        _agrees_elsewhere(said, group, among, one, other, unit),
                        _agrees_elsewhere(said, group, among, other, one, unit),
                    )
                    if not any(nearer):
                        yield group[one], group[other]


def _contradict(one: Statement, other: Statement, unit: str, cosine: float) -> bool:
    if not _apart(unit, one.figures[unit], other.figures[unit]) or not _comparable(one, other):
        return False
    same_page = one.page is other.page
    if same_page and one.part.section == other.part.section:
        return False
    if same_page and _of_two_things(one, other):
        return False
    if disagreements([one.passage, other.passage]):
        return True
    told_apart = one.contrasts ^ other.contrasts
    if one.deeds != other.deeds or told_apart - (set() if unit in _MONEY else {"free"}):
        return False
    if one.names != other.names and not (_names_within(one, other) and cosine >= _VERY_ALIKE):
        return False
    if _bounds(one) != _bounds(other) or one.says_no != other.says_no:
        return False
    shared = one.about & other.about
    if len(shared) < _FEWEST_SHARED.get(unit, 1) or _of_two_things(one, other):
        return False
    if one.deeds and not same_page:
        return True
    if len(shared) > 1 and len(shared) >= _MOST_WORDS * len(one.about | other.about):
        return True
    return cosine >= (_ALIKE_IN_ONE_PAGE if same_page else _ALIKE)


def _agrees_elsewhere(
    said: Sequence[Statement], group: Sequence[int], among: Any, one: int, other: int, unit: str
) -> bool:
    """Whether the other's page says something that is nearer to the one than the other is."""
    page = said[group[other]].page
    cosine = float(among[one] @ among[other])
    mine = said[group[one]].figures[unit]
    for at, statement in enumerate(group):
        if at not in (one, other) and said[statement].page is page:
            near = float(among[one] @ among[at])
            agrees = not _apart(unit, mine, said[statement].figures[unit])
            if near > cosine + 1e-4 or (agrees and near > cosine - 0.05):
                return True
    return False


def _same_but_for_no(said: Sequence[Statement]) -> list[Pair]:
    """Pairs of which one says no: sought by the words that they share, the rarest first."""
    where: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(said):
        for word in one.about:
            where[word].append(at)
    pairs: set[Pair] = set()
    for at, one in enumerate(said):
        if not one.says_no or _CONDITIONS.search(one.text):
            continue
        rarest = sorted(one.about, key=lambda word: len(where[word]))[:3]
        for near in {near for word in rarest for near in where[word][:200]}:
            if _denies(one, said[near]):
                pairs.add((min(at, near), max(at, near)))
    return sorted(pairs)


def _denies(one: Statement, other: Statement) -> bool:
    shared = one.about & other.about
    return (
        not other.says_no
        and not _CONDITIONS.search(other.text)
        and len(shared) > 1
        and len(shared) >= _SHARE_BUT_FOR_NO * len(one.about | other.about)
        and (one.about <= other.about or other.about <= one.about)
        and (one.page is not other.page or one.part.section != other.part.section)
        and not _of_two_things(one, other)
        and one.deeds == other.deeds
        and one.names == other.names
        and one.contrasts == other.contrasts
        and one.figures == other.figures
        and _comparable(one, other)
    )


def _comparable(one: Statement, other: Statement) -> bool:
    """Whether the same reader can be told both."""
    mine, its = one.page.article, other.page.article
    return (
        mine.audience == its.audience
        and mine.language == its.language
        and (mine.product == its.product or not (mine.product and its.product))
        and one.part.condition == other.part.condition
        and mine.only_for == its.only_for
        and one.page.meets(other.page)
    )


def _of_two_things(one: Statement, other: Statement) -> bool:
    """Whether the titles name two things of a kind: one page or section a plan, or a country."""
    for mine, its in zip(one.titles, other.titles, strict=True):
        mine, its = mine - _ANY_TITLE, its - _ANY_TITLE
        if mine & its and mine - its and its - mine:
            return True
    page, heading = one.titles
    its_page, its_heading = other.titles
    told = bool(heading and its_heading)
    if one.page is not other.page:
        heading, its_heading = heading | page, its_heading | its_page
        says_its_subject = len(one.about & other.about) >= _A_SUBJECT_OF_ITS_OWN
        told = bool(heading and its_heading) and not says_its_subject
    named = (heading & its_heading) or (heading | its_heading) & (one.about | other.about)
    return told and not named


def _names_within(one: Statement, other: Statement) -> bool:
    shorter, longer = sorted((one.names, other.names), key=len)
    return bool(shorter) and shorter < longer


def _nearly_all_words(one: Statement, other: Statement) -> bool:
    shared = len(one.about & other.about)
    return shared > 2 and shared >= _NEARLY_ALL_WORDS * len(one.about | other.about)


def _apart(unit: str, values: frozenset[float], others: frozenset[float]) -> bool:
    """Whether no number is in both, nor one's span within the other's. A month is 30 days."""
    if unit == "clock":
        return values != others
    slack = _A_MONTH_MORE_OR_LESS if unit == "time" else 0.0
    if any(abs(mine - its) <= slack * max(mine, its) for mine in values for its in others):
        return False
    low, high, its_low, its_high = min(values), max(values), min(others), max(others)
    return not (low <= its_low <= its_high <= high or its_low <= low <= high <= its_high)


def _bounds(statement: Statement) -> frozenset[str]:
    return frozenset(bound.lower() for bound in _BOUNDS.findall(statement.text))


def _cosine(vectors: Any, rows: dict[int, int], one: int, other: int) -> float:
    return float(vectors[rows[one]] @ vectors[rows[other]])


def _finding(one: Statement, other: Statement) -> Finding:
    elsewhere = "the same page" if one.page is other.page else one.page.file
    return found(
        "DISAGREE",
        other.page,
        other.line,
        f"“{other.text}” but {elsewhere}, line {one.line}: “{one.text}”",
        about=f"{other.text}\n{one.page.file}\n{one.text}",
        also=[Place(file=one.page.file, line=one.line)],
    )
