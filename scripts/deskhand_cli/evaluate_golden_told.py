"""Runs golden tickets, and tells what came of them in every form that was asked for."""

import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from scripts.deskhand_cli.evaluate_golden_tables import golden_tables
from scripts.deskhand_cli.terminal import err, out, plain, print_json
from scripts.deskhand_cli.working import shown
from scripts.evaluation.golden import GoldenFileError, GoldenTicket, read_golden
from scripts.evaluation.golden_baseline import (
    Baseline,
    Comparison,
    baseline_of,
    compared,
    read_baseline,
    write_baseline,
)
from scripts.evaluation.golden_report import GoldenReport
from scripts.evaluation.golden_run import AT_ONCE, Plan, Results, run
from scripts.evaluation.golden_summary import summary
from scripts.evaluation.golden_writer import Writer


@dataclass(frozen=True)
class Asked:
    """What is evaluated, beside what, and in which forms it is told."""

    files: tuple[Path, ...]
    baseline: Path
    baseline_is_wanted: bool
    """Whether somebody named it: then it has to be there."""
    updates: bool
    is_part: bool
    """Whether only some tickets are run: the baseline of the others stays as it is."""
    json: bool
    html: Path | None
    junit: Path | None
    seed: int


def evaluated(asked: Asked, writer: Writer, *, runs: int, alone: bool, processes: int) -> bool:
    """Runs and tells everything; whether any score has really dropped.

    `GoldenFileError`: a file cannot be read, or cannot be written.
    """
    given = _given(asked.files)
    plan = Plan(given, writer, runs=runs, alone=alone, processes=processes or AT_ONCE)
    before = _before(asked)
    began_s = time.monotonic()
    with shown(err()) as progress:
        results = run(plan, progress)
    report = summary(plan, results, seconds=time.monotonic() - began_s, seed=asked.seed)
    if asked.updates:
        now = baseline_of(results, model=writer.model)
        _update(asked.baseline, before if asked.is_part else None, now)
        before = None
    comparison = compared(results, before, model=writer.model, seed=asked.seed) if before else None
    _tell(asked, report, results, comparison)
    return bool(comparison and comparison.drops)


def as_json(
    report: GoldenReport, results: Results, comparison: Comparison | None
) -> dict[str, Any]:
    """Every figure and every ticket, for machines."""
    return asdict(report) | {
        "escalation": asdict(report.escalation)
        | {"precision": report.escalation.precision, "recall": report.escalation.recall},
        "ticket_results": [
            asdict(one) | {"passed": one.passed} for runs in results.values() for one in runs
        ],
        "comparison": _changes(comparison) if comparison else None,
    }


def _changes(comparison: Comparison) -> dict[str, Any]:
    told = asdict(comparison) | {"known_misses": sorted(comparison.known_misses)}
    return told | {"drops": [asdict(one) for one in comparison.drops]}


def _given(files: Iterable[Path]) -> tuple[GoldenTicket, ...]:
    """All tickets of all files but those that a person has yet to correct. `GoldenFileError`: one
    is there twice, or there is none."""
    every = [ticket for file in files for ticket in read_golden(file)]
    if waiting := [ticket.id for ticket in every if ticket.to_correct]:
        words = f"left out until somebody has corrected them: {', '.join(waiting)}"
        err().print(plain(words, "yellow"))
    tickets = tuple(ticket for ticket in every if not ticket.to_correct)
    ids = [ticket.id for ticket in tickets]
    if twice := sorted({id_ for id_ in ids if ids.count(id_) > 1}):
        raise GoldenFileError(f"these stand in several files: {', '.join(twice)}")
    if not tickets:
        raise GoldenFileError(f"{', '.join(map(str, files))}: there is no golden ticket in it")
    return tickets


def _before(asked: Asked) -> Baseline | None:
    if asked.baseline.is_file() or (asked.baseline_is_wanted and not asked.updates):
        return read_baseline(asked.baseline)
    return None


def _update(file: Path, before: Baseline | None, now: Baseline) -> None:
    """Tickets that were not run this time stay as they were, if the same model wrote them."""
    kept = before.tickets if before and before.model == now.model else {}
    write_baseline(Baseline(model=now.model, tickets={**kept, **now.tickets}), file)
    err().print(plain(f"{file}: the baseline is what came out now"))


def _tell(
    asked: Asked, report: GoldenReport, results: Results, comparison: Comparison | None
) -> None:
    if asked.json:
        print_json(as_json(report, results, comparison))
    else:
        out().print(golden_tables(report, results, comparison))
    if asked.html:
        from scripts.evaluation.golden_html import page

        _write(asked.html, page(report, results, comparison))
    if asked.junit:
        from scripts.evaluation.golden_junit import junit

        _write(asked.junit, junit(report, results, comparison))


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8", errors="replace")
    except OSError as error:
        raise GoldenFileError(f"{file}: {error.strerror or error}") from error
