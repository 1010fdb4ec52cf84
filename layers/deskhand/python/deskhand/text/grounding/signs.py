"""Looks for the signs by which a sentence that does not stand in its sources gives itself away."""

from collections.abc import Sequence
from dataclasses import dataclass

from deskhand.text.grounding import counts, opposites
from deskhand.text.grounding.denials import turned
from deskhand.text.grounding.names import strange_links, strange_names
from deskhand.text.grounding.order import swapped
from deskhand.text.grounding.statements import Statement, Token, statement, statements
from deskhand.text.words import listed

_HERE, _HEADING, _BESIDE, _SAME_TEXT = 1.0, 0.9, 0.7, 0.3
"""What a word of the claim is worth where it stands: in the sentence that the claim rests on, in
the headings above it, in the sentences beside it, elsewhere in the sources."""
_GOING_ON = listed(
    "it its they their both these this that those he she his her then after once if out when until "
    "neither each all there one"
)
_OTHER_WORDING = 0.4
"""The share of its words that a faithful rewording may have of its own."""
_SCALE = 4.0
"""Shares count so much more, to weigh in the fit as the signs do that are there or not."""
_ASIDE = 0.14
"""The share of its words that may stand aside of where the rest of its clause stands."""


@dataclass(frozen=True)
class Signs:
    """What was found; empty and 0 everywhere where the claim stands as it is said."""

    strange_numbers: tuple[str, ...] = ()
    misplaced_numbers: tuple[str, ...] = ()
    strange_names: tuple[str, ...] = ()
    limits: float = 0.0
    """Numbers that are the least here and the most there, or for each month and each year."""
    turned: float = 0.0
    """How sure it is that it says yes for no or no for yes."""
    roles: float = 0.0
    """Deeds with another doer, and things that changed places."""
    overstated: float = 0.0
    unhedged: float = 0.0
    unnarrowed: float = 0.0
    new: float = 0.0
    """The share of its words that no source has, beyond what other wording needs."""
    scattered: float = 0.0
    """The share of its words that stand there, but apart from the others, beyond what is usual."""


def signs(claim: str, sources: Sequence[str]) -> Signs:
    """All signs of a claim in what it cites."""
    said = statement(claim)
    there = [one for source in sources for one in statements(source)]
    if not there:
        return Signs(new=_SCALE * (1 - _OTHER_WORDING))
    known = frozenset[str]().union(*(one.words | one.under for one in there))
    telling = [token for token in said.tokens if not token.concept.startswith("#")]
    total = sum(token.weight for token in telling) or 1.0
    new = [token for token in telling if not _is_known(token, known)]
    new_weight = sum(token.weight for token in new)
    rests_on = _anchor(telling, there, known)[0]
    unit = there[rests_on]
    near = frozenset[str]().union(
        *(one.words for one in there[max(0, rests_on - 1) : rests_on + 2])
    )
    return Signs(
        strange_numbers=(*strange_links(claim, sources), *counts.strange(said, there)),
        misplaced_numbers=tuple(counts.misplaced(said, there)),
        strange_names=tuple(strange_names(said, new, sources)),
        limits=float(counts.turned_limits(said, there)),
        turned=turned(said, there),
        roles=swapped(said, unit) + opposites.turned_directions(said, unit),
        overstated=float(opposites.overstated(said, near)),
        unhedged=float(opposites.unhedged(said, unit)),
        unnarrowed=float(opposites.unnarrowed(said, unit)),
        new=_SCALE * max(0.0, new_weight / total - _OTHER_WORDING),
        scattered=_SCALE * max(0.0, _scattered(said, there, known) - _ASIDE),
    )


def _is_known(token: Token, known: frozenset[str]) -> bool:
    return token.concept in known or token.word in known


def _anchor(
    telling: Sequence[Token], there: Sequence[Statement], known: frozenset[str]
) -> tuple[int, float]:
    """The sentence on which the claim rests, and the share of the claim that stands there."""
    total = sum(token.weight for token in telling) or 1.0
    shares = []
    for at, unit in enumerate(there):
        beside = there[at - 1].concepts if at and _goes_on(unit) else frozenset[str]()
        shares.append(
            sum(token.weight * _worth(token, unit, beside, known) for token in telling) / total
        )
    best = max(range(len(shares)), key=lambda at: (shares[at], -at))
    return best, shares[best]


def _goes_on(unit: Statement) -> bool:
    """Whether a sentence speaks of what the one before it named."""
    return bool(unit.tokens) and unit.tokens[0].word in _GOING_ON


def _worth(token: Token, unit: Statement, beside: frozenset[str], known: frozenset[str]) -> float:
    if token.concept in unit.words or token.word in unit.words:
        return _HERE
    if token.concept in unit.under:
        return _HEADING
    if token.concept in beside:
        return _BESIDE
    return _SAME_TEXT if _is_known(token, known) else 0.0


def _scattered(said: Statement, there: Sequence[Statement], known: frozenset[str]) -> float:
    """The share of its words that does not stand with the rest of its clause."""
    total = sum(token.weight for token in said.tokens) or 1.0
    lost = 0.0
    for clause in said.clauses.values():
        telling = [said.tokens[at] for at in clause if not said.tokens[at].concept.startswith("#")]
        weight = sum(token.weight for token in telling)
        if weight:
            there_at_all = sum(token.weight for token in telling if _is_known(token, known))
            lost += max(0.0, there_at_all - _anchor(telling, there, known)[1] * weight)
    return lost / total
