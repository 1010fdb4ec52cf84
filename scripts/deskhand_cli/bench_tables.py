"""The benchmark's figures as tables."""

from collections.abc import Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table


def bench_tables(figures: Mapping[str, Any]) -> RenderableType:
    """What a cold start costs, each stage, the rules, and one ticket on the local AWS."""
    return Group(
        _imports(figures["imports"]),
        "",
        _stages(figures["stages"]),
        "",
        _gate(figures["gate"]),
        f"The permission layer starts in {figures['gate']['start_ms']:.0f} ms of CPU time.",
        "",
        _ticket(figures["ticket"]),
    )


def _imports(costs: list[dict[str, Any]]) -> Table:
    table = _table("A handler's import in a fresh process", "function", "CPU", "memory", "modules")
    for cost in sorted(costs, key=lambda one: one["cpu_ms"], reverse=True):
        cells = (f"{cost['cpu_ms']:.0f} ms", f"{cost['rss_mb']:.0f} MB", str(cost["modules"]))
        table.add_row(cost["function"], *cells)
    return table


def _stages(stages: list[dict[str, Any]]) -> Table:
    table = _table(
        "A stage with its state in memory", "stage", "calls", "median", "p95", "share of the time"
    )
    for one in stages:
        times = (f"{one['median_ms']:.2f} ms", f"{one['p95_ms']:.2f} ms")
        table.add_row(one["stage"], str(one["calls"]), *times, f"{one['share']:.0%}")
    return table


def _gate(gate: Mapping[str, Any]) -> Table:
    table = _table("One question to the permission layer, warm", "rules", "gate", "p50", "p99")
    for one in gate["asked"]:
        times = (f"{one['p50_ms']:.2f} ms", f"{one['p99_ms']:.2f} ms")
        table.add_row(str(one["rules"]), one["gate"], *times)
    return table


def _ticket(ticket: Mapping[str, Any]) -> Table:
    table = _table("One ticket on the warm local AWS", "where", "time", "share")
    parts = {
        "taken in, queued and dispatched": ticket["opened_ms"],
        **ticket["stages_ms"],
        "machine, and loading and saving the turn": ticket["machine_ms"],
    }
    for where, taken_ms in parts.items():
        table.add_row(where, f"{taken_ms:.1f} ms", f"{taken_ms / ticket['total_ms']:.0%}")
    table.add_section()
    table.add_row("from sent to ended", f"{ticket['total_ms']:.1f} ms", "100%")
    table.add_row("the sender was answered after", f"{ticket['accepted_ms']:.1f} ms", "")
    return table


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", header_style="dim")
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left")
    return table
