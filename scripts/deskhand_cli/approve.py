"""`deskhand approve`: a person's yes to what the agent wants to do, changed if need be."""

import json
from typing import Annotated, Any

import typer

from scripts.deskhand_cli.api import Decision, DeskApi
from scripts.deskhand_cli.desks import running_desk
from scripts.deskhand_cli.problems import CommandError, UnreadableError
from scripts.deskhand_cli.terminal import out, plain


def approve(
    approval_id: Annotated[
        str, typer.Argument(metavar="ID", help="As `deskhand approvals` lists it.")
    ],
    by: Annotated[str, typer.Option(help="Your name.")] = "the command line",
    reply: Annotated[str, typer.Option(help="What to say instead of the drafted reply.")] = "",
    change: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help="Another value for an argument of it."),
    ] = None,
) -> None:
    """Say yes to an approval; with --reply in these words, with --set with these arguments."""
    with running_desk() as api:
        actions = _changed(api, approval_id, change) if change else []
        said = Decision("edit" if reply or actions else "approve", by, reply=reply, actions=actions)
        kept = api.decide(approval_id, said)
    out().print(plain(f"{kept['summary']}: {kept['words']}"))


def _changed(api: DeskApi, approval_id: str, changes: list[str]) -> list[dict[str, Any]]:
    """The approval's actions, each argument changed in every action that has it."""
    waiting = {one["id"]: one for one in api.approvals()}
    if approval_id not in waiting:
        raise CommandError(f"{approval_id} does not wait for an answer")
    actions: list[dict[str, Any]] = waiting[approval_id]["actions"]
    for change in changes:
        name, is_given, text = change.partition("=")
        known = [action["arguments"] for action in actions if name in action["arguments"]]
        if not is_given:
            raise UnreadableError(f"--set {change!r}: write it as amount_cents=6000")
        if not known:
            names = sorted({name for action in actions for name in action["arguments"]})
            raise UnreadableError(f"--set {name}: there are {', '.join(names) or 'no arguments'}")
        for arguments in known:
            arguments[name] = _value(name, arguments[name], text)
    return actions


def _value(name: str, before: object, text: str) -> Any:
    if isinstance(before, str):
        return text
    try:
        return json.loads(text)
    except ValueError:
        raise UnreadableError(f"--set {name}: {text!r} is not JSON") from None
