"""An evaluation of golden tickets as tables, and in sentences what has changed."""

from collections.abc import Iterator, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from scripts.deskhand_cli.terminal import dollars, plain, seconds
from scripts.evaluation.golden_baseline import Change, Comparison
from scripts.evaluation.golden_report import GoldenReport, Share
from scripts.evaluation.golden_run import Results

MOST_FAILING = 10
WAYS = {"whole": "end to end", "alone": "by itself"}


def golden_tables(
    report: GoldenReport, results: Results, comparison: Comparison | None
) -> RenderableType:
    """Every score, what was confused, who was brought in, and what has changed."""
    return Group(
        *(plain(line, "dim") for line in _made_with(report)),
        "",
        _scores(report),
        "",
        _escalation(report),
        *_runs(report),
        "",
        _intents(report),
        *_confusions(report),
        "",
        _timings(report),
        *_costs(report),
        *_failing(results),
        *_changes(comparison),
    )


def _made_with(report: GoldenReport) -> Iterator[str]:
    yield (
        f"{report.tickets:,} tickets with {report.messages:,} messages, as on {report.day},"
        f" in {seconds(report.seconds)}; {report.passed:,} tickets came out right"
    )
    yield f"model {report.model}; drafts by {', '.join(report.written_by) or 'nobody'}"
    yield f"embedder {report.embedder}; intervals by bootstrap over tickets, seed {report.seed}"


def _scores(report: GoldenReport) -> Table:
    table = _table("Stage by stage", "stage", "score", "end to end", "by itself", "what is right")
    for one in report.scores:
        name = plain(one.name)
        table.add_row(one.stage, name, _share(one.whole), _share(one.alone), plain(one.words))
    return table


def _escalation(report: GoldenReport) -> Text:
    one = report.escalation
    return plain(
        f"People: needed for {one.needed:,} messages, brought in for {one.brought:,};"
        f" precision {_percent(one.precision)}, recall {_percent(one.recall)};"
        f" needlessly {one.over:,}, not where they should have been {one.under:,}"
    )


def _runs(report: GoldenReport) -> Iterator[Text]:
    if report.reciprocal_rank is not None:
        yield plain(f"Labelled articles: mean reciprocal rank {report.reciprocal_rank:.3f}")
    if report.pass_at:
        told = ", ".join(f"pass^{k} {value:.1%}" for k, value in report.pass_at.items())
        yield plain(f"Of {report.runs} runs a ticket, all right: {told}")
    elif report.random:
        yield plain("This model is random: --runs 8 tells how often a ticket comes out right")
    else:
        words = "Nothing here is random: one run of each ticket says all, pass^k is its first"
        yield plain(words, "dim")


def _intents(report: GoldenReport) -> Table:
    heads = ("wanted", "read", "precision", "recall", "F1", "came out right")
    table = _table("Intent by intent, end to end", "intent", *heads)
    for row in report.intents:
        shares = (row.precision, row.recall, row.f1, row.passed)
        cells = [str(row.wanted), str(row.read), *map(_percent, shares)]
        table.add_row(plain(row.intent), *cells)
    return table


def _confusions(report: GoldenReport) -> Iterator[Text]:
    told = [f"{wanted} as {read} ({count})" for wanted, read, count in report.confusions]
    if told:
        yield plain(f"Most often read otherwise: {', '.join(told)}")


def _timings(report: GoldenReport) -> Table:
    table = _table(
        "How long a message takes, and what it costs", "stage", "median", "95 of 100 below", "costs"
    )
    for one in report.timings:
        cells = (seconds(one.median_ms / 1000), seconds(one.p95_ms / 1000))
        table.add_row(one.stage, *cells, dollars(round(one.mean_microusd)))
    return table


def _costs(report: GoldenReport) -> Iterator[Text]:
    slow = ", ".join(f"{id_} {seconds(ms / 1000)}" for id_, ms in report.slowest)
    yield plain(f"Slowest: {slow}", "dim")
    if report.cost_microusd:
        each = report.cost_microusd // max(1, report.tickets * report.runs)
        dear = ", ".join(f"{id_} {dollars(cost)}" for id_, cost in report.costliest)
        yield plain(f"Cost: {dollars(report.cost_microusd)}, a ticket {dollars(each)}")
        yield plain(f"Costliest: {dear}", "dim")
    else:
        yield plain("Cost: nothing, no model was paid", "dim")


def _failing(results: Results) -> Iterator[Text]:
    wrong = [runs for runs in results.values() if not all(one.passed for one in runs)]
    if not wrong:
        return
    yield plain(f"\nTickets that did not come out right: {len(wrong):,}", "bold")
    for runs in wrong[:MOST_FAILING]:
        one = next(run for run in runs if not run.passed)
        said = [line for turn in one.turns if not turn.passed for line in turn.differences]
        yield plain(f"  {one.id}: {'; '.join(said)}")
    if len(wrong) > MOST_FAILING:
        yield plain("  … all of them are in --html FILE and --json", "dim")


def _changes(comparison: Comparison | None) -> Iterator[Text]:
    if comparison is None:
        return
    yield plain(f"\nBeside the baseline, {comparison.compared:,} tickets", "bold")
    if not comparison.same_model:
        yield plain("Another model wrote then: this is told, and fails nothing.", "yellow")
    if comparison.left_out:
        yield plain(
            f"Not compared, as they are new or labelled otherwise: {len(comparison.left_out):,}"
        )
    if comparison.missing:
        yield plain(
            f"In the baseline, and not walked now: {', '.join(comparison.missing[:MOST_FAILING])}",
            "yellow",
        )
        yield plain(f"  {len(comparison.missing):,} in all", "dim")
    apart = [one for one in comparison.changes if one.before != one.after]
    yield from (_change(one) for one in apart)
    if not comparison.compared:
        yield plain("It has none of these tickets: nothing is compared.", "yellow")
    elif not apart:
        yield plain("Every score is as it was.", "green")
    for what, ids in (("Worse", comparison.worse), ("Better", comparison.better)):
        if ids:
            yield plain(f"{what}: {_some(ids)}")


def _change(one: Change) -> Text:
    sure = "a real drop" if one.is_drop else "a real gain" if one.interval.low > 0 else "no more"
    words = sure if sure != "no more" else "within noise"
    style = "bold red" if one.is_drop else ""
    return plain(
        f"  {one.measure} {WAYS[one.way]}: {one.before:.1%} to {one.after:.1%}"
        f" ({one.interval.mean:+.1%}; 95 % of redraws: {one.interval.low:+.1%} to"
        f" {one.interval.high:+.1%}; {words})",
        style,
    )


def _some(ids: Sequence[str]) -> str:
    more = f" and {len(ids) - MOST_FAILING:,} more" if len(ids) > MOST_FAILING else ""
    return ", ".join(ids[:MOST_FAILING]) + more


def _share(one: Share | None) -> Text:
    if one is None:
        return plain("-", "dim")
    return plain(f"{one.value:.1%} ({one.low:.0%} to {one.high:.0%}) of {one.of:,}")


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{value:.0%}"


def _table(title: str, first: str, *others: str) -> Table:
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    table.add_column(first)
    for name in others:
        left = name in ("score", "what is right")
        table.add_column(name, justify="left" if left else "right")
    return table
