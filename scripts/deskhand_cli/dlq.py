"""`deskhand dlq`: what the queue gave up, and putting it into the queue again."""

from typing import Annotated

import typer
from rich.table import Table

from scripts.deskhand_cli.desks import Key, Url, desk_at
from scripts.deskhand_cli.terminal import out, plain, print_json

dlq = typer.Typer(
    no_args_is_help=True, help="Look at messages that could not be dispatched, and try them again."
)

Json = Annotated[bool, typer.Option("--json", help="Print it as JSON.")]
Letter = Annotated[str, typer.Argument(help="As `deskhand dlq list` lists it.")]


@dlq.command("list")
def list_(json: Json = False, url: Url = "", key: Key = "") -> None:
    """List what could not be dispatched, oldest first, and what has become of it."""
    with desk_at(url, key) as api:
        letters = api.dead_letters()
    if json:
        print_json(letters)
        return
    table = Table(header_style="bold", pad_edge=False)
    for column in ("letter", "sent", "conversation", "is", "because"):
        table.add_column(column, overflow="fold")
    for letter in letters:
        shown = (
            letter["id"],
            letter["sent_at"][:16].replace("T", " "),
            letter["conversation_id"] or "unknown",
            letter["state"].replace("_", " "),
            letter["why"],
        )
        table.add_row(*(plain(cell) for cell in shown))
    out().print(table if letters else "Every message could be dispatched.")


@dlq.command()
def show(letter: Letter, json: Json = False, url: Url = "", key: Key = "") -> None:
    """Show one letter whole, with what the customer wrote."""
    with desk_at(url, key) as api:
        found = api.dead_letter(letter)
    if json:
        print_json(found)
        return
    body = found.pop("body")
    for name, value in found.items():
        if value:
            out().print(plain(f"{name.replace('_', ' ')}: {value}"), soft_wrap=True)
    out().print(plain(f"\n{body}"), soft_wrap=True)


@dlq.command()
def redrive(
    letter: Letter,
    by: Annotated[str, typer.Option(help="Your name, which is kept with the time.")],
    json: Json = False,
    url: Url = "",
    key: Key = "",
) -> None:
    """Put a letter into the queue again, behind older ones of its conversation.

    The agent has the conversation again. Mend first what the letter failed of.
    """
    with desk_at(url, key) as api:
        redriven = api.redrive(letter, by=by)
    if json:
        print_json(redriven)
        return
    for one in redriven:
        out().print(plain(f"{one['id']}: in the queue again ({one['conversation_id']})"))
