"""A storm's report as tables: what failed where, what came of the turns, and what did not hold."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from scripts.deskhand_cli.terminal import plain, seconds
from scripts.storm.boundaries import boundaries
from scripts.storm.faults import KINDS
from scripts.storm.run import Report

MOST_SHOWN = 20


def storm_tables(report: Report, *, is_whole: bool) -> RenderableType:
    """The faults by boundary, then everything else; one world alone need not hit all of them."""
    return Group(_faults(report), "", *_lines(report), *_verdict(report, is_whole=is_whole))


def _faults(report: Report) -> Table:
    table = Table(
        title="Faults by boundary",
        title_justify="left",
        title_style="bold",
        header_style="dim",
    )
    table.add_column("boundary", no_wrap=True)
    for kind in KINDS:
        table.add_column(kind.replace("_", " "), justify="right")
    table.add_column("turns hit", justify="right")
    for boundary in boundaries():
        counts = [report.injected[boundary, kind] for kind in KINDS]
        hit = sum(report.turns_hit[boundary, kind] for kind in KINDS)
        style = "" if any(counts) else "bold red"
        cells = (str(number) if number else "" for number in counts)
        table.add_row(str(boundary), *cells, str(hit or ""), style=style)
    return table


def _lines(report: Report) -> Iterator[str]:
    for what, counted in (
        ("turns ended", report.endings),
        ("besides", report.weather),
    ):
        told = ", ".join(f"{name.replace('_', ' ')} {times}" for name, times in counted.items())
        yield f"{what}: {told}"
    walked = len(report.exits) - len(report.never_walked)
    missing = ", ".join(f"{start} to {end}" for start, end in report.never_walked)
    yield f"edges of the machine walked: {walked} of {len(report.exits)}" + (
        f" (not {missing})" if missing else ""
    )


def _verdict(report: Report, *, is_whole: bool) -> Iterator[Text]:
    for one in report.found[:MOST_SHOWN]:
        yield Text.assemble(
            (f"{one.violation.invariant}: ", "bold red"),
            plain(one.violation.words),
            (f"  ({report.replay(one.world)})", "dim"),
        )
    if len(report.found) > MOST_SHOWN:
        yield Text(f"and {len(report.found) - MOST_SHOWN} more; --json tells all", "red")
    if is_whole and report.never_hit:
        never = ", ".join(str(boundary) for boundary in report.never_hit)
        yield Text(f"never hit, so nobody knows: {never}; try more --turns", "bold red")
    faults = sum(report.injected.values())
    all_well = not report.found and not (is_whole and report.never_hit)
    yield Text.assemble(
        (f"{len(report.found)} violations", "bold green" if all_well else "bold red"),
        f" in {report.turns} turns of {report.worlds} worlds with {faults} faults, ",
        f"seed {report.seed}, in {seconds(report.elapsed_s)}.",
    )
