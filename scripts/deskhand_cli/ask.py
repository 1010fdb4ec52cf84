"""`deskhand ask`: one question, with everything that happens to it."""

from pathlib import Path
from typing import Annotated

import typer

from scripts.deskhand_cli.desks import any_desk
from scripts.deskhand_cli.problems import UnreadableError
from scripts.deskhand_cli.runner import go_on, run_tickets
from scripts.deskhand_cli.terminal import err, out, plain, print_json
from scripts.deskhand_cli.trace import trace
from scripts.sample.ticket_file import (
    Expected,
    SampleAttachment,
    SampleMessage,
    SampleTicket,
    Sender,
)


def ask(
    text: Annotated[str, typer.Argument(help="What the customer writes.")],
    sender: Annotated[
        str, typer.Option("--from", help="The customer's e-mail; else the sample shop's first.")
    ] = "",
    verified: Annotated[
        bool,
        typer.Option("--verified/--unverified", help="Whether the helpdesk knows who it is."),
    ] = True,
    on: Annotated[
        str, typer.Option("--on", help="A ticket of the desk that runs, to go on with it.")
    ] = "",
    file: Annotated[
        list[Path] | None,
        typer.Option(help="A file that is attached; say it again for another.", exists=True),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the whole trace as JSON.")] = False,
) -> None:
    """Ask one question and see how it was read, what was found, drafted, judged and done."""
    if not text.strip():
        raise UnreadableError("the question is empty; write what the customer would")
    ticket = SampleTicket.model_validate(
        {
            "id": "asked",
            "about": "Asked at the command line.",
            "via": "api",
            "from": _sender(sender, verified),
            "messages": (
                SampleMessage(text=text, attachments=tuple(map(SampleAttachment.of, file or ()))),
            ),
            "expect": Expected(ending="answered"),
        }
    )
    console = err()
    with any_desk() as (api, stays):
        if on:
            outcome = go_on(ticket, on, desk=api)
        else:
            (outcome,) = run_tickets((ticket,), desk=api, report=lambda *_: None)
        trouble = outcome.seen is None or not outcome.seen.turns
        if trouble or outcome.seen is None:
            console.print(plain("; ".join(outcome.differences), "red"))
            raise typer.Exit(1)
    if json:
        print_json(outcome.seen.as_json())
        return
    out().print(trace(outcome.seen))
    if stays:
        ticket_id = outcome.seen.conversation.ticket_id
        who = f"--from {ticket.sender.email}{'' if verified else ' --unverified'}"
        out().print(plain(f"Go on with it by `deskhand ask --on {ticket_id} {who} …`.", "dim"))
    for approval in outcome.seen.open_approvals:
        how = (
            f"Say yes by `deskhand approve {approval.id}`, no by `deskhand reject` and a reason."
            if stays
            else "This desk is gone now; run `deskhand serve` and ask again to answer it."
        )
        out().print(plain(f"\nA person is asked for {approval.summary}. {how}", "bold"))


def _sender(email: str, verified: bool) -> Sender:
    if email:
        if "@" not in email.strip("@") or " " in email:
            raise UnreadableError(f"--from: {email!r} is no e-mail address")
        return Sender(email=email, verified=verified)
    from scripts.deskhand_cli.own_desk import first_customer

    return first_customer(verified=verified)
