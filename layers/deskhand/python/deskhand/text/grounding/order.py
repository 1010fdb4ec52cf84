"""Whether the words of a claim stand in the places of other words of what it rests on."""

from collections.abc import Sequence
from functools import cache

from deskhand.text.grounding.concepts import concept
from deskhand.text.grounding.statements import Statement
from deskhand.text.words import listed, stem

_CUSTOMER, _SHOP = "you", "we"
_PARTIES = dict.fromkeys(listed("you i customer customers buyer buyers"), _CUSTOMER)
_PARTIES |= dict.fromkeys(listed("we shop"), _SHOP)
_DEEDS = listed(
    """pay send ask charge tell give return deliver cover repair collect check answer write call
    cancel change correct pack examine decide delete keep store bring print sign report reimburse
    owe order provide choose contact inform pick ship replace"""
)
_PAST = {"paid": "pay", "sent": "send", "gave": "give", "given": "give", "told": "tell",
         "kept": "keep", "wrote": "write", "brought": "bring"}  # fmt: skip
_PIVOTS = listed("instead than before after rather")
_LONGEST = 120
"""Sentences of more words are not compared word by word."""


def swapped(claim: Statement, unit: Statement) -> float:
    """How many deeds have another doer, and how many things changed places around a word."""
    return float(min(_doers(claim, unit) + _turned_round(claim, unit), 2))


def _doers(claim: Statement, unit: Statement) -> int:
    """Deeds that the customer does here, and the shop there, or the other way round."""
    there = _doers_of(unit)
    return sum(
        bool(mine) and bool(there.get(deed)) and mine.isdisjoint(there[deed])
        for deed, mine in _doers_of(claim).items()
    )


def _doers_of(said: Statement) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for places in said.clauses.values():
        doer = ""
        for number, at in enumerate(places):
            word = said.tokens[at].word
            doer = _PARTIES.get(word, doer)
            deed = _PAST.get(word, stem(word))
            if deed not in _deeds():
                continue
            if number == 0:
                found.setdefault(deed, set()).add(_CUSTOMER)  # "Pack the item"
            elif doer and not _is_passive(said, places, number):
                found.setdefault(deed, set()).add(doer)
    return found


_APART = 5
_PLACED = {word: word for word in _PIVOTS} | _PARTIES | {"us": _SHOP}
_BE = listed("is are was were be been being get gets got have has")


def _is_passive(said: Statement, places: Sequence[int], number: int) -> bool:
    """Whether a form of `be` stands before the deed, or it is a noun after an article."""
    before = [said.tokens[at].word for at in places[max(0, number - 2) : number]]
    return bool(set(before) & _BE) or bool(set(before[-1:]) & listed("the a an your our its of"))


def _turned_round(claim: Statement, unit: Statement) -> int:
    """Whether two things stand on the other sides of a word between them."""
    mine, its = [
        [
            _PLACED.get(token.word, token.concept)
            for token in one.tokens
            if token.weight >= 1 or token.word in _PLACED
        ]
        for one in (claim, unit)
    ]
    if max(len(mine), len(its)) > _LONGEST:
        return 0
    once = {what for what in its if its.count(what) == 1 and mine.count(what) == 1}
    place = {what: at for at, what in enumerate(its)}
    passive = _has_by(claim) != _has_by(unit)
    for at, pivot in enumerate(mine[1:-1], start=1):
        if pivot not in once or passive or not (pivot in _PIVOTS or pivot in _deed_concepts()):
            continue
        left, right = mine[at - 1], mine[at + 1]
        if left in once and right in once:
            turned = place[right] < place[pivot] < place[left]
            if turned and place[left] - place[right] <= _APART:
                return 1
    return 0


@cache
def _deeds() -> frozenset[str]:
    """What is done, by its stem: made on first use, as the stemmer is."""
    return frozenset(map(stem, _DEEDS))


@cache
def _deed_concepts() -> frozenset[str]:
    return frozenset(map(concept, _DEEDS))


def _has_by(said: Statement) -> bool:
    return any(token.word == "by" for token in said.tokens)
