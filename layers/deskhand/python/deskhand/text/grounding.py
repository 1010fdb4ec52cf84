"""Tells how well a sentence stands in what it cites: its words, numbers, names, its yes or no."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from deskhand.text.figures import says_no
from deskhand.text.numerals import LINK, missing_numbers
from deskhand.text.sentences import sentences
from deskhand.text.words import listed, stem, stems, straight, words

_CLAUSE = re.compile(r"[;:,]\s+|(?<!\s)\s+-\s+|(?<!\s)\s+(?:but|except|unless|however|although)\s+")
_NAME = re.compile(r"(?<![\w'.])[A-Z][\w&]*(?:['-][\w&]+)*")
_SENTENCE_START = re.compile(r"(?:^|(?:[.!?:]|\n(?![^\S\n]*\n))['\")\]]*+)\s*[-*\u2022\"'(\[]*$")
_NO_NAMES = listed("i i'm i've i'll i'd ai ok faq eur usd gbp chf")
_OPPOSITES = tuple(
    (listed(one), listed(other))
    for one, other in (
        ("before", "after"),
        ("always", "never"),
        ("open opened opens", "closed closes close"),
        ("include includes included including", "exclude excludes excluded excluding"),
        ("possible", "impossible"),
        ("available", "unavailable"),
        ("valid", "invalid expired"),
        ("minimum least", "maximum most"),
        ("above over more", "below under less"),
        ("free", "charged paid"),
        ("allowed permitted", "forbidden prohibited"),
        ("accept accepted accepts", "refuse refused refuses reject rejected"),
    )
)
_SAME_THING = 0.5
"""The share of a claim that a sentence has to have for its yes or no to speak to the claim."""


@dataclass(frozen=True)
class Support:
    """How far a claim stands in its sources."""

    score: float
    """1.5: word for word; 0: no word of it."""
    missing_numbers: tuple[str, ...] = ()
    """Numbers, dates, amounts, references and links that the sources do not have."""
    missing_names: tuple[str, ...] = ()
    polarity_differs: bool = False
    """Whether it says yes where the sources say no, or the other way round."""

    def holds(self, least: float) -> bool:
        """Whether it may be said: nothing made up or turned round, and enough in common."""
        wrong = self.missing_numbers or self.missing_names or self.polarity_differs
        return self.score >= least and not wrong

    @property
    def words(self) -> str:
        """What is wrong with it, for a person and for the next draft."""
        parts = []
        if self.missing_numbers:
            parts.append(f"{', '.join(self.missing_numbers)} is not in what it cites")
        if self.missing_names:
            parts.append(f"{', '.join(self.missing_names)} is not named in what it cites")
        if self.polarity_differs:
            parts.append("what it cites says the opposite")
        return " and ".join(parts) or "it says more than what it cites"


def support(claim: str, sources: Sequence[str]) -> Support:
    """How well the claim stands in its sources: the share of its words that they have and half the
    share that their best sentence has, less what is made up or turned round."""
    if any(_stands_whole(claim, source) for source in sources):
        return Support(1.5)
    everything = "\n".join(sources)
    telling = stems(claim)
    units = [(_share(telling, unit), unit) for source in sources for unit in _units(source)]
    best = max((share for share, _ in units), default=0.0)
    numbers = tuple(missing_numbers(claim, everything))
    names = tuple(_missing_names(claim, everything))
    differs = best >= _SAME_THING and _differs(claim, units, best)
    score = _share(telling, everything) + 0.5 * best
    score -= 1.0 * bool(numbers) + 0.5 * bool(names) + 0.5 * differs
    return Support(max(score, 0.0), numbers, names, differs)


def _stands_whole(claim: str, source: str) -> bool:
    """Whether the claim is one or more whole sentences of the source, word for word."""
    said = r"\s+".join(map(re.escape, straight(claim).strip().rstrip(".!?").split()))
    whole = rf"(?:^|[.!?:;\n])[\s*\u2022-]*{said}\s*(?:[.!?;\n]|$)"
    return bool(said) and bool(re.search(whole, straight(source)))


def _units(source: str) -> Iterator[str]:
    """Sentences, and the clauses that they are made of."""
    for sentence in sentences(source):
        yield sentence
        clauses = [clause for clause in _CLAUSE.split(straight(sentence)) if clause]
        if len(clauses) > 1:
            yield from clauses


def _share(telling: Sequence[str], text: str) -> float:
    if not telling:
        return 0.0
    there = {stem(word) for word in words(text)}
    return sum(word in there for word in telling) / len(telling)


def _differs(claim: str, units: Sequence[tuple[float, str]], best: float) -> bool:
    """Whether every part that says about as much of the claim says it the other way round.

    A denial may stand in any part that is half as near: "worn shoes cannot go back" after "returns
    are free for 30 days".
    """
    denies = says_no(claim)
    least = best / 2 if denies else best
    alike = [unit for share, unit in units if share >= least - 0.01]
    return all(says_no(unit) != (denies ^ _opposite(claim, unit)) for unit in alike)


def _opposite(claim: str, unit: str) -> bool:
    said, there = set(words(claim)), set(words(unit))
    return any(
        (said & one and there & other and not there & one)
        or (said & other and there & one and not there & other)
        for one, other in _OPPOSITES
    )


def _missing_names(claim: str, source: str) -> Iterator[str]:
    there = {part.removesuffix("'s") for part in words(source)} | _NO_NAMES
    for match in _NAME.finditer(LINK.sub(" ", straight(claim))):
        name = match.group()
        ordinary = name[1:].islower() or len(name) == 1
        if ordinary and _SENTENCE_START.search(match.string[: match.start()]):
            continue
        if any(sign.isdigit() for sign in name):
            continue  # a code, which is compared as a number
        if not {part.removesuffix("'s") for part in words(name)} <= there:
            yield name
