"""Reads a text as what it states: sentences under their headings, in clauses, word by word."""

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from deskhand.text.grounding.concepts import concept, says_little
from deskhand.text.grounding.phrases import phrased
from deskhand.text.grounding.table_rows import without_tables
from deskhand.text.links import LINK
from deskhand.text.quantities.pieces import Quantity
from deskhand.text.quantities.reading import as_counted, counted
from deskhand.text.sentences import sentences
from deskhand.text.words import listed, straight

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_APART = re.compile(r" (?=n't\b|'s\b|'ll\b|'re\b|'ve\b|'d\b)")
_MARKS = re.compile(r"^[#>\s]+|\*\*|__|`+", re.MULTILINE)
_BULLET = re.compile(r"^\s*(?:[-*+\u2022]|\d{1,2}[.)])\s")
_BREAK = re.compile(
    r"[;()]|:(?!\d)|\s--?\s|,(?= (?:but|and|so|while|which|because|although|though|or|we|you|it|"
    r"they|he|she|the|there|a|an|your|our|its|this|that|please|in which)\b)|"
    r"\b(?:but|while|whereas|although|though|because|if|when|unless|until|except|whenever)\b|"
    r"\band (?=(?:we|you|it|they|he|she|the|there|this|that|your|our) )",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"(?:if|when|once|after|before|as soon as|unless|until|while)\b", re.IGNORECASE
)
_NEGATIONS = listed(
    """not no never cannot none neither nor without nobody nothing optional nowhere exclude
    excludes excluded excluding forbid forbids forbidden prohibit prohibits prohibited impossible
    lack lacks"""
)
_OF_A_NOUN = listed("no without lack lacks nor")
_ENDS_NOUN = listed("and or but can will may must to until when")
_REACH = 3
"""So many words at most belong to what a `no` or a `without` denies."""
_LONGEST_HEADING_WORDS = 10
_LONGEST_SENTENCE_WORDS = 80
_NAME_WEIGHT, _WORD_WEIGHT, _LITTLE_WEIGHT = 1.5, 1.0, 0.1
COUNT = "#"
"""How a quantity stands among the concepts of a sentence."""


@dataclass(frozen=True)
class Token:
    """A word as it is compared: what it says, how much that is, and in which clause it stands."""

    word: str
    concept: str
    weight: float
    clause: int
    is_name: bool = False


@dataclass(frozen=True)
class Counted:
    """A quantity, and the place of its token."""

    quantity: Quantity
    at: int


