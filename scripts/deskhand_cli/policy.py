"""`deskhand policy`: what the rules say of each action, what is wrong with them, and why."""

from pathlib import Path
from typing import Annotated

import typer

from deskhand import wiring
from deskhand.adapters.cedar.permissions import CedarPermissions
from deskhand.errors import Rejected
from scripts.deskhand_cli.policy_files import mistakes_in, rules_in
from scripts.deskhand_cli.policy_prices import reminders_of
from scripts.deskhand_cli.policy_requests import Question, question
from scripts.deskhand_cli.policy_tables import explained, explained_json, limits, limits_json
from scripts.deskhand_cli.problems import CommandError, UnreadableError
from scripts.deskhand_cli.terminal import err, out, plain, print_json
from scripts.local_stack.stack import ROOT

SHIPPED = ROOT / "policies"

policy = typer.Typer(no_args_is_help=True, help="Check the policy files, and explain what they do.")

Folder = Annotated[
    Path, typer.Argument(metavar="DIR", help="A folder of policy files; without it, ours.")
]
Json = Annotated[bool, typer.Option("--json", help="Print it as JSON.")]


@policy.command()
def check(
    folder: Folder = SHIPPED,
    action: Annotated[str, typer.Option(help="Only this action's limits, in full.")] = "",
    json: Json = False,
) -> None:
    """List every action's limits and what lifts them, and name each mistake by file and line."""
    if not folder.is_dir():
        raise UnreadableError(f"{folder} is not a folder of policy files")
    mistakes = tuple(mistakes_in(folder))
    for mistake in mistakes:
        err().print(plain(mistake, "red"), soft_wrap=True)
    reminders = tuple(reminders_of(folder, today=wiring.clock()().date()))
    for reminder in reminders:
        err().print(plain(reminder, "yellow"), soft_wrap=True)
    rules = rules_in(folder)
    if action and rules is not None and action not in rules.permitted:
        raise UnreadableError(_unknown(action, sorted(rules.permitted)))
    if json:
        actions = limits_json(rules, action) if rules else []
        print_json({"mistakes": mistakes, "reminders": reminders, "actions": actions})
    elif rules is not None:
        out().print(limits(rules, action))
    if mistakes:
        counted = f"{len(mistakes)} mistake{'s' if len(mistakes) > 1 else ''}"
        raise CommandError(f"{counted} in {folder}")


@policy.command()
def explain(
    action: Annotated[str, typer.Argument(help="The action's name: refund_order.")],
    sets: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="PLACE=VALUE", help="resource.status=delivered; repeatable."),
    ] = None,
    customer: Annotated[str, typer.Option(help="A customer of the sample shop, by e-mail.")] = "",
    order: Annotated[str, typer.Option(help="An order of theirs.")] = "",
    arguments: Annotated[
        list[str] | None,
        typer.Option("--arg", metavar="NAME=VALUE", help="amount_cents=4200; repeatable."),
    ] = None,
    folder: Annotated[Path, typer.Option("--policies", help="A folder of policy files.")] = SHIPPED,
    json: Json = False,
) -> None:
    """Say why an action would be done, asked about or denied: for this customer, now.

    Without --customer the request is as harmless as the rules allow but for what --set bends.
    """
    try:
        permissions = CedarPermissions.read(folder)
    except Rejected as error:
        raise CommandError(str(error)) from error
    if action not in permissions.actions:
        raise UnreadableError(_unknown(action, sorted(permissions.actions)))
    if (order or arguments) and not customer:
        raise UnreadableError("--order and --arg are about a customer: say --customer EMAIL too")
    wanted = Question(action, tuple(sets or ()), customer, order, tuple(arguments or ()))
    request = question(wanted, permissions.rules)
    if json:
        print_json(explained_json(permissions, request))
    else:
        out().print(explained(permissions, request))


def _unknown(action: str, known: list[str]) -> str:
    return f"no rule permits {action}, so it is never done; there are {', '.join(known)}"
