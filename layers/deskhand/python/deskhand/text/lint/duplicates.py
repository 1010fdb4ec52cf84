"""Finds text that stands in the base twice, word for word or nearly so."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from deskhand.domain.finding import Finding, Place
from deskhand.text.figures import figures
from deskhand.text.lint.base import Base, sections_of
from deskhand.text.lint.catalogue import found
from deskhand.text.lint.pages import Page
from deskhand.text.words import words

_FEWEST_WORDS = 15
_SHINGLE_WORDS = 4
_ALIKE = 0.8
_COMMON = 20
"""A run of words that stands in more places than that finds no more pairs."""


@dataclass(frozen=True)
class _Piece:
    """A section or a paragraph."""

    page: Page
    heading: str
    """Empty for a paragraph."""
    text: str
    lines: tuple[int, ...]
    """Where its paragraphs begin."""

    @property
    def line(self) -> int:
        return self.lines[0]

    @property
    def places(self) -> set[tuple[str, int]]:
        return {(self.page.file, line) for line in self.lines}


def repeated(base: Base) -> Iterator[Finding]:
    """DUPLICATE: once a section or paragraph, at the place that comes later."""
    pieces = list(_pieces(base))
    shingles = [_shingles(piece.text) for piece in pieces]
    where: dict[tuple[str, ...], list[int]] = defaultdict(list)
    covered: set[tuple[str, int]] = set()
    for at, piece in enumerate(pieces):
        shared = Counter(other for shingle in shingles[at] for other in where[shingle])
        for other, count in shared.most_common(5):
            shorter, longer = sorted((len(shingles[at]), len(shingles[other])))
            earlier = pieces[other]
            if count < _ALIKE * shorter or not _same_rule(piece, earlier):
                continue
            if not piece.places & (covered | earlier.places):
                yield _finding(piece, earlier, exact=count == longer)
                covered |= piece.places
                break
        for shingle in shingles[at]:
            if len(where[shingle]) < _COMMON:
                where[shingle].append(at)


def _pieces(base: Base) -> Iterator[_Piece]:
    """Whole sections before their paragraphs, so that one finding tells of all that is in it."""
    for page in base.alive:
        for heading, parts in sections_of(page):
            text = "\n".join(part.text for part in parts)
            yield _Piece(page, heading, text, tuple(part.line for part in parts))
        for part in page.parts:
            if part.kind != "heading":
                yield _Piece(page, "", part.text, (part.line,))


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    said = words(text)
    if len(said) < _FEWEST_WORDS:
        return frozenset()
    return frozenset(said[at : at + _SHINGLE_WORDS] for at in range(len(said) - _SHINGLE_WORDS + 1))


def _same_rule(one: _Piece, other: _Piece) -> bool:
    """Whether they also commit to the same; else they disagree, which is told elsewhere."""
    mine, its = figures(one.text), figures(other.text)
    return one.page.article.language == other.page.article.language and all(
        mine[unit] & its[unit] for unit in mine.keys() & its.keys()
    )


def _finding(piece: _Piece, other: _Piece, *, exact: bool) -> Finding:
    told = f"“{' '.join(piece.text.split()[:8])} …”"
    told = f"The section “{piece.heading}”" if piece.heading else told
    same = "the same" if exact else "nearly the same"
    where = "this page" if other.page is piece.page else other.page.file
    return found(
        "DUPLICATE",
        piece.page,
        piece.line,
        f"{told} says {same} as {where}, line {other.line}",
        about=f"{other.page.file}\n{piece.text}",
        also=[Place(file=other.page.file, line=other.line)],
    )
