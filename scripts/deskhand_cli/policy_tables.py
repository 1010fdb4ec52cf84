"""The rules as people read them: each action's limits, and why one request is answered so."""

from collections.abc import Iterator
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table

from deskhand.adapters.cedar.permissions import CedarPermissions
from deskhand.adapters.cedar.rules import Rule, Rules
from deskhand.domain.permission import LIFTS, Answer, PermissionRequest, Rung
from scripts.deskhand_cli.terminal import plain

LIFTED_BY: dict[Answer, str] = {
    "now": "as things stand",
    "if_verified": "the customer shows who they are",
    "if_shown": "the customer sends a photo or papers",
    "if_confirmed": "the customer says yes to exactly this",
    "if_approved": "a person says yes to exactly this",
    "denied": "nobody lifts this",
}
ANSWERS: dict[Answer, str] = {
    "now": "it would be done by itself",
    "if_verified": "the customer would be asked who they are",
    "if_shown": "the customer would be asked for a photo or papers",
    "if_confirmed": "the customer would be asked to say yes to it",
    "if_approved": "a person would be asked",
    "denied": "it would be denied, and the customer told why",
}


def limits(rules: Rules, action: str) -> RenderableType:
    """One row an action: the codes of its limits by what lifts them. Of one action: in full."""
    if action:
        return _limits_of(rules, action)
    table = Table(header_style="bold", show_lines=True)
    table.add_column("action", style="bold")
    lifts: list[Answer] = [*list(LIFTED_BY)[1:]]
    for answer in lifts:
        table.add_column(LIFTED_BY[answer], overflow="fold")
    for name in sorted(rules.permitted):
        held = _held(rules, name)
        cells = ("\n".join(r.reason.code for r in held if answer in _lifts(r)) for answer in lifts)
        table.add_row(name, *cells)
    counted = f"{len(rules.forbids)} limits, {len(rules.permitted)} actions; all else is denied."
    return Group(table, counted)


def _limits_of(rules: Rules, action: str) -> RenderableType:
    table = Table(title=action, title_justify="left", title_style="bold", header_style="bold")
    for column in ("line", "code", "what lifts it", "words"):
        table.add_column(column, overflow="fold", justify="right" if column == "line" else "left")
    for rule in _held(rules, action):
        lifted = ", or ".join(LIFTED_BY[answer] for answer in _lifts(rule))
        table.add_row(str(rule.line), rule.reason.code, lifted, plain(rule.reason.words))
    return table


def limits_json(rules: Rules, action: str) -> list[dict[str, Any]]:
    """The same for machines."""
    return [
        {"action": name, "limits": [_limit(rule) for rule in _held(rules, name)]}
        for name in sorted(rules.permitted)
        if not action or name == action
    ]


def explained(permissions: CedarPermissions, request: PermissionRequest) -> RenderableType:
    """The answer, and what stands against it on each rung."""
    permission = permissions.ask(request)
    table = Table(header_style="bold", show_lines=True)
    for column in ("when", "it is done", "what stands against it"):
        table.add_column(column, overflow="fold")
    for rung in permissions.ladder(request):
        if request.context.get(LIFTS.get(rung.answer, "")) is True:
            continue  # that is so already
        words = "\n".join(_words(permissions.rules, rung))
        and_so = "… and " if table.row_count > 1 else ""
        table.add_row(
            f"{and_so}{LIFTED_BY[rung.answer]}", "yes" if rung.allowed else "no", plain(words)
        )
    answer = plain(f"{request.action}: {ANSWERS[permission.answer]} ({permission.answer}).", "bold")
    return Group(answer, "", table, "", _asked(request))


def explained_json(permissions: CedarPermissions, request: PermissionRequest) -> dict[str, Any]:
    """The same for machines, with the whole request."""
    permission = permissions.ask(request)
    lines = {rule.reason: rule.line for rule in permissions.rules.forbids}

    def reasons(found: Any) -> list[dict[str, Any]]:
        return [one.model_dump() | {"line": lines.get(one)} for one in found]

    return {
        "action": request.action,
        "answer": permission.answer,
        "words": ANSWERS[permission.answer],
        "reasons": reasons(permission.reasons),
        "ladder": [
            {
                "when": rung.answer,
                "words": LIFTED_BY[rung.answer],
                "allowed": rung.allowed,
                "reasons": reasons(rung.reasons),
            }
            for rung in permissions.ladder(request)
        ],
        "request": request.model_dump(mode="json"),
    }


def _asked(request: PermissionRequest) -> Table:
    table = Table(title="what was asked", title_justify="left", show_header=False)
    for place, values in (
        ("principal", request.customer),
        ("resource", request.resource),
        ("context", request.context),
    ):
        table.add_row(place, plain("  ".join(f"{name}={value}" for name, value in values.items())))
    return table


def _words(rules: Rules, rung: Rung) -> Iterator[str]:
    lines = {rule.reason: rule.line for rule in rules.forbids}
    for reason in rung.reasons:
        line = f", line {lines[reason]}" if reason in lines else ""
        yield f"{reason.words} ({reason.code}{line})"


def _held(rules: Rules, action: str) -> list[Rule]:
    return [rule for rule in rules.forbids if action in rule.actions]


def _lifts(rule: Rule) -> tuple[Answer, ...]:
    return rule.lifted_by or ("denied",)


def _limit(rule: Rule) -> dict[str, Any]:
    return rule.reason.model_dump() | {"line": rule.line, "lifted_by": list(rule.lifted_by)}
