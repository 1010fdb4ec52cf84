"""`deskhand approvals`: what waits for a person's yes or no."""

from typing import Annotated

import typer
from rich.table import Table

from scripts.deskhand_cli.desks import running_desk
from scripts.deskhand_cli.terminal import out, plain, print_json


def approvals(
    json: Annotated[bool, typer.Option("--json", help="Print them as JSON.")] = False,
) -> None:
    """List what waits for a person's yes or no, oldest first."""
    with running_desk() as api:
        waiting = api.approvals()
    if json:
        print_json(waiting)
        return
    table = Table(header_style="bold", pad_edge=False)
    for column in ("id", "conversation", "asks for", "because", "until"):
        table.add_column(column, overflow="fold")
    for one in waiting:
        why = "; ".join(objection["words"] for objection in one["objections"])
        until = one["expires_at"][:16].replace("T", " ")
        cells = (one["id"], one["conversation_id"], one["summary"], why, until)
        table.add_row(*(plain(cell) for cell in cells))
    out().print(table if waiting else "Nothing waits for a person.")
