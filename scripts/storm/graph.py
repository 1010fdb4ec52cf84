"""The state machine as its file has it: what each state does, and nothing that is not known."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.storm.expressions import UnknownConstructError

INVOKE = "arn:aws:states:::lambda:invoke"
INVOKE_AND_WAIT = f"{INVOKE}.waitForTaskToken"
_FUNCTION = re.compile(r"^\$\{(?P<name>\w+)FunctionArn\}$")

_MACHINE = {"Comment", "QueryLanguage", "StartAt", "States", "TimeoutSeconds"}
_TASK = {"Resource", "Arguments", "Output", "TimeoutSeconds", "Retry", "Catch", "Next"}
_KNOWN = {
    "Wait": {"Seconds", "Assign", "Output", "Next"},
    "Task": _TASK,
    "Choice": {"Choices", "Default"},
    "Succeed": set[str](),
    "Fail": {"Error", "Cause"},
}
_RETRY = {
    *("ErrorEquals", "IntervalSeconds", "MaxAttempts", "BackoffRate", "MaxDelaySeconds"),
    "JitterStrategy",
}
_CATCH = {"ErrorEquals", "Output", "Next", "Assign"}


@dataclass(frozen=True)
class Graph:
    """All states by name, checked: whatever stands in them can be walked."""

    start: str
    states: Mapping[str, Mapping[str, Any]]

    @classmethod
    def read(cls, path: Path) -> "Graph":
        """The graph of that file. `UnknownConstructError`: something in it cannot be walked."""
        return cls.of(json.loads(path.read_text(encoding="utf-8")))

    @classmethod
    def of(cls, machine: Mapping[str, Any]) -> "Graph":
        """The graph of a machine's definition."""
        _only(machine, _MACHINE, "the machine")
        if machine.get("QueryLanguage") != "JSONata":
            raise UnknownConstructError("a machine whose language is not JSONata")
        states = machine["States"]
        for name, state in states.items():
            _check(name, state)
        for name, state in states.items():
            for to in _exits(state):
                if to not in states:
                    raise UnknownConstructError(f"{name} leads to {to!r}, which is not there")
        return cls(machine["StartAt"], states)

    @property
    def exits(self) -> frozenset[tuple[str, str]]:
        """Every edge: from which state to which."""
        return frozenset((name, to) for name, state in self.states.items() for to in _exits(state))


def function_of(state: Mapping[str, Any]) -> str:
    """The folder of the function that a task calls: `AskPerson` is `ask_person`."""
    found = _FUNCTION.match(state["Arguments"]["FunctionName"])
    if found is None:
        raise UnknownConstructError(f"the function {state['Arguments']['FunctionName']!r}")
    return re.sub(r"(?<!^)(?=[A-Z])", "_", found["name"]).lower()


def _check(name: str, state: Mapping[str, Any]) -> None:
    kind = state.get("Type", "")
    if kind not in _KNOWN:
        raise UnknownConstructError(f"{name} is a {kind or 'state without a type'}")
    _only(state, _KNOWN[kind] | {"Type", "Comment"}, name)
    if kind != "Task":
        return
    if state["Resource"] not in (INVOKE, INVOKE_AND_WAIT):
        raise UnknownConstructError(f"{name} calls {state['Resource']}")
    _only(state["Arguments"], {"FunctionName", "Payload"}, f"the arguments of {name}")
    function_of(state)
    for retry in state.get("Retry", ()):
        _only(retry, _RETRY, f"the retry of {name}")
    for catch in state.get("Catch", ()):
        _only(catch, _CATCH, f"the catch of {name}")


def _exits(state: Mapping[str, Any]) -> list[str]:
    found = [catch["Next"] for catch in state.get("Catch", ())]
    found += [choice["Next"] for choice in state.get("Choices", ())]
    return found + [state[key] for key in ("Next", "Default") if key in state]


def _only(found: Mapping[str, Any], known: set[str], where: str) -> None:
    if strange := sorted(set(found) - known):
        raise UnknownConstructError(f"{where} has {', '.join(strange)}")
