"""A measurement of grounding as tables, with the rows that the gate gets wrong."""

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from scripts.deskhand_cli.figure_table import figure_table
from scripts.deskhand_cli.terminal import plain
from scripts.evaluation.grounding import GroundingFigures, GroundingReport, KindFigures, Mistake

COLUMNS = ("rows", "AUC", "caught at 2 %", "caught by the gate", "false alarms", "precision")


def grounding_tables(report: GroundingReport) -> RenderableType:
    """How well unsupported sentences are caught, by kind, and which are not."""
    told = report.kept_aside or report.all_rows
    return Group(
        plain(_counted(report), "dim"),
        "",
        _overall(report),
        "",
        *_by_kind(told),
        *_mistakes("Let through by the gate, though not supported", told.missed),
        *_mistakes("Sent back by the gate, though supported", told.wronged),
        plain(f"{report.ms_per_row:.1f} ms a sentence", "dim"),
    )


def _counted(report: GroundingReport) -> str:
    rows = report.all_rows
    said = f"{report.file}: {rows.supported:,} supported and {rows.unsupported:,} unsupported"
    return f"{said} sentences; the gate wants a sureness of {report.min_support}"


def _overall(report: GroundingReport) -> Table:
    table = figure_table("Told apart", "", *COLUMNS)
    table.add_row("all rows", *_cells(report.all_rows))
    if report.kept_aside:
        name = f"the half that nothing was tuned on (seed {report.seed})"
        table.add_row(Text(name, "bold green"), *_cells(report.kept_aside))
    return table


def _cells(told: GroundingFigures) -> Sequence[str]:
    return (
        f"{told.rows:,}",
        _figure(told.auc),
        _percent(told.caught_at_2_percent),
        _percent(told.caught_by_gate),
        _percent(told.false_alarms_of_gate),
        _percent(told.precision_of_gate),
    )


def _by_kind(told: GroundingFigures) -> Iterator[RenderableType]:
    if told.kinds:
        table = figure_table("By kind", "kind", *COLUMNS[:-1])
        for kind in told.kinds:
            table.add_row(plain(kind.kind), *_kind_cells(kind))
        yield table
        yield ""


def _kind_cells(kind: KindFigures) -> Sequence[str]:
    return (
        f"{kind.supported + kind.unsupported:,}",
        _figure(kind.auc),
        _percent(kind.caught_at_2_percent),
        _percent(kind.caught_by_gate),
        _percent(kind.false_alarms_of_gate),
    )


def _mistakes(title: str, mistakes: Sequence[Mistake]) -> Iterator[RenderableType]:
    if mistakes:
        yield plain(title, "bold")
        for one in mistakes:
            why = f" ({one.words})" if one.words else ""
            kind = f" {one.kind}:" if one.kind else ""
            yield plain(f"  line {one.line}, {one.score:.2f},{kind} {one.sentence}{why}")
        yield ""


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{value:.1%}"
