"""`deskhand bench`: the time of stages, of imports, of the rules, and where a ticket's time goes.

The figures of one run belong together: compare their shares, not their milliseconds on another day.
"""

import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from typing import Annotated, Any

import typer

from scripts.deskhand_cli.api import DeskApi
from scripts.deskhand_cli.bench_tables import bench_tables
from scripts.deskhand_cli.desks import steps
from scripts.deskhand_cli.fresh_import import FUNCTIONS, ImportCost
from scripts.deskhand_cli.one_ticket import time_tickets
from scripts.deskhand_cli.terminal import err, out, print_json
from scripts.sample.ticket_file import read_tickets

IMPORTS = 5
WARM_UP, TICKETS = 5, 9

Report = Callable[[str], None]


def bench(
    rounds: Annotated[
        int, typer.Option(min=1, help="How often all sample tickets walk through the stages.")
    ] = 3,
    json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Measure each stage, each function's import, the rules, and a ticket on the local AWS."""
    with steps(err()) as report:
        figures = {
            "imports": _imports(report),
            "stages": _stages(report, rounds=rounds),
            "gate": _gate(report),
            "ticket": _ticket(report),
        }
        report("")
    if json:
        print_json(figures)
    else:
        out().print(bench_tables(figures))


def _imports(report: Report) -> list[dict[str, Any]]:
    costs = []
    for function in FUNCTIONS:
        report(f"importing functions/{function}/handler.py in fresh processes")
        costs.append(vars(ImportCost.of(function, times=IMPORTS)))
    return costs


def _stages(report: Report, *, rounds: int) -> list[dict[str, Any]]:
    from scripts.deskhand_cli.memory_house import STAGES, memory_house
    from scripts.deskhand_cli.own_desk import SAMPLE
    from scripts.deskhand_cli.walk import Times, walk_all

    tickets = read_tickets(SAMPLE / "tickets")
    report(f"walking {len(tickets)} tickets through the stages in this process")
    times = Times()
    with tempfile.TemporaryDirectory() as folder, memory_house(Path(folder)) as house:
        walk_all(house, tickets, Times())  # not counted: whatever is loaded once, is loaded here
        for _ in range(rounds):
            walk_all(house, tickets, times)
    named = {stage: times.stages_ms[stage] for stage in STAGES if times.stages_ms[stage]}
    whole = sum(times.turns_ms)
    return [
        {
            "stage": stage,
            "calls": len(taken),
            "median_ms": round(median(taken), 3),
            "p95_ms": round(quantiles(taken, n=20)[-1] if len(taken) > 1 else taken[0], 3),
            "share": round(sum(taken) / whole, 4),
        }
        for stage, taken in {**named, "whole turn": times.turns_ms}.items()
    ]


def _gate(report: Report) -> dict[str, Any]:
    from scripts.deskhand_cli.bench_gate import COUNTS, time_the_gate

    report(f"asking the permission layer with {', '.join(map(str, COUNTS))} rules")
    return time_the_gate()


def _ticket(report: Report) -> dict[str, Any]:
    from scripts.deskhand_cli.own_desk import own_desk

    with own_desk(report=report) as (session, _), DeskApi(session.address) as api:
        report(f"sending {TICKETS} tickets to the warm desk, one after another")
        found = time_tickets(api, warm_up=WARM_UP, times=TICKETS)
    return {
        "accepted_ms": round(found.accepted_ms, 1),
        "opened_ms": round(found.opened_ms, 1),
        "stages_ms": {name: round(taken, 1) for name, taken in found.stages_ms.items()},
        "machine_ms": round(found.machine_ms, 1),
        "total_ms": round(found.total_ms, 1),
    }
