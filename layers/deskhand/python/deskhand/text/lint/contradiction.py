"""Tells whether two sentences that are near in meaning contradict each other.

Precision comes before recall: what speaks against a contradiction is whatever tells two cases
apart, another name, another deed, another condition.
"""

import re

from deskhand.text.conflicts import disagreements
from deskhand.text.lint.statements import Statement
from deskhand.text.words import listed

_ALIKE_IN_DEEDS = 0.64
_ALIKE = 0.72
"""Above this cosine two sentences say the same of the same thing, if nothing tells them apart."""
_ALIKE_IN_ONE_PAGE = 0.75
_VERY_ALIKE = 0.8
_SHARE_BUT_FOR_NO = 0.5
_NEARLY_ALL_WORDS = 0.75
_A_MONTH_MORE_OR_LESS = 0.03
_FEWEST_SHARED = {"clock": 2}
_MOST_WORDS = 0.6
_A_SUBJECT_OF_ITS_OWN = 3
CONDITIONS = re.compile(
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
_ANY_TITLE = listed(
    "polici faq question answer cost how guid page inform short summari overview general detail"
    " note more good know import tip"
)


def contradict(one: Statement, other: Statement, unit: str, cosine: float) -> bool:
    """Whether they say the same thing with other numbers of that unit."""
    if not apart(unit, one.figures[unit], other.figures[unit]) or not _comparable(one, other):
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
    if one.deeds and not same_page and cosine >= _ALIKE_IN_DEEDS:
        return True
    if len(shared) > 1 and len(shared) >= _MOST_WORDS * len(one.about | other.about):
        return True
    return cosine >= (_ALIKE_IN_ONE_PAGE if same_page else _ALIKE)


def denies(one: Statement, other: Statement) -> bool:
    """Whether the first, which says no, says no to the other."""
    shared = one.about & other.about
    return (
        not other.says_no
        and not CONDITIONS.search(other.text)
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
    page, heading = (title - _ANY_TITLE for title in one.titles)
    its_page, its_heading = (title - _ANY_TITLE for title in other.titles)
    for mine, its in ((page, its_page), (heading, its_heading)):
        if mine & its and mine - its and its - mine:
            return True
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


def nearly_all_words(one: Statement, other: Statement) -> bool:
    """Whether they speak of the same, word for word."""
    shared = len(one.about & other.about)
    return shared > 2 and shared >= _NEARLY_ALL_WORDS * len(one.about | other.about)


def apart(unit: str, values: frozenset[float], others: frozenset[float]) -> bool:
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
