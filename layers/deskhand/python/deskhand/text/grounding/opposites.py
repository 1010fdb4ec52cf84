"""Words that say the opposite of each other, and words that claim more than others."""

from functools import cache

from deskhand.text.grounding.concepts import concept
from deskhand.text.grounding.statements import Statement, Token
from deskhand.text.words import listed

_PAIRS = (
    ("open", "close"),
    ("available", "unavailable"),
    ("valid", "invalid expired"),
    ("accept", "refuse reject decline"),
    ("enable activate", "disable deactivate block"),
    ("increase grow", "decrease fall"),
    ("more", "less fewer"),
    ("above over", "below under"),
    ("longer", "shorter"),
    ("older", "younger"),
    ("bigger", "smaller"),
    ("heavier", "lighter"),
    ("heavy", "light"),
    ("cheaper", "dearer"),
    ("higher", "lower"),
    ("high", "low"),
    ("faster", "slower"),
    ("early earlier", "late later"),
    ("full", "empty"),
    ("dry", "wet"),
    ("strong", "weak"),
    ("wide", "narrow close"),
    ("buy", "sell"),
    ("add", "remove"),
    ("start", "end"),
    ("lock", "unlock"),
    ("easy", "difficult hard"),
    ("legal", "illegal"),
    ("north", "south"),
    ("east", "west"),
    ("spring", "autumn"),
    ("summer", "winter"),
    ("morning", "evening"),
    ("day", "night"),
    ("male", "female"),
    ("public", "private internal"),
    ("inside", "outside"),
    ("online", "offline"),
    ("opened", "unopened"),
    ("import", "export"),
    ("win", "lose"),
    ("major", "minor"),
    ("minimum least", "maximum most"),
    ("free", "charged chargeable"),
)
_DIRECTIONS = (("from", "to"), ("before", "after"), ("above", "below"), ("over", "under"))
_ABSOLUTE = listed(
    """all every always everywhere everybody everyone anywhere only exclusively solely immediately
    instantly guaranteed certainly definitely completely entirely unlimited forever"""
)
_HEDGES = listed(
    """may might can could usually often sometimes normally generally mostly most about around
    nearly almost approximately possibly perhaps some few partly seldom rarely probably typically
    expected estimated should"""
)
_NARROW = listed("only except unless until excluding provided solely exclusively")
_SHORTEST = 3
_UN = ("un", "in", "im", "non", "dis", "ir")


def is_opposite(token: Token, there: frozenset[str]) -> bool:
    """Whether the word stands there as its opposite, and not as it is."""
    if token.concept in there or token.word in there:
        return False
    for one, other in _concepts():
        if token.concept in one and there & other and not there & one:
            return True
        if token.concept in other and there & one and not there & other:
            return True
    return _un_opposite(token.word, there)


@cache
def _concepts() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """The pairs by what they say: made on first use, as the stemmer is."""
    return tuple(
        (frozenset(map(concept, one.split())), frozenset(map(concept, other.split())))
        for one, other in _PAIRS
    )


def _un_opposite(word: str, there: frozenset[str]) -> bool:
    """`untreated` for `treated`, or the other way round."""
    for prefix in _UN:
        bare = word.removeprefix(prefix)
        if bare != word and len(bare) > _SHORTEST and concept(bare) in there:
            return True
        if f"{prefix}{word}" in there:
            return True
    return False


def turned_directions(claim: Statement, unit: Statement) -> int:
    """How many things stand behind `from` here and behind `to` there, and so on."""
    return sum(
        1
        for one, other in (*_DIRECTIONS, *((b, a) for a, b in _DIRECTIONS))
        for thing in _behind(claim, one) - _behind(claim, other)
        if thing in _behind(unit, other) and thing not in _behind(unit, one)
    )


def _behind(said: Statement, preposition: str) -> frozenset[str]:
    """The first telling word behind each such preposition."""
    return frozenset(
        next((later.concept for later in said.tokens[at + 1 : at + 4] if later.weight >= 1), "")
        for at, token in enumerate(said.tokens)
        if token.word == preposition
    ) - {""}


def overstated(claim: Statement, there: frozenset[str]) -> int:
    """How many absolute words the claim has where what it rests on has none of that kind."""
    said = {token.word for token in claim.tokens} & _ABSOLUTE
    if not said or there & _ABSOLUTE & said:
        return 0
    kinds = [said & kind for kind in _KINDS]
    return sum(1 for kind, mine in zip(_KINDS, kinds, strict=True) if mine and not there & kind)


_KINDS = (
    listed("all every always everybody everyone everywhere anywhere whenever each any whole"),
    listed("only exclusively solely"),
    listed("immediately instantly"),
    listed("guaranteed certainly definitely completely entirely unlimited forever"),
)


def unhedged(claim: Statement, unit: Statement) -> int:
    """Whether what may be so is said to be so."""
    hedged = {token.word for token in unit.tokens} & (_HEDGES - {"can"})
    return int(bool(hedged) and not {token.word for token in claim.tokens} & (_HEDGES | _SURE))


_SURE = listed("up if when")


def unnarrowed(claim: Statement, unit: Statement) -> int:
    """Whether a restriction is left out: `only`, `except`."""
    narrow = {token.word for token in unit.tokens} & _NARROW
    return int(bool(narrow) and not {token.word for token in claim.tokens} & (_NARROW | {"if"}))
