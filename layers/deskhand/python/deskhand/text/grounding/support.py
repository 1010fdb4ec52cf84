"""Tells how well a sentence stands in what it cites: its words, numbers, names, its yes or no."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from deskhand.text.grounding.counts import strange
from deskhand.text.grounding.list_numbers import without_list_numbers
from deskhand.text.grounding.names import strange_links
from deskhand.text.grounding.signs import Signs, signs
from deskhand.text.grounding.statements import short_sentences, statement, statements
from deskhand.text.grounding.weights import BIAS, WEIGHTS
from deskhand.text.words import straight, words

_SPACE = re.compile(r"\s+")
_BULLET = re.compile(r"^[-*\u2022]\s+")


_NONE = Signs()


@dataclass(frozen=True)
class Support:
    """How far a claim stands in its sources."""

    score: float
    """1: word for word; else how sure it is by the signs that were found, 0 to 1."""
    signs: Signs = _NONE

    def holds(self, least: float) -> bool:
        """Whether it may be said: no number or name that is not there, and sure enough."""
        found = self.signs
        wrong = found.strange_numbers or found.misplaced_numbers or found.strange_names
        return self.score >= least and not wrong

    @property
    def words(self) -> str:
        """What is wrong with it, for a person and for the next draft."""
        return " and ".join(_told(self.signs)) or "it says more than what it cites"


def _told(found: Signs) -> Iterator[str]:
    if found.strange_numbers:
        yield f"{', '.join(found.strange_numbers)} is not in what it cites"
    if found.misplaced_numbers:
        yield f"{', '.join(found.misplaced_numbers)} stands there of something else"
    if found.strange_names:
        yield f"{', '.join(found.strange_names)} is not named in what it cites"
    if found.limits:
        yield "a limit or a period is another one in what it cites"
    if found.turned:
        yield "what it cites says the opposite"
    if found.roles:
        yield "who does it, or what comes first, is the other way round in what it cites"
    if found.overstated or found.unhedged:
        yield "what it cites does not say so firmly"
    if found.unnarrowed:
        yield "what it cites says it only of some"
    if found.scattered:
        yield "its words stand there in sentences about different things"


def support(claim: str, sources: Sequence[str]) -> Support:
    """How well the claim stands in its sources: 1 where it is whole sentences of them, else as sure
    as the signs leave the worst of its sentences. Takes time that grows with the sources, not with
    their square."""
    if any(_stands_whole(claim, source) for source in sources):
        return Support(1.0)
    if not sources or not words(claim):
        return Support(0.0)
    said = short_sentences(without_list_numbers(claim))
    parts = [_supported(part, "\n\n".join(sources)) for part in said]
    return min(parts, key=lambda part: (part.holds(0.0), part.score), default=Support(0.0))


def _supported(sentence: str, source: str) -> Support:
    found = signs(sentence, [source])
    return Support(_sureness(found), found)


def strange_numbers(text: str, known: Sequence[str]) -> tuple[str, ...]:
    """The links, codes, dates and numbers of a text that no known text has, as written."""
    there = [one for source in known for one in statements(source)]
    said = statement(without_list_numbers(text))
    return (*strange_links(text, known), *strange(said, there))


def has_quote(quote: str, sources: Sequence[str]) -> bool:
    """Whether the quote stands in one of the sources, whatever its spaces and quotation marks."""
    sought = _even(quote).strip(" \"'.")
    return bool(sought) and any(sought in _even(source) for source in sources)


def _even(text: str) -> str:
    return _SPACE.sub(" ", straight(text).replace("''", '"').replace("``", '"')).strip()


def _sureness(found: Signs) -> float:
    against = sum(weight * _size(getattr(found, sign)) for sign, weight in WEIGHTS.items())
    return 1 / (1 + math.exp(against - BIAS))


def _size(sign: float | tuple[str, ...]) -> float:
    return float(bool(sign)) if isinstance(sign, tuple) else sign


def _stands_whole(claim: str, source: str) -> bool:
    """Whether the claim is one or more whole sentences of the source, word for word."""
    said = _BULLET.sub("", _even(claim)).rstrip(".!?")
    if not said:
        return False
    text = straight(source)
    pattern = re.compile(r"\s+".join(map(re.escape, said.split())))
    return any(
        _begins_sentence(text[max(0, found.start() - _AROUND) : found.start()])
        and _ends_sentence(text[found.end() : found.end() + _AROUND])
        for found in pattern.finditer(text)
    )


_AROUND = 12
_BULLETS = " \t*\u2022#>-"


def _begins_sentence(before: str) -> bool:
    """Whether nothing but a bullet stands between the end of a sentence and what follows."""
    bare = before.rstrip(_BULLETS)
    numbered = bare.rstrip(".)").rstrip("0123456789")
    return not bare or bare[-1] in ".!?:;\n\"'" or not numbered or numbered[-1] == "\n"


def _ends_sentence(after: str) -> bool:
    rest = after.lstrip(" \t")
    return not rest or rest[0] in ".!?;\n"
