"""What is wrong with a folder of policy files, each mistake with its file and line."""

from collections.abc import Iterator
from pathlib import Path

from deskhand.adapters.cedar.permissions import CedarPermissions
from deskhand.adapters.cedar.rules import Rules
from deskhand.adapters.cedar.search import cannot_fire
from deskhand.adapters.cedar.text import POLICIES
from deskhand.adapters.policy_files import read_policy
from deskhand.errors import Rejected
from deskhand.tools.registry import OURS


def rules_in(folder: Path) -> Rules | None:
    """The rules; None where they cannot be read."""
    try:
        return CedarPermissions.read(folder).rules
    except Rejected:
        return None


def mistakes_in(folder: Path) -> Iterator[str]:
    """Every mistake: in the rules, in the tables of settings, and between the two."""
    try:
        rules = CedarPermissions.read(folder).rules
    except Rejected as error:
        yield from str(error).splitlines()
        rules = None
    if rules is not None:
        yield from cannot_fire(rules)
        yield from _misfits(rules)
    if any(folder.glob("*.toml")):  # a folder may hold rules alone
        yield from _settings(folder, rules)


def _misfits(rules: Rules) -> Iterator[str]:
    """Where a tool of ours acts on something else than the rules say."""
    for name, action in OURS.actions.items():
        declared = rules.declared.actions.get(name)
        if declared and action.resource_kind not in declared.resources:
            kinds = " or ".join(declared.resources)
            yield f"{POLICIES}: {name} is done to {action.resource_kind}, and declared for {kinds}."


def _settings(folder: Path, rules: Rules | None) -> Iterator[str]:
    try:
        policy = read_policy(folder)
    except Rejected as error:
        yield from str(error).splitlines()
        return
    for intent in policy.intents.values():
        for action in intent.actions:
            if rules is not None and action not in rules.permitted:
                yield (
                    f"intents.toml: {intent.name} may propose {action}, which no rule permits: "
                    f"write a permit in {POLICIES}, or take it out."
                )
