"""Says the rows of a table in a text as sentences, so that a `No` in a cell is heard."""

import re
from collections.abc import Iterator, Sequence

_RULE = re.compile(r"[\s|:-]+")
_NO = {"no", "none", "not available", "n/a", "-", "\u2717", "\u2718", "\u274c", "x"}
_YES = {"yes", "\u2713", "\u2714", "\u2705"}


def without_tables(text: str) -> str:
    """The text with each cell of its tables as a sentence that names the row and the column."""
    return "\n".join(_said(text.splitlines()))


def _said(lines: Sequence[str]) -> Iterator[str]:
    heads: list[str] = []
    for line in lines:
        if line.count("|") < 2 and not (heads and "|" in line):
            heads = []
            yield line
            continue
        if _RULE.fullmatch(line):
            continue
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not heads:
            heads = cells
            continue
        for head, cell in zip(heads[1:], cells[1:], strict=False):
            yield _cell(cells[0], head, cell)


def _cell(row: str, head: str, cell: str) -> str:
    if cell.lower() in _NO:
        return f"{row} is not {head}."
    if cell.lower() in _YES:
        return f"{row} is {head}."
    return f"{row}, {head}: {cell}."
