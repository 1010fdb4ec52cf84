"""`deskhand tickets`: the built-in inbox as a list."""

from typing import Annotated

import typer
from rich.table import Table

from scripts.deskhand_cli.api import DeskApi
from scripts.deskhand_cli.desks import running_desk
from scripts.deskhand_cli.terminal import dollars, out, plain, print_json

COLUMNS = ("ticket", "from", "subject", "status", "queue", "tags", "messages")


def tickets(
    json: Annotated[bool, typer.Option("--json", help="Print them as JSON.")] = False,
    cost: Annotated[
        bool, typer.Option("--cost", help="Also what the models cost; reads every conversation.")
    ] = False,
) -> None:
    """List the tickets of the built-in inbox, newest first."""
    with running_desk() as api:
        listed = api.tickets()
        if cost:
            listed = [one | _paid(api, one["id"]) for one in listed]
    if json:
        print_json(listed)
        return
    table = Table(header_style="bold", pad_edge=False)
    for column in (*COLUMNS, "cost") if cost else COLUMNS:
        table.add_column(column, overflow="fold")
    for one in listed:
        said = str(len(one["messages"]))
        held = one["assignee"] or one["queue"]
        cells = (one["id"], one["asker"]["email"], one["subject"], one["status"], held)
        paid = (dollars(one["cost_microusd"]),) if cost else ()
        tags = plain(", ".join(one["tags"]))
        table.add_row(*(plain(cell) for cell in cells), tags, said, *paid)
    out().print(table if listed else "No ticket has come yet.")


def _paid(api: DeskApi, ticket_id: str) -> dict[str, int]:
    seen = api.conversation(f"inbox:{ticket_id}")
    return {"cost_microusd": seen.cost_microusd if seen else 0}
