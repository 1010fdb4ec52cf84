"""`deskhand tickets`: the built-in inbox as a list."""

from typing import Annotated

import typer
from rich.table import Table

from scripts.deskhand_cli.desks import running_desk
from scripts.deskhand_cli.terminal import out, plain, print_json


def tickets(
    json: Annotated[bool, typer.Option("--json", help="Print them as JSON.")] = False,
) -> None:
    """List the tickets of the built-in inbox, newest first."""
    with running_desk() as api:
        listed = api.tickets()
    if json:
        print_json(listed)
        return
    table = Table(header_style="bold", pad_edge=False)
    for column in ("ticket", "from", "subject", "status", "queue", "tags", "messages"):
        table.add_column(column, overflow="fold")
    for one in listed:
        said = str(len(one["messages"]))
        held = one["assignee"] or one["queue"]
        cells = (one["id"], one["asker"]["email"], one["subject"], one["status"], held)
        table.add_row(*(plain(cell) for cell in cells), plain(", ".join(one["tags"])), said)
    out().print(table if listed else "No ticket has come yet.")
