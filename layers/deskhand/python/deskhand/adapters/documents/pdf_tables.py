"""Finds tables in the rows of a PDF page: cells that stand below each other, row after row."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from deskhand.adapters.documents.pdf_letters import Shape
from deskhand.adapters.documents.pdf_rows import Piece, Row

LOOSEST = 5.0
"""Rows of one table lie no more than so many letter sizes apart."""
HIGHEST = 8.0
"""The first line of a cell stands no more than so many letter sizes above its row's last."""
TIGHT = 1.45
"""Lines of one cell lie no more than so many letter sizes apart."""


@dataclass(frozen=True)
class Table:
    """A table and how many rows of the page it takes."""

    lines: tuple[str, ...]
    """Of Markdown."""
    taken: int


def table_at(rows: Sequence[Row], shapes: Sequence[Shape]) -> Table | None:
    """The table that begins with the first of these rows, if one does."""
    run = _run(rows, shapes)
    columns = _columns(run)
    while len(run) >= 2 and (len(columns) < 2 or not all(_fits(row, columns) for row in run)):
        run = run[:-1]
        columns = _columns(run)
    if len(run) < 2 or len([row for row in run if len(row.pieces) > 1]) < 2:
        return None
    cells = _cells(run, columns, shapes)
    if len(cells) < 2:
        return None
    head, body = (cells[0], cells[1:]) if _is_head(run[0], cells) else ([""] * len(columns), cells)
    lines = (head, ["---"] * len(columns), *body)
    return Table(tuple("| " + " | ".join(line) + " |" for line in lines), len(run))


def _run(rows: Sequence[Row], shapes: Sequence[Shape]) -> list[Row]:
    """Rows close enough, each with several pieces or going on in a column other than the first;
    where lines are drawn around them, all that stand between these."""
    if not rows or len(rows[0].pieces) < 2:
        return []
    run = [rows[0]]
    lowest = _lowest_line(rows[0], shapes)
    for row in rows[1:]:
        drop = run[-1].baseline - row.baseline
        in_a_box = lowest is not None and row.baseline > lowest
        in_a_later_column = row.left >= run[0].pieces[1].left - row.size
        goes_on = len(row.pieces) > 1 or in_a_later_column or in_a_box
        # Of a cell with several lines the first may stand higher than the row's other cells.
        if not goes_on or not -HIGHEST * row.size < drop <= LOOSEST * max(row.size, run[-1].size):
            break
        run.append(row)
    return run


def _lowest_line(first: Row, shapes: Sequence[Shape]) -> float | None:
    """How far down lines are drawn below a row, one after the other; None: there are too few."""
    lowest, count = first.baseline, 0
    for edge in _edges(first, shapes):
        if edge < lowest - first.size:
            if lowest - edge > HIGHEST * first.size:
                break
            lowest, count = edge, count + 1
    return lowest if count > 1 else None


def _edges(first: Row, shapes: Sequence[Shape]) -> list[float]:
    """Where lines and boxes as wide as a letter begin and end, from above."""
    wide = [one for one in shapes if not one.picture and one.right - one.left > first.size]
    return sorted((edge for shape in wide for edge in (shape.bottom, shape.top)), reverse=True)


def _columns(run: Sequence[Row]) -> list[tuple[float, float]]:
    """The stretches, from left to right, that pieces of the rows cover."""
    merged: list[tuple[float, float]] = []
    for left, right in sorted((piece.left, piece.right) for row in run for piece in row.pieces):
        if merged and left <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(right, merged[-1][1]))
        else:
            merged.append((left, right))
    return merged


def _fits(row: Row, columns: Sequence[tuple[float, float]]) -> bool:
    places = [_column(piece, columns) for piece in row.pieces]
    return len(set(places)) == len(places)


def _column(piece: Piece, columns: Sequence[tuple[float, float]]) -> int:
    return next(
        number for number, (left, right) in enumerate(columns) if left <= piece.left <= right
    )


def _cells(
    run: Sequence[Row], columns: Sequence[tuple[float, float]], shapes: Sequence[Shape]
) -> list[list[str]]:
    bands = _bands(run, shapes)
    cells: dict[int, list[str]] = {}
    number = -1
    for place, row in enumerate(run):
        drop = run[place - 1].baseline - row.baseline if place else 0.0
        goes_on = place and drop <= TIGHT * row.size and len(row.pieces) == 1
        number = bands[place] if bands else number if goes_on else number + 1
        words = cells.setdefault(number, [""] * len(columns))
        for piece in row.pieces:
            column = _column(piece, columns)
            words[column] = f"{words[column]} {piece.markdown}".strip()
    return [cells[number] for number in sorted(cells)]


def _bands(run: Sequence[Row], shapes: Sequence[Shape]) -> list[int]:
    """For each row between which of the drawn lines it stands, from above; empty: too few are
    drawn, such as one below the titles."""
    edges = _edges(run[0], shapes)
    above = [sum(1 for edge in edges if edge > row.baseline) for row in run]
    return above if len(set(above)) > 2 else []


def _is_head(first: Row, cells: Sequence[Sequence[str]]) -> bool:
    if first.bold:
        return True
    figures = [any(re.search(r"\d", words) for words in row) for row in cells]
    return not figures[0] and all(figures[1:])
