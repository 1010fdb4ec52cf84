"""`deskhand mailbox`: what the sample shop has posted to an address, one-time codes among it."""

from typing import Annotated

import typer

from scripts.deskhand_cli.desks import the_session
from scripts.deskhand_cli.letters import letters_to
from scripts.deskhand_cli.problems import UnreadableError
from scripts.deskhand_cli.terminal import out, plain, print_json


def mailbox(
    address: Annotated[str, typer.Argument(help="An e-mail address of the sample shop.")],
    json: Annotated[bool, typer.Option("--json", help="Print them as JSON.")] = False,
) -> None:
    """Read the letters to an address, newest last: nothing of this machine is really posted."""
    if "@" not in address.strip("@") or " " in address:
        raise UnreadableError(f"{address!r} is no e-mail address")
    letters = letters_to(address, shop=the_session().shop)
    if json:
        print_json([letter.model_dump(mode="json") for letter in letters])
        return
    for letter in letters:
        out().print(plain(f"{letter.sent_at:%Y-%m-%d %H:%M}  {letter.subject}", "bold"))
        out().print(plain(f"{letter.text}\n"))
    if not letters:
        out().print(plain(f"Nothing was posted to {address}."))
