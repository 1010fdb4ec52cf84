"""The benchmark's figures as tables."""

from collections.abc import Callable, Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table


def bench_tables(figures: Mapping[str, Any]) -> RenderableType:
    """What was measured of: a cold start, each stage, the rules, one ticket on the local AWS, and
    the knowledge base."""
    tables: dict[str, Callable[[Any], RenderableType]] = {
        "imports": _imports,
        "stages": _stages,
        "gate": _gate,
        "ticket": _ticket,
        "knowledge": _knowledge,
    }
    shown = [(table(figures[name]), "") for name, table in tables.items() if name in figures]
    return Group(*(part for table in shown for part in table))


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


def _gate(gate: Mapping[str, Any]) -> RenderableType:
    table = _table("One question to the permission layer, warm", "rules", "gate", "p50", "p99")
    for one in gate["asked"]:
        times = (f"{one['p50_ms']:.2f} ms", f"{one['p99_ms']:.2f} ms")
        table.add_row(str(one["rules"]), one["gate"], *times)
    return Group(table, f"The permission layer starts in {gate['start_ms']:.0f} ms of CPU time.")


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


def _knowledge(found: Mapping[str, Any]) -> RenderableType:
    asked = _table(
        "One question to the knowledge base, and the bare library's two",
        *("store", "chunks", "p50", "p95", "bare p50", "bare p95", "ours / bare"),
    )
    kept = _table(
        "What it takes to fill it (without embedding), and to keep it",
        *("store", "chunks", "filled in", "unchanged run", "index", "memory"),
    )
    for one in found["stores"]:
        place = (one["store"], f"{one['chunks']:,}")
        names = ("p50_ms", "p95_ms", "bare_p50_ms", "bare_p95_ms")
        asked.add_row(*place, *(f"{one[name]:.2f} ms" for name in names), f"{one['ratio']:.2f}")
        memory = "its server's" if one["memory_mb"] is None else f"{one['memory_mb']:.0f} MB"
        took = (f"{one['filled_s']:.1f} s", f"{one['unchanged_s']:.2f} s")
        kept.add_row(*place, *took, f"{one['index_mb']:.0f} MB", memory)
    new = found["embedding"]
    words = (
        f"{new['chunks']:,} chunks with the shipped embedder: {new['whole_s']:.1f} s,"
        f" {new['chunks_per_s']:.0f} a second, {new['ratio']:.2f} times the embedder's own"
        f" {new['embedder_s']:.1f} s.\nThe chunks are made up, with random vectors of length one."
    )
    missing = [f"Without OpenSearch: {found['left_out']}"] if found["left_out"] else []
    return Group(asked, "", kept, "\n".join([words, *missing]))


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", header_style="dim")
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left")
    return table