@dataclass(frozen=True)
class Statement:
    """One sentence with what narrows it down."""

    text: str
    tokens: tuple[Token, ...]
    counts: tuple[Counted, ...]
    denied: frozenset[int]
    """The places of the words that are denied."""
    heads: frozenset[int] = frozenset()
    """The first telling word of each denial."""
    under: frozenset[str] = frozenset()
    """The concepts of the headings above it."""
    is_heading: bool = False

    @cached_property
    def clauses(self) -> Mapping[int, tuple[int, ...]]:
        """The places of the words of each clause."""
        found: dict[int, tuple[int, ...]] = {}
        for at, token in enumerate(self.tokens):
            found[token.clause] = (*found.get(token.clause, ()), at)
        return found

    @cached_property
    def concepts(self) -> frozenset[str]:
        """What its words say."""
        return frozenset(token.concept for token in self.tokens)

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words, and what they say."""
        return self.concepts | {token.word for token in self.tokens}


def statement(text: str, under: frozenset[str] = frozenset()) -> Statement:
    """One sentence, read."""
    plain = as_counted(phrased(LINK.sub(" ", _APART.sub("", straight(text)))))
    breaks = [
        found.start() if found.group()[0].isalpha() else found.end()
        for found in _BREAK.finditer(plain)
    ]
    if _OPENING.match(plain) and (comma := plain.find(", ")) > 0:
        breaks = sorted({*breaks, comma + 1})
    return _read(plain, breaks, under)


def _read(plain: str, breaks: Sequence[int], under: frozenset[str]) -> Statement:
    tokens: list[Token] = []
    counts: list[Counted] = []
    negations: list[tuple[str, int, int]] = []
    waiting = deque(counted(plain))
    covered = 0
    for found in _WORD.finditer(plain):
        while waiting and waiting[0].start <= found.start():
            one = waiting.popleft()
            counts.append(Counted(one, len(tokens) - (one.start < covered)))
            if one.start >= covered:
                tokens.append(_count(one, bisect_right(breaks, one.start)))
            covered = max(covered, one.end)
        if found.start() < covered:
            continue
        clause = bisect_right(breaks, found.start())
        word = found.group().lower()
        if word in _NEGATIONS or word.endswith("n't"):
            negations.append((word, len(tokens), clause))
        else:
            tokens.append(_token(found, word, clause))
    reaches = [_denied(tokens, *negation) for negation in negations]
    heads = (next((at for at in reach if tokens[at].weight >= 1), -1) for reach in reaches)
    return Statement(
        plain,
        tuple(tokens),
        tuple(counts),
        frozenset(at for reach in reaches for at in reach),
        frozenset(heads) - {-1},
        under,
    )


def _denied(tokens: Sequence[Token], negation: str, start: int, clause: int) -> Sequence[int]:
    """The places of what a negation denies: the rest of its clause, or its noun."""
    reach = []
    for at in range(start, len(tokens)):
        of_noun = negation in _OF_A_NOUN
        if tokens[at].clause != clause or (of_noun and tokens[at].word in _ENDS_NOUN):
            break
        if of_noun and at - start >= _REACH:
            break
        reach.append(at)
    if reach:
        return reach
    return [at for at in range(start) if tokens[at].clause == clause]  # "Adding is not possible."


def _count(one: Quantity, clause: int) -> Token:
    return Token(one.written.lower(), f"{COUNT}{one.unit} {one.low}", 0.0, clause)


def _token(found: re.Match[str], word: str, clause: int) -> Token:
    name = _is_name(found)
    weight = _NAME_WEIGHT if name else _LITTLE_WEIGHT if says_little(word) else _WORD_WEIGHT
    return Token(word, concept(word), weight, clause, name)


def _is_name(found: re.Match[str]) -> bool:
    """Whether it is written as a name: with a capital that no beginning of a sentence gives it."""
    word = found.group()
    if not word[0].isupper() or word in ("I", "I'm", "I'd", "I'll", "I've", "OK"):
        return False
    inside = len(word) > 1 and not word[1:].split("'")[0].islower()
    before = found.string[: found.start()].rstrip(" \"'(")
    return inside or bool(before and before[-1] not in ".!?:\n")


@lru_cache(maxsize=200)
def statements(text: str) -> tuple[Statement, ...]:
    """The sentences of a text, each under the headings above it."""
    found: list[Statement] = []
    headings: list[str] = []
    was_heading = False
    for line in _lines(without_tables(_MARKS.sub("", _APART.sub("", straight(text))))):
        if _is_heading(line):
            headings = [*headings[-1:], line] if was_heading else [*headings[:1], line]
            was_heading = True
            if not line.rstrip().endswith("?"):
                found.append(replace(statement(line), is_heading=True))
            continue
        was_heading = False
        under = frozenset(
            token.concept for heading in headings for token in statement(heading).tokens
        )
        found += [statement(sentence, under) for sentence in short_sentences(line)]
    return tuple(found)


def short_sentences(text: str) -> Iterator[str]:
    """The sentences of a text, of which endless ones are cut: so the time to compare each word with
    those around it grows with the text alone."""
    for sentence in sentences(text):
        said = sentence.split()
        if len(said) <= _LONGEST_SENTENCE_WORDS:
            yield sentence
            continue
        for at in range(0, len(said), _LONGEST_SENTENCE_WORDS):
            yield " ".join(said[at : at + _LONGEST_SENTENCE_WORDS])


def _lines(text: str) -> Iterator[str]:
    """Lines, of which those that only go on are joined to the one before."""
    held = ""
    for line in text.splitlines():
        goes_on = line[:1].islower() and held and held[-1] not in ".!?:;"
        if goes_on:
            held = f"{held} {line}"
            continue
        if held.strip():
            yield held
        held = line.rstrip()
    if held.strip():
        yield held


def _is_heading(line: str) -> bool:
    bare = line.strip()
    ends = bare.endswith((".", "!", ";", ",", ":"))
    return not ends and not _BULLET.match(line) and len(bare.split()) <= _LONGEST_HEADING_WORDS
