"""Writes a cleaned HTML tree as Markdown that our own reader of Markdown understands."""

import re
import warnings
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from bs4 import BeautifulSoup, Tag
from markdownify import MarkdownConverter

from deskhand.adapters.documents.page import escaped, without_macros

DEEPEST = 60
"""Below so many levels only the words are kept: no page that people write is nested so deep."""
WIDEST_SPAN = 50
_BLOCKS = (
    *("main", "header", "center", "address", "figure", "figcaption", "fieldset", "legend", "form"),
    *("hgroup", "details", "summary", "search", "aside", "body", "caption"),
)
_LINKS = re.compile(r"(?:https?://|mailto:|tel:|[/#.?]|[\w-]+(?:[./#?]|$))", re.IGNORECASE)
_BREAKS_A_LINK = re.compile(r"[\s()<>\\]")
_LONE_PIPE = re.compile(r"(?<!\\)\|")
_BLANK_LINES = re.compile(r"\n\s*\n\s*\n+")


def tree_of(html: str) -> BeautifulSoup:
    """The page as a tree, whatever it looks like: it warns of what may be no HTML page at all."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return BeautifulSoup(html, "lxml")


def to_markdown(soup: BeautifulSoup, part: Tag) -> str:
    """The Markdown of one part of the page; the tree is changed by it."""
    _cut_depth(part)
    part.smooth()  # words around what was taken out are one text again, with one space between
    for table in part.find_all("table"):
        if _lays_out(table):
            for tag in (table, *table.find_all(["thead", "tbody", "tfoot", "tr", "td", "th"])):
                if tag.find_parent("table") in (None, table) or tag is table:
                    tag.name = "div"
    for tag in part.find_all(_BLOCKS):
        tag.name = "div"
    whole = soup.new_tag("div")
    whole.append(part.extract())
    return _BLANK_LINES.sub("\n\n", _Writer().process_tag(whole)).strip() + "\n"


def _cut_depth(part: Tag) -> None:
    waiting = [(part, 0)]
    while waiting:
        tag, depth = waiting.pop()
        if depth >= DEEPEST:
            words = tag.get_text(" ", strip=True)
            tag.clear()
            tag.append(words)
        else:
            waiting.extend((child, depth + 1) for child in tag.children if isinstance(child, Tag))


def _lays_out(table: Tag) -> bool:
    """Whether a table only places things on the page."""
    if table.get("role") in ("presentation", "none"):
        return True
    if table.find(["table", "h1", "h2", "h3", "h4", "h5", "h6"]) is not None:
        return True
    return all(len(_cells(row)) < 2 for row in table.find_all("tr"))


def _cells(row: Tag) -> list[Tag]:
    return row.find_all(["td", "th"], recursive=False)


class _Writer(MarkdownConverter):
    def __init__(self) -> None:
        super().__init__(heading_style="ATX", bullets="-", escape_misc=True)
        self._counted: tuple[Tag | None, int] = (None, 0)

    def process_tag(self, node: Tag, parent_tags: set[str] | None = None) -> str:
        if node.name == "table":
            return self._table(node, parent_tags or set())
        return str(super().process_tag(node, parent_tags=parent_tags))  # type: ignore[misc]

    def escape(self, text: str, parent_tags: set[str]) -> str:
        """Words as Markdown that means just these words."""
        return without_macros(super().escape(text, parent_tags))  # type: ignore[misc]

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """A link keeps its words and its address, if a person could follow it."""
        address = str(el.get("href", "")).strip()
        words = text.strip()
        if "\n" in words or not words or not _LINKS.match(address) or address == "#":
            return text
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        safe = _BREAKS_A_LINK.sub(lambda found: quote(found[0], safe=""), address)
        return f"{before}[{words}]({safe}){after}"

    def convert_li(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """One item, numbered from its list's start without counting its siblings each time."""
        words = text.strip()
        if not words:
            return "\n"
        mark = f"{self._number(el)}. " if el.parent and el.parent.name == "ol" else "- "
        indent = " " * len(mark)
        first, *rest = words.split("\n")
        lines = [mark + first, *(indent + line if line else "" for line in rest)]
        return "\n".join(lines) + "\n"

    def _number(self, el: Tag) -> int:
        if self._counted[0] is el.parent:
            number = self._counted[1] + 1
        else:
            start = str(el.parent.get("start", "1")) if el.parent else "1"
            before = len(el.find_previous_siblings("li"))
            number = before + (int(start) if re.fullmatch(r"\d{1,6}", start) else 1)
        self._counted = (el.parent, number)
        return number

    def convert_dt(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """A term leads on to what it means."""
        words = " ".join(text.split())
        return f"\n\n{words}{'' if words[-1:] in '.:?!' else ':'}\n" if words else ""

    def convert_dd(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """What a term means."""
        return f"\n{text.strip()}\n\n"

    def convert_td(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """A cell is one line."""
        return _LONE_PIPE.sub(r"\\|", " ".join(text.split()))

    convert_th = convert_td

    def _table(self, table: Tag, parent_tags: set[str]) -> str:
        inside = parent_tags | {"table", "tr"}
        rows = [row for row in table.find_all("tr") if _cells(row)]
        filled = list(self._filled(rows, inside))
        width = max((len(row) for row in filled), default=0)
        if not width:
            return ""
        titled = _has_titles(rows, filled)
        head, body = (filled[0], filled[1:]) if titled else ([""] * width, filled)
        lines = [_line(row, width) for row in (head, ["---"] * width, *body)]
        above = table.find_all("div", recursive=False)
        caption = " ".join(words for div in above if (words := div.get_text(" ", strip=True)))
        lead = f"{caption.rstrip(':')}:\n\n" if caption else ""
        return f"\n\n{escaped(lead)}" + "\n".join(lines) + "\n\n"

    def _filled(self, rows: list[Tag], inside: set[str]) -> Iterator[list[str]]:
        """The cells' words; what spans several rows is said in each of them."""
        carried: dict[int, tuple[int, str]] = {}
        for row in rows:
            filled: list[str] = []
            waiting = list(_cells(row))
            while waiting or len(filled) in carried:
                if (place := len(filled)) in carried:
                    left, words = carried.pop(place)
                    if left > 1:
                        carried[place] = (left - 1, words)
                    filled.append(words)
                    continue
                cell = waiting.pop(0)
                words = self.process_tag(cell, inside)
                rows_down, across = _span(cell, "rowspan"), _span(cell, "colspan")
                for step in range(across):
                    said = words if step == 0 or cell.name == "th" else ""
                    if rows_down > 1:
                        carried[len(filled)] = (rows_down - 1, said)
                    filled.append(said)
            yield filled


def _has_titles(rows: list[Tag], filled: list[list[str]]) -> bool:
    """Whether the first row names the columns: it says so, or is bold, or alone has no figures."""
    first = _cells(rows[0])
    if rows[0].find_parent("thead") or all(cell.name == "th" for cell in first):
        return True
    if len(rows) < 2:
        return False
    said = [cell for cell in first if cell.get_text(strip=True)]
    bold = [cell for cell in said if _is_bold(cell)]
    figures = [any(re.search(r"\d", words) for words in row) for row in filled]
    return bool(said) and (len(bold) == len(said) or (not figures[0] and all(figures[1:])))


def _is_bold(cell: Tag) -> bool:
    words = cell.get_text(strip=True)
    strong: list[Any] = cell.find_all(["b", "strong"])
    return "".join(tag.get_text(strip=True) for tag in strong) == words


def _span(cell: Tag, name: str) -> int:
    said = str(cell.get(name, "1")).strip()
    return max(1, min(int(said), WIDEST_SPAN)) if re.fullmatch(r"\d{1,4}", said) else 1


def _line(cells: list[str], width: int) -> str:
    return "| " + " | ".join([*cells, *[""] * (width - len(cells))]) + " |"
