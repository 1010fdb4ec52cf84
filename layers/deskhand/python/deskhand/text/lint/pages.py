"""Reads a page so that each of its paragraphs, links and keys knows the line where it stands."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

from deskhand.domain.article import Article
from deskhand.domain.macros import Macros
from deskhand.text.front_matter import read_article
from deskhand.text.lint.filled_lines import FilledLines, filled_lines

_NO_MACROS = Macros()
_KEY = re.compile(r"([\w-]+):")
PartKind = Literal["text", "item", "row", "heading"]


@dataclass(frozen=True)
class Part:
    """One paragraph, list item, table row or heading in plain words."""

    kind: PartKind
    text: str
    starts: tuple[tuple[int, int], ...]
    """At which character each line of the file begins: `((0, 12), (80, 13))`."""
    headings: tuple[str, ...]
    section: int
    """Counts the headings above it."""
    lead: str = ""
    """The line with a colon that a list's item stands under."""
    condition: str = ""
    """For whom alone it holds, as the file says it."""

    @property
    def line(self) -> int:
        """Where it begins."""
        return self.starts[0][1]

    def line_of(self, words: str) -> int:
        """Where these words of it begin."""
        at = max(self.text.find(words), 0)
        return max(line for start, line in self.starts if start <= at)


@dataclass(frozen=True)
class Link:
    """Where a link or a picture of the page leads to."""

    target: str
    line: int


@dataclass(frozen=True)
class Page:
    """An article as its file says it."""

    file: str
    article: Article
    lines: tuple[str, ...]
    """The whole file, front matter included."""
    keys: Mapping[str, int]
    """The line of each key of the front matter."""
    parts: tuple[Part, ...]
    links: tuple[Link, ...]
    has_lines: bool = True
    """Whether it was written in lines, which only Markdown is."""

    def line_of(self, key: str) -> int:
        """Where the front matter says it; the first line where it does not."""
        return self.keys.get(key, 1)

    def meets(self, other: "Page") -> bool:
        """Whether there is a day on which both are in force."""
        one, two = self.article, other.article
        return max(one.effective_from or date.min, two.effective_from or date.min) <= min(
            one.effective_until or date.max, two.effective_until or date.max
        )


def read_page(text: str, *, file: str, article_id: str, macros: Macros = _NO_MACROS) -> Page:
    """The page in a Markdown file; ValueError as `read_article` has it."""
    article = read_article(text, name=file, article_id=article_id)
    lines = tuple(text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n"))
    front = enumerate(lines[: article.first_line - 1], 1)
    keys = {match[1]: at for at, line in front if (match := _KEY.match(line))}
    return _page(article, file, lines, keys, macros)


def page_without_lines(article: Article, *, file: str, macros: Macros = _NO_MACROS) -> Page:
    """The page that another format was converted to: all of it is said to stand in line 1."""
    told = dict.fromkeys(article.model_fields_set, 1)
    page = _page(article, file, tuple(article.text.split("\n")), told, macros)
    return replace(
        page,
        parts=tuple(replace(part, starts=((0, 1),)) for part in page.parts),
        links=tuple(Link(link.target, 1) for link in page.links),
        has_lines=False,
    )


def _page(
    article: Article, file: str, lines: tuple[str, ...], keys: Mapping[str, int], macros: Macros
) -> Page:
    filled = filled_lines(article, macros)
    tokens = MarkdownIt("commonmark").enable("table").parse("\n".join(filled.lines))
    first = article.first_line - 1
    parts = tuple(_parts(tokens, filled, first))
    return Page(file, article, lines, keys, parts, tuple(_links(tokens, first)))


def _parts(tokens: list[Token], filled: FilledLines, first: int) -> Iterator[Part]:
    above: dict[int, str] = {}
    section = lists = 0
    lead = ""
    opened: Token = tokens[0] if tokens else Token("", "", 0)
    row: list[str] = []
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists -= 1
            lead = lead if lists else ""
        elif token.type == "tr_open":
            row, opened = [], token
        elif token.type == "tr_close":
            kept = tuple(above.values())
            text = ", ".join(cell for cell in row if cell)
            yield Part("row", text, ((0, _at(opened, first)),), kept, section)
        elif token.type in ("paragraph_open", "heading_open"):
            opened = token
        elif token.type == "inline" and opened.type == "tr_open":
            row.append(_plain(token, 0)[0])
        elif token.type == "inline":
            at = _at(token, first)
            text, starts = _plain(token, at)
            if opened.type == "heading_open":
                section += 1
                level = int(opened.tag[1])
                above = {depth: words for depth, words in above.items() if depth < level}
                above[level] = text
                lead = ""
            kept = tuple(above.values())
            condition = filled.condition_at(at - first - 1)
            kind: PartKind = "item" if lists else "text"
            kind = "heading" if opened.type == "heading_open" else kind
            if text:
                yield Part(kind, text, starts, kept, section, lead if lists else "", condition)
            if not lists:
                lead = text if text.endswith(":") else ""


def _links(tokens: list[Token], first: int) -> Iterator[Link]:
    at = 1
    for token in tokens:
        at = _at(token, first) if token.map else at
        line = at
        for child in token.children or ():
            line += child.type in ("softbreak", "hardbreak")
            if child.type == "link_open":
                yield Link(str(child.attrs.get("href", "")), line)
            elif child.type == "image":
                yield Link(str(child.attrs.get("src", "")), line)


def _at(token: Token, first: int) -> int:
    return first + 1 + (token.map[0] if token.map else 0)


def _plain(token: Token, line: int) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The words, and where in them each line begins."""
    text = ""
    starts = [(0, line)]
    for child in token.children or ():
        if child.type in ("text", "code_inline", "image"):
            text += child.content
        elif child.type in ("softbreak", "hardbreak"):
            text += " "
            starts.append((len(text), starts[-1][1] + 1))
    return text.strip(), tuple(starts)
