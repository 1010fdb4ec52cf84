"""`deskhand bench`: the time of stages, imports, rules and searches, and of a ticket as a whole.

The figures of one run belong together: compare their shares, not their milliseconds on another day.
"""

import tempfile
from collections.abc import Callable, Sequence
from enum import StrEnum
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
SIZES = (1_000, 10_000)

Report = Callable[[str], None]


class Part(StrEnum):
    """What can be measured alone."""

    IMPORTS = "imports"
    STAGES = "stages"
    GATE = "gate"
    TICKET = "ticket"
    KNOWLEDGE = "knowledge"


def bench(
    parts: Annotated[
        list[Part] | None,
        typer.Argument(metavar="[PART]...", help=f"Any of {', '.join(Part)}; without: all."),
    ] = None,
    rounds: Annotated[
        int, typer.Option(min=1, help="How often all sample tickets walk through the stages.")
    ] = 3,
    chunks: Annotated[
        list[int] | None,
        typer.Option(
            min=200,
            help="How many pieces the knowledge base is searched with; give it several times."
            " Without: 1000 and 10000. With 100000 OpenSearch is filled for minutes.",
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Measure stages, imports, the rules, a ticket on the local AWS, and the knowledge base."""
    with steps(err()) as report:
        measures: dict[Part, Callable[[], Any]] = {
            Part.IMPORTS: lambda: _imports(report),
            Part.STAGES: lambda: _stages(report, rounds=rounds),
            Part.GATE: lambda: _gate(report),
            Part.TICKET: lambda: _ticket(report),
            Part.KNOWLEDGE: lambda: _knowledge(report, sizes=chunks or SIZES),
        }
        chosen = parts or list(Part)
        figures = {part.value: measure() for part, measure in measures.items() if part in chosen}
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


def _knowledge(report: Report, *, sizes: Sequence[int]) -> dict[str, Any]:
    from scripts.deskhand_cli.bench_knowledge import time_the_knowledge
    from scripts.deskhand_cli.working import shown

    report("")
    with shown(err()) as bar:
        return time_the_knowledge(sizes, bar)
