"""Tells headings, lists, tables and paragraphs of a PDF apart by their look and place."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from deskhand.adapters.documents.pdf_letters import Shape
from deskhand.adapters.documents.pdf_rows import Row
from deskhand.adapters.documents.pdf_tables import table_at

LARGER = 1.12
"""So many times the size of the running text is a heading."""
LONGEST_HEADING = 150
PARAGRAPH_EMS = 1.65
"""Lines further apart than so many letter sizes belong to two paragraphs."""
HEADING_EMS = 1.4
"""The same for the lines of a heading."""
DEEPEST_HEADING = 4
_BULLET = re.compile(r"[•◦▪▫‣●○■□–—*·\uf0b7\uf0a7\uf0d8-](?:\s+|(?=[A-Z]))")  # noqa: RUF001
_NUMBER = re.compile(r"(\d{1,2}|[a-z])[.)]\s+")
_ENDS = re.compile(r"[.!?:;…][\"')\]]?$")
_PAGE_NUMBER = re.compile(
    r"(?:page|seite|página|pagina)?\s*[-–]?\s*\d{1,4}\s*[-–]?(?:\s*(?:/|of|von|de|di)\s*\d{1,4})?",  # noqa: RUF001
    re.IGNORECASE,
)


@dataclass
class _Block:
    kind: str
    lines: list[str]
    left: float = 0.0
    plain: str = ""


@dataclass(frozen=True)
class Laid:
    """The rows of one page with what is painted behind them."""

    rows: tuple[Row, ...]
    shapes: tuple[Shape, ...]


def markdown_of(pages: Sequence[Laid]) -> tuple[str, str]:
    """The Markdown of all pages, and the first heading of the first one in the largest letters."""
    pages = _without_margins(pages)
    body = _body_size(pages)
    sizes = Counter(row.size for page in pages for row in page.rows if _is_larger(row, body))
    levels = {
        size: min(n, DEEPEST_HEADING) for n, size in enumerate(sorted(sizes, reverse=True), 1)
    }
    blocks: list[_Block] = []
    title = ""
    for page in pages:
        fresh = list(_blocks(page, levels, body))
        if page is pages[0]:
            title = next((block.plain for block in fresh if block.kind == "#"), "")
        if blocks and fresh and _goes_over(blocks[-1], fresh[0]):
            blocks[-1].lines.extend(fresh.pop(0).lines)
        blocks.extend(fresh)
    return "\n\n".join(filter(None, map(_written, blocks))) + "\n", title


def _body_size(pages: Sequence[Laid]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for row in page.rows:
            sizes[row.size] += len(row.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _is_larger(row: Row, body: float) -> bool:
    return row.size >= LARGER * body and len(row.text) <= LONGEST_HEADING


def _blocks(page: Laid, levels: dict[float, int], body: float) -> Iterator[_Block]:
    held: _Block | None = None
    place = 0
    while place < len(page.rows):
        row = page.rows[place]
        last = page.rows[place - 1] if place else None
        table = table_at(page.rows[place : place + 500], page.shapes)
        if table is not None:
            if held is not None:
                yield held
                held = None
            yield _Block("table", list(table.lines))
            place += table.taken
            continue
        kind = _kind(page.rows, place, levels, body)
        mark = "" if kind.startswith("#") else _mark(row)
        if held is not None and last is not None and _belongs(held, last, row, kind, mark):
            held.lines.append(row.markdown)
            held.plain += f" {row.text}"
        else:
            if held is not None:
                yield held
            held = _Block("list" if mark else kind, [_marked(row, mark)], row.left, row.text)
        place += 1
    if held is not None:
        yield held


def _kind(rows: Sequence[Row], place: int, levels: dict[float, int], body: float) -> str:
    row = rows[place]
    if _is_larger(row, body):
        return "#" * levels[row.size]
    following = rows[place + 1] if place + 1 < len(rows) else None
    alone = following is not None and not following.bold
    short = len(row.text) <= 80 and len(row.pieces) == 1 and not _ENDS.search(row.text)
    if row.bold and short and alone and re.search(r"[^\W\d_]", row.text):
        return "#" * min(max(levels.values(), default=1) + 1, DEEPEST_HEADING + 1)
    return "text"


def _mark(row: Row) -> str:
    if _BULLET.match(row.text):
        return "- "
    number = _NUMBER.match(row.text)
    return f"{number[1]}. " if number and number[1].isdecimal() else "- " if number else ""


def _marked(row: Row, mark: str) -> str:
    if not mark:
        return row.markdown
    plain = _BULLET.match(row.text) or _NUMBER.match(row.text)
    escaped_mark = re.match(r"\\?\S{1,2}(?:\\?[.)])?\s+|\\?[^\w\s]", row.markdown)
    if mark == "- " and plain is not None and _NUMBER.match(row.text):
        return mark + row.markdown  # a letter such as "a)" is cited: it stays
    return mark + row.markdown[escaped_mark.end() if escaped_mark else 0 :].lstrip()


def _belongs(held: _Block, last: Row, row: Row, kind: str, mark: str) -> bool:
    """Whether a row goes on with what is held."""
    heading = kind.startswith("#") or held.kind.startswith("#")
    widest = HEADING_EMS if heading else PARAGRAPH_EMS
    if mark or not 0 < last.baseline - row.baseline <= widest * max(row.size, last.size):
        return False
    if heading:
        return kind == held.kind and abs(row.size - last.size) < 0.1
    if held.kind == "list":
        return row.left >= held.left - 1
    return abs(row.size - last.size) < 0.2 * row.size


def _goes_over(before: _Block, after: _Block) -> bool:
    """Whether a paragraph goes on at the top of the next page."""
    same = before.kind in ("text", "list") and after.kind == "text"
    return same and not _ENDS.search(before.lines[-1]) and after.lines[0][:1].islower()


def _written(block: _Block) -> str:
    if block.kind == "table":
        return "\n".join(block.lines)
    words = _joined(block.lines)
    return f"{block.kind} {words}" if block.kind.startswith("#") else words


def _joined(lines: Sequence[str]) -> str:
    whole = ""
    for line in lines:
        parted = re.search(r"[^\W\d_]-$", whole) and line[:1].islower()
        whole = whole[:-1] + line if parted else f"{whole} {line}".strip()
    return whole


def _without_margins(pages: Sequence[Laid]) -> list[Laid]:
    """The pages without their numbers, and without what several of them say at their edge."""
    edges = Counter(words for page in pages for words in {_masked(row) for row in _edge(page)})
    often = {words for words, count in edges.items() if count >= max(3, len(pages) / 8)}
    kept: list[Laid] = []
    for page in pages:
        edge = _edge(page)
        margins = {
            id(row) for row in edge if _masked(row) in often or _PAGE_NUMBER.fullmatch(row.text)
        }
        kept.append(Laid(tuple(row for row in page.rows if id(row) not in margins), page.shapes))
    return kept


def _edge(page: Laid) -> list[Row]:
    down = sorted(page.rows, key=lambda row: -row.baseline)
    at_each_end = 2 if len(down) > 4 else 1 if len(down) > 1 else 0
    return down[:at_each_end] + down[len(down) - at_each_end :]


def _masked(row: Row) -> str:
    return re.sub(r"\d+", "#", row.text)
