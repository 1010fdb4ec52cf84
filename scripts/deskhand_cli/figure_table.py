"""The table in which measurements stand: names to the left, figures to the right."""

from rich.box import SIMPLE_HEAD
from rich.table import Table


def figure_table(title: str, *columns: str) -> Table:
    """A table without rows yet; its first column holds names, which are never broken."""
    table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        header_style="dim",
        box=SIMPLE_HEAD,
        pad_edge=False,
    )
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left", no_wrap=not number)
    return table
