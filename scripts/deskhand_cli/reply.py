"""`deskhand reply`: what a person answers in the built-in inbox."""

from typing import Annotated, Literal

import typer

from scripts.deskhand_cli.desks import running_desk
from scripts.deskhand_cli.terminal import out, plain


def reply(
    ticket: Annotated[str, typer.Argument(help="As `deskhand tickets` lists it.")],
    text: Annotated[str, typer.Argument(help="What the customer is to read.")],
    by: Annotated[str, typer.Option(help="Your name; the ticket is yours from then on.")],
    status: Annotated[
        Literal["open", "pending", "solved"], typer.Option(help="How the ticket stands then.")
    ] = "pending",
) -> None:
    """Answer a customer yourself, in the built-in inbox; the agent then leaves the ticket alone."""
    with running_desk() as api:
        api.reply(ticket, {"text": text, "by": by, "status": status})
    out().print(plain(f"{ticket}: answered by {by}, {status}"))
