"""`deskhand stops` and `deskhand release`: what an anomaly has stopped, and letting it go on."""

from typing import Annotated

import typer
from rich.table import Table

from scripts.deskhand_cli.desks import running_desk
from scripts.deskhand_cli.terminal import out, plain, print_json


def stops(
    json: Annotated[bool, typer.Option("--json", help="Print them as JSON.")] = False,
) -> None:
    """List the actions that an anomaly has stopped for everybody, and why."""
    with running_desk() as api:
        standing = api.stops()
    if json:
        print_json(standing)
        return
    table = Table(header_style="bold", pad_edge=False)
    for column in ("action", "since", "because"):
        table.add_column(column, overflow="fold")
    for stop in standing:
        since = stop["since"][:16].replace("T", " ")
        table.add_row(*(plain(cell) for cell in (stop["action"], since, stop["words"])))
    out().print(table if standing else "Nothing is stopped.")


def release(
    action: Annotated[str, typer.Argument(help="As `deskhand stops` lists it.")],
    by: Annotated[str, typer.Option(help="Your name, which is kept with the time.")],
) -> None:
    """Let an action go on that an anomaly has stopped; look at what happened first."""
    with running_desk() as api:
        released = api.release(action, by=by)
    out().print(plain(f"{released['action']}: released by {released['released_by']}"))
