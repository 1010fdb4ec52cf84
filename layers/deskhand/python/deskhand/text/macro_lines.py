"""Reads an article line by line: what is text, what is code, and which lines are macros."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, Self

from markdown_it import MarkdownIt
from markdown_it.token import Token

from deskhand.domain.article import Article
from deskhand.domain.evidence import OnlyFor
from deskhand.text.markdown import LONGEST_HEADING

LineKind = Literal["text", "code", "heading", "open", "close", "include"]

_ASIDES = ("note", "tip", "info", "warning", "danger", "caution", "important", "details")
"""Blocks that other tools know; here their words are ordinary text."""
_BLOCK = re.compile(r":{3,99}[ \t]{0,9}([^\s:].*)?")
_INCLUDE = re.compile(r"\{\{>[ \t]{0,9}([\w.-]{1,100})[ \t]{0,9}\}\}")
_COLON = "[:\u2236\ufe13\ufe55\uff1a]"
_ALMOST = re.compile(rf"(?:{_COLON}\s{{0,9}}){{2,99}}only\W?for\b", re.IGNORECASE)
"""What may have been meant as a condition; told as a text it would be told to everybody."""
_CONDITION = re.compile(r"only\W?for\b.{0,99}=", re.IGNORECASE)
_MEANT = (
    "this may be meant as a condition: write `::: only-for plan=pro` on a line by itself, or show"
    " it between ``` and ```"
)
_BEFORE = " \t>*+-.)|_0123456789"
_LONGEST_LEAD = 200
_LISTED = re.compile(r"\s*(?:[-*+•]|\d{1,3}[.)])\s|\s*\||\s{2,}\S")


class Misread(ValueError):
    """A macro that cannot be worked out, with its line."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")


@dataclass(frozen=True)
class Line:
    """One line of an article."""

    number: int
    """In the file."""
    kind: LineKind
    words: str
    """A heading's words, a block's condition, an included article's id; else the line."""
    level: int = 0
    """Of a heading."""
    alone: bool = False
    """Whether nothing stands below the heading."""

    @property
    def listed(self) -> bool:
        """Whether it belongs to a list or a table."""
        return bool(_LISTED.match(self.words))


@dataclass(frozen=True)
class Place:
    """A line as it is told: the headings above it, and for whom it holds."""

    only_for: OnlyFor
    words: str = ""
    alone: bool = False
    """Whether this is a heading below which nothing stands, so that it has to be told itself."""
    above: tuple[str, ...] = ()
    """The headings of the article that includes this one."""
    own: tuple[tuple[int, str], ...] = ()
    """The levels and words of the article's own headings."""
    lead: str = ""
    """The sentence that leads to the list in which a block has begun."""
    said: tuple[str, str] = ("", "")
    """The paragraph as far as it goes, and the last one if it leads to something."""

    @property
    def headings(self) -> tuple[str, ...]:
        """All headings, outermost first."""
        return (*self.above, *(words for _, words in self.own))

    def saying(self, words: str) -> Self:
        """The place with its line."""
        return replace(self, words=words, alone=False)

    def standing_alone(self) -> Self:
        """The place as a heading that says it all."""
        return replace(self, words="", alone=True)

    def under(self, at: Self, own: tuple[tuple[int, str], ...]) -> Self:
        """Below another heading of the same article."""
        return replace(self, above=at.above, own=own, lead="", said=("", ""))

    def inside(self, only_for: OnlyFor) -> Self:
        """In a block for fewer, that may begin in the midst of a list."""
        return replace(self, only_for=only_for, lead=self.said[1])

    def without_lead(self) -> Self:
        """Once it is clear whether the block goes on with the list."""
        return replace(self, lead="")

    def after(self, line: Line, words: str) -> Self:
        """With what was said last, of which a following list may be a part."""
        if not words.strip() or line.listed or line.kind == "code":
            return replace(self, said=("", self.said[1]))
        paragraph = f"{self.said[0][-_LONGEST_LEAD:]} {words.strip()}".strip()
        return replace(self, said=(paragraph, paragraph if words.rstrip().endswith(":") else ""))


