"""Puts the letters of a PDF page together: to words, to pieces, and to rows of pieces."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import quote

from deskhand.adapters.documents.page import escaped
from deskhand.adapters.documents.pdf_letters import Letter

APART_EMS = 1.0
"""A gap of so many letter sizes parts two cells; the widest between two words is about half."""
WORD_EMS = 0.15
"""A gap from which on two letters belong to two words, where no space is written."""

_LONE_MARK = re.compile(r"[•◦▪▫‣●○■□–—*·\uf0b7\uf0a7\uf0d8-]|(?:\d{1,2}|[a-z])[.)]")  # noqa: RUF001


@dataclass(frozen=True)
class Piece:
    """Letters of one row without a wide gap."""

    text: str
    """Plain words."""
    markdown: str
    """The same, escaped, with links."""
    left: float
    right: float


@dataclass(frozen=True)
class Row:
    """What stands side by side."""

    pieces: tuple[Piece, ...]
    baseline: float
    size: float
    """Of most of its letters, in points."""
    bold: bool

    @property
    def text(self) -> str:
        """Its plain words."""
        return " ".join(piece.text for piece in self.pieces)

    @property
    def markdown(self) -> str:
        """Its words as Markdown."""
        return " ".join(piece.markdown for piece in self.pieces)

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.pieces[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.pieces[-1].right


def rows(lines: tuple[tuple[Letter, ...], ...]) -> list[Row]:
    """The rows of a page in reading order."""
    found: list[Row] = []
    for line in lines:
        row = _row(line)
        if row is None:
            continue
        last = found[-1] if found else None
        beside = last is not None and abs(last.baseline - row.baseline) < 0.3 * row.size
        if last is not None and beside and (row.left >= last.right or row.right <= last.left):
            pieces = sorted((*last.pieces, *row.pieces), key=lambda piece: piece.left)
            bold = last.bold and row.bold
            found[-1] = Row(tuple(pieces), last.baseline, max(last.size, row.size), bold)
        else:
            found.append(row)
    return [_mark_joined(row) for row in found]


def _mark_joined(row: Row) -> Row:
    """A bullet or a number belongs to the words that it leads, however far from them it stands."""
    if len(row.pieces) != 2 or not _LONE_MARK.fullmatch(row.pieces[0].text):
        return row
    mark, words = row.pieces
    whole = Piece(
        text=f"{mark.text} {words.text}",
        markdown=f"{mark.markdown} {words.markdown}",
        left=mark.left,
        right=words.right,
    )
    return replace(row, pieces=(whole,))


def _row(line: tuple[Letter, ...]) -> Row | None:
    printed = [letter for letter in line if not letter.char.isspace()]
    if not printed:
        return None
    sizes = [letter.size for letter in printed]
    pieces = tuple(_piece(letters) for letters in _parted(line))
    return Row(
        pieces=pieces,
        baseline=printed[0].baseline,
        size=max(set(sizes), key=sizes.count),
        bold=all(letter.bold for letter in printed),
    )


def _parted(line: tuple[Letter, ...]) -> Iterator[list[Letter]]:
    held: list[Letter] = []
    last: Letter | None = None
    for letter in line:
        if letter.char.isspace():
            if held:
                held.append(letter)
            continue
        if last is not None and letter.left - last.right > APART_EMS * letter.size:
            yield held
            held = []
        held.append(letter)
        last = letter
    if held:
        yield held


def _piece(letters: list[Letter]) -> Piece:
    printed = [letter for letter in letters if not letter.char.isspace()]
    spaced = list(_spaced(letters))
    parts = [
        _linked("".join(letter.char for letter in run), link)
        for link, run in groupby(spaced, key=lambda letter: letter.link)
    ]
    return Piece(
        text=" ".join("".join(letter.char for letter in spaced).split()),
        markdown=" ".join("".join(parts).split()),
        left=printed[0].left,
        right=printed[-1].right,
    )


def _spaced(letters: list[Letter]) -> Iterator[Letter]:
    """The letters with a space wherever a gap says so."""
    last: Letter | None = None
    for letter in letters:
        gap = letter.left - last.right if last is not None else 0.0
        written = letter.char.isspace() or (last is not None and last.char.isspace())
        if last is not None and not written and gap > WORD_EMS * letter.size:
            yield letter._replace(char=" ", link=last.link if last.link == letter.link else "")
        yield letter
        last = letter


def _linked(words: str, link: str) -> str:
    if not link or not words.strip():
        return escaped(words) if words.strip() else words
    before, after = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    return f"{before}[{escaped(words.strip())}]({quote(link, safe=':/?#@!$&*+,;=%~._-')}){after}"
