"""`deskhand reject`: a person's no to what the agent wants to do."""

from typing import Annotated

import typer

from scripts.deskhand_cli.api import Decision
from scripts.deskhand_cli.desks import running_desk
from scripts.deskhand_cli.terminal import out, plain


def reject(
    approval_id: Annotated[
        str, typer.Argument(metavar="ID", help="As `deskhand approvals` lists it.")
    ],
    reason: Annotated[str, typer.Option(help="Why; whoever takes the ticket over reads it.")],
    by: Annotated[str, typer.Option(help="Your name.")] = "the command line",
) -> None:
    """Say no to an approval; a person takes the ticket over."""
    with running_desk() as api:
        kept = api.decide(approval_id, Decision(decision="reject", by=by, reason=reason))
    out().print(plain(f"{kept['summary']}: {kept['words']}"))