def has_macros(article: Article) -> bool:
    """Whether there may be anything to fill in or to take apart."""
    text = article.text
    return ":::" in text or "{{" in text or "{{" in article.title or bool(_ALMOST.search(text))


def lines_of(article: Article) -> Iterator[Line]:
    """The article's lines. `Misread`: a block that there is not."""
    lines = article.text.split("\n")
    tokens = _tokens(lines)
    shown, code = _shown(tokens, lines), _code(tokens)
    macros: dict[int, Line] = {}
    opened: list[bool] = []
    for at, words in enumerate(lines):
        number = article.first_line + at
        if at not in code and (macro := _macro(words, number, opened)):
            macros[at] = macro
        elif at not in shown and _ALMOST.match(words.lstrip(_BEFORE)):
            raise Misread(number, _MEANT)
    # Markdown would take a marker for a part of the paragraph beside it.
    tokens = _tokens(["" if at in macros else words for at, words in enumerate(lines)])
    headings, code = dict(_headings(tokens)), _code(tokens)
    covered = {at for first, (last, _, _) in headings.items() for at in range(first, last)}
    for at, words in enumerate(lines):
        number = article.first_line + at
        if at in macros:
            yield macros[at]
        elif at in headings:
            last, level, heading = headings[at]
            alone = _nothing_below(lines, last, headings, level)
            yield Line(number, "heading", heading, level=level, alone=alone)
        elif at not in covered:
            yield Line(number, "code" if at in code else "text", words)


def _macro(words: str, number: int, opened: list[bool]) -> Line | None:
    """The macro that fills the line, if one does; `opened` tells of each block whether it has a
    condition."""
    if include := _INCLUDE.fullmatch(words.strip()):
        return Line(number, "include", include[1])
    block = _BLOCK.fullmatch(words.strip())
    if block is None:
        return None
    name, _, rest = (block[1] or "").strip().partition(" ")
    if not name:
        return Line(number, "close" if not opened or opened.pop() else "text", "")
    if name != "only-for" and name not in _ASIDES:
        raise Misread(number, f"`::: {name}` is no block: write `::: only-for plan=pro`")
    if name != "only-for" and _CONDITION.match(rest.strip()):
        raise Misread(number, _MEANT)
    opened.append(name == "only-for")
    return Line(number, "open" if name == "only-for" else "text", rest.strip())


def _tokens(lines: list[str]) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse("\n".join(lines))


def _code(tokens: list[Token]) -> set[int]:
    """The lines of code."""
    places = (token.map for token in tokens if token.type in ("fence", "code_block"))
    return {at for place in places if place for at in range(*place)}


def _shown(tokens: list[Token], lines: list[str]) -> set[int]:
    """The lines between fences: code that is meant as such. One that is never closed may have
    swallowed what follows it."""
    fences = [token for token in tokens if token.type == "fence" and token.map]
    places = ((token.map[0], token.map[1], token.markup) for token in fences if token.map)
    return {
        at
        for first, behind, mark in places
        if lines[behind - 1].strip(" \t>").startswith(mark) and behind - first > 1
        for at in range(first, behind)
    }


def _headings(tokens: list[Token]) -> Iterator[tuple[int, tuple[int, int, str]]]:
    """The first line of each heading, and the line behind it, its level and its words."""
    for token, inline in pairwise(tokens):
        if token.type == "heading_open" and token.level == 0 and token.map:
            first, last = token.map
            if len(inline.content) <= LONGEST_HEADING:
                yield first, (last, int(token.tag[1]), inline.content)


def _nothing_below(
    lines: list[str], first: int, headings: Mapping[int, tuple[int, int, str]], level: int
) -> bool:
    for at in range(first, len(lines)):
        if at in headings:
            return headings[at][1] <= level
        if lines[at].strip():
            return False
    return True
