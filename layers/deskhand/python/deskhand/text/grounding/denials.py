"""Whether a claim says yes where its sources say no, or no where they say yes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from deskhand.text.grounding.opposites import is_opposite
from deskhand.text.grounding.statements import COUNT, Statement, Token
from deskhand.text.words import listed

_SAME_THING = 0.5
"""The share of a claim that a clause has to have for its yes or no to speak to the claim."""
_NEARLY = 0.85
_FEWEST = 1.2
"""Of fewer words it cannot be told what a part of a claim is about."""
_CONDITIONS = listed("if when once unless whenever while until before after as without")


@dataclass(frozen=True)
class _Likeness:
    """How much of a claim's clause a clause of a source says, and whether both say yes or no."""

    share: float
    agrees: bool


def turned(claim: Statement, sources: Sequence[Statement]) -> float:
    """How sure it is that a part of the claim is the other way round in its sources: the share of
    it that the part of the source says; 0 where some part that says as much agrees."""
    worst = 0.0
    for places in claim.clauses.values():
        if claim.tokens[places[0]].word in _CONDITIONS:
            continue  # what is supposed is not said
        if sum(_weight(claim.tokens[at]) for at in places) < _FEWEST:
            continue
        heads = [at for at in places if at in claim.heads]
        denies = any(at in claim.denied for at in places)
        for at in heads if denies else places:
            if claim.tokens[at].weight >= 1:
                found = list(_likenesses(claim, places, at, sources))
                worst = max(worst, _against(found))
    return worst


def _weight(token: Token) -> float:
    return 1.0 if token.concept.startswith(COUNT) else token.weight


def _against(found: Sequence[_Likeness]) -> float:
    best = max((one.share for one in found), default=0.0)
    near = [one.agrees for one in found if one.share >= _NEARLY * best]
    return best if best >= _SAME_THING and not any(near) else 0.0


def _likenesses(
    claim: Statement, places: Sequence[int], at: int, sources: Sequence[Statement]
) -> Iterator[_Likeness]:
    """Each clause of the sources in which the word stands, as it is or as its opposite."""
    telling = [claim.tokens[place] for place in places]
    denies = any(place in claim.denied for place in places)
    for unit in (source for source in sources if not source.is_heading):
        wide = unit.words | unit.under
        for its_places in unit.clauses.values():
            if unit.tokens[its_places[0]].word in _CONDITIONS:
                continue
            its = [unit.tokens[place] for place in its_places]
            own = frozenset(word for token in its for word in (token.concept, token.word))
            word = claim.tokens[at]
            opposite = is_opposite(word, own)
            if word.concept in own or word.word in own or opposite:
                share = _share(telling, own, wide)
                yield _Likeness(
                    share, denies == (_says_no(word, telling, unit, its_places, denies) != opposite)
                )


def _says_no(
    word: Token, telling: Sequence[Token], unit: Statement, places: Sequence[int], denies: bool
) -> bool:
    """Whether the clause denies the word; or, for a claim that denies, anything of the claim."""
    sought = {token.concept for token in telling if token.weight >= 1} if denies else {word.concept}
    denied = [unit.tokens[place] for place in places if place in unit.denied]
    if not denies:
        return any(
            token.concept in sought or is_opposite(word, frozenset((token.concept, token.word)))
            for token in denied
        )
    return any(token.concept in sought for token in denied)


def _share(telling: Sequence[Token], own: frozenset[str], wide: frozenset[str]) -> float:
    total = found = 0.0
    for token in telling:
        weight = _weight(token)
        total += weight
        found += weight * (1.0 if token.concept in own else 0.5 if token.concept in wide else 0.0)
    return found / (total or 1.0)
