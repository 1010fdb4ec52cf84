"""Fills in a page's macros without moving a line: what it includes is linted in its own place."""

from dataclasses import dataclass

from deskhand.domain.article import Article
from deskhand.domain.macros import Macros
from deskhand.text.macro_lines import Misread, has_macros, lines_of
from deskhand.text.macro_values import fill


@dataclass(frozen=True)
class FilledLines:
    """The lines of an article as customers read them."""

    lines: tuple[str, ...]
    conditions: tuple[str, ...]
    """For whom alone each line holds, as the page says it; empty: for everybody."""

    def condition_at(self, line: int) -> str:
        """For whom alone the line holds, counted from 0."""
        return self.conditions[line] if line < len(self.conditions) else ""


def filled_lines(article: Article, macros: Macros) -> FilledLines:
    """The article's lines, each where it stands; as written where a macro is wrong, which is told
    as a trouble."""
    lines = article.text.split("\n")
    conditions = [""] * len(lines)
    if not has_macros(article):
        return FilledLines(tuple(lines), tuple(conditions))
    filled = list(lines)
    opened: list[str] = []
    try:
        for line in lines_of(article):
            at = line.number - article.first_line
            if line.kind == "open":
                opened.append(" ".join(line.words.split()))
            elif line.kind == "close" and opened:
                opened.pop()
            elif line.kind in ("text", "heading"):
                filled[at] = fill(lines[at], macros, line=line.number)
            if line.kind in ("open", "close", "include"):
                filled[at] = ""
            conditions[at] = " and ".join(opened)
    except Misread:
        return FilledLines(tuple(lines), ("",) * len(lines))
    return FilledLines(tuple(filled), tuple(conditions))
