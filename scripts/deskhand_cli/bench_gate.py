"""How long the permission layer takes, by the number of its rules, and beside plain Python."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from pydantic import JsonValue

from deskhand.adapters.cedar.permissions import RUNGS, CedarPermissions
from deskhand.adapters.cedar.search import harmless_request, with_values
from deskhand.adapters.cedar.text import SCHEMA
from deskhand.adapters.cedar_expressions import Place
from deskhand.domain.permission import Permission, PermissionRequest, Reason
from scripts.deskhand_cli.bench_gate_rules import cedar_rules, python_rules
from scripts.local_stack.stack import ROOT

COUNTS = (20, 100, 500)
WARM_UP, CALLS, IMPORTS = 50, 1500, 5
POLICIES = ROOT / "policies"
PROBE = """\
import json, sys, time
from pathlib import Path
began = time.process_time()
from deskhand.adapters.cedar.permissions import CedarPermissions
CedarPermissions.read(Path(sys.argv[1]))
print(json.dumps((time.process_time() - began) * 1000))
"""

Ask = Callable[[PermissionRequest], Permission]


class PythonPermissions:
    """The same limits as a list of functions: what Cedar is measured against."""

    def __init__(self, count: int) -> None:
        self._rules = python_rules(count)

    def ask(self, request: PermissionRequest) -> Permission:
        """The first rung on which no function forbids it."""
        first: list[str] = []
        for place, (answer, said) in enumerate(RUNGS):
            context = request.context | said
            found = [
                code
                for code, forbids, n in self._rules
                if forbids(request.customer, request.resource, context, n)
            ]
            if not found:
                return Permission(answer=answer, reasons=_reasons(first))
            first = found if place == 0 else first
        return Permission(answer="denied", reasons=_reasons(found))


def time_the_gate() -> dict[str, Any]:
    """p50 and p99 of one question, warm, for each number of rules; and the layer's start."""
    schema = (POLICIES / SCHEMA).read_text(encoding="utf-8")
    figures = []
    for count in COUNTS:
        cedar = CedarPermissions(cedar_rules(count), schema)
        asked = tuple(questions(cedar))
        figures += [
            {"gate": "Cedar", "rules": count, **_timed(cedar.ask, asked)},
            {"gate": "plain Python", "rules": count, **_timed(PythonPermissions(count).ask, asked)},
        ]
    return {"start_ms": round(median(_start_ms() for _ in range(IMPORTS)), 1), "asked": figures}


def questions(permissions: CedarPermissions) -> Iterator[PermissionRequest]:
    """A refund that goes by itself, one that a person is asked about, one that is denied."""
    fixed: dict[Place, JsonValue] = {
        ("principal", "country"): "NL",
        ("resource", "ship_to_country"): "NL",
        ("resource", "status"): "delivered",
        ("resource", "refundable_cents"): 90_00,
        ("context", "amount_cents"): 42_00,
        ("context", "currency"): "EUR",
    }
    small = harmless_request(permissions.rules, "refund_order", fixed)
    yield small
    yield with_values(small, {("context", "amount_cents"): 85_00})
    yield with_values(small, {("resource", "delivered_days"): 400})


def _timed(ask: Ask, asked: tuple[PermissionRequest, ...]) -> dict[str, float]:
    for place in range(WARM_UP):
        ask(asked[place % len(asked)])
    taken_ms = []
    for place in range(CALLS):
        began_s = time.perf_counter()
        ask(asked[place % len(asked)])
        taken_ms.append((time.perf_counter() - began_s) * 1000)
    return {
        "p50_ms": round(median(taken_ms), 3),
        "p99_ms": round(quantiles(taken_ms, n=100)[-1], 3),
        "mean_ms": round(sum(taken_ms) / len(taken_ms), 3),
    }


def _start_ms() -> float:
    """The CPU time of importing the layer and reading the shipped rules, in a fresh process."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, str(POLICIES)],
        env={"PYTHONPATH": str(Path(ROOT) / "layers" / "deskhand" / "python")},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return float(json.loads(done.stdout))


def _reasons(codes: list[str]) -> tuple[Reason, ...]:
    return tuple(Reason(code=code, words="It stands against it.") for code in codes)
