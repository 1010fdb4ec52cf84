"""Finds the same thing said with another number, day or no, in the same words or in others.

Pairs are found by vectors that are blind for numbers, and by the words of those that say no.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from deskhand.domain.finding import Finding, Place
from deskhand.text.lint.base import Base
from deskhand.text.lint.catalogue import found
from deskhand.text.lint.contradiction import (
    CONDITIONS,
    apart,
    contradict,
    denies,
    nearly_all_words,
)
from deskhand.text.lint.statements import Statement, statements, vectors_of

_WORTH_A_LOOK = 0.58
_ALIKE_BUT_FOR_NO = 0.75
_BLOCK = 512
Pair = tuple[int, int]
_NEAREST = 24
"""So many sentences are compared with each; more that are as near are made by a template."""
_WORDS_APART = 0.05


@dataclass(frozen=True)
class _Group:
    """The sentences with a number of one unit, and their vectors row by row."""

    unit: str
    said: Sequence[Statement]
    vectors: Any

    def pairs(self) -> Iterator[Pair]:
        """Those that contradict each other, by their rows."""
        by_page: dict[str, list[int]] = defaultdict(list)
        for row, statement in enumerate(self.said):
            by_page[statement.page.file].append(row)
        for one, other in sorted(self._near()):
            cosine = float(self.vectors[one] @ self.vectors[other])
            if contradict(self.said[one], self.said[other], self.unit, cosine) and not (
                self._says_it_nearer(one, other, by_page[self.said[other].page.file])
                or self._says_it_nearer(other, one, by_page[self.said[one].page.file])
            ):
                yield one, other

    def _near(self) -> set[Pair]:
        near: set[Pair] = set()
        for start in range(0, len(self.said), _BLOCK):
            cosines = self.vectors[start : start + _BLOCK] @ self.vectors.T
            for row, across in enumerate(cosines, start):
                across[row] = -1.0
                best = np.argsort(-across, kind="stable")[:_NEAREST]
                near.update(
                    (min(row, int(other)), max(row, int(other)))
                    for other in best
                    if across[other] >= _WORTH_A_LOOK
                )
        return near

    def _says_it_nearer(self, one: int, other: int, on_its_page: Sequence[int]) -> bool:
        """Whether the other's page has something nearer to the one, or nearly so that agrees."""
        cosines = self.vectors[on_its_page] @ self.vectors[one]
        cosine = float(self.vectors[other] @ self.vectors[one])
        mine = self.said[one].figures[self.unit]
        return any(
            near > cosine + 1e-4
            or (
                near > cosine - _WORDS_APART
                and not apart(self.unit, mine, self.said[row].figures[self.unit])
            )
            for row, near in zip(on_its_page, cosines, strict=True)
            if row not in (one, other)
        )


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
        or nearly_all_words(said[one], said[other])
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
        of_unit = _Group(unit, [said[at] for at in group], vectors[[rows[at] for at in group]])
        yield from ((group[one], group[other]) for one, other in of_unit.pairs())


def _same_but_for_no(said: Sequence[Statement]) -> list[Pair]:
    """Pairs of which one says no: sought by the words that they share, the rarest first."""
    where: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(said):
        for word in one.about:
            where[word].append(at)
    pairs: set[Pair] = set()
    for at, one in enumerate(said):
        if not one.says_no or CONDITIONS.search(one.text):
            continue
        rarest = sorted(one.about, key=lambda word: len(where[word]))[:3]
        for near in {near for word in rarest for near in where[word][:200]}:
            if denies(one, said[near]):
                pairs.add((min(at, near), max(at, near)))
    return sorted(pairs)


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
