"""`deskhand approve`: a person's yes to what the agent wants to do, with other words if need be."""

from typing import Annotated

import typer

from scripts.deskhand_cli.api import Decision
from scripts.deskhand_cli.desks import running_desk
from scripts.deskhand_cli.terminal import out, plain


def approve(
    approval_id: Annotated[
        str, typer.Argument(metavar="ID", help="As `deskhand approvals` lists it.")
    ],
    by: Annotated[str, typer.Option(help="Your name.")] = "the command line",
    reply: Annotated[str, typer.Option(help="What to say instead of the drafted reply.")] = "",
) -> None:
    """Say yes to an approval; with --reply the customer gets these words instead."""
    decision = Decision(decision="edit" if reply else "approve", by=by, reply=reply)
    with running_desk() as api:
        kept = api.decide(approval_id, decision)
    out().print(plain(f"{kept['summary']}: approved by {by}"))
