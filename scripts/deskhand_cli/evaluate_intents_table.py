"""A measurement of reading intents as tables, and in sentences what it was taken from."""

from collections.abc import Iterator

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table

from scripts.deskhand_cli.terminal import plain
from scripts.evaluation.intent_report import IntentReport


def intent_tables(report: IntentReport) -> RenderableType:
    """How messages in scope are read, what is made of the others, and what that took."""
    return Group(
        *(plain(line, "yellow") for line in _oddities(report)),
        plain(_counted(report), "dim"),
        "",
        _in_scope(report),
        _out_of_scope(report),
        plain(_saved(report)),
        plain(_taken(report), "dim"),
    )


def _oddities(report: IntentReport) -> Iterator[str]:
    learnt = report.learnt
    if learnt.empty or report.test_empty:
        yield f"Left out, as the text says nothing: {learnt.empty + report.test_empty:,} lines"
    if learnt.repeated:
        yield f"Left out, as an example before says the same: {learnt.repeated:,} lines"
    if report.test_learnt_from:
        yield (
            f"Stand among the examples word for word, which flatters: {report.test_learnt_from:,}"
            " messages"
        )
    if report.out_of_scope.of_unlearnt_intents and not report.cross_validated:
        yield (
            "Counted as out of scope, as there is no example of what they want:"
            f" {report.out_of_scope.of_unlearnt_intents:,} messages"
        )
    if learnt.fewest_examples == 1:
        yield "An intent of one example cannot be held out: confidence is less well measured"


def _counted(report: IntentReport) -> str:
    learnt = report.learnt
    strangers = f", {learnt.out_of_scope:,} out of scope" if learnt.out_of_scope else ""
    how = f"; each read by others, in {report.cross_validated} rounds"
    return (
        f"{learnt.rows:,} examples of {learnt.intents:,} intents"
        f" ({learnt.fewest_examples:,} to {learnt.most_examples:,} each{strangers})"
        f"{how if report.cross_validated else ''}"
    )


def _in_scope(report: IntentReport) -> Table:
    found = report.in_scope
    return _row(
        "Messages whose intent was learnt",
        {
            "messages": f"{found.messages:,}",
            "read right": _share(found.accuracy),
            "top 3": _share(found.top_3),
            "sure": _share(found.sure),
            "right when sure": _share(found.accuracy_when_sure),
            "said": _share(found.said),
            "calibration error": _share(found.expected_calibration_error),
        },
    )


def _out_of_scope(report: IntentReport) -> Table:
    found = report.out_of_scope
    return _row(
        "Messages out of scope",
        {
            "messages": f"{found.messages:,}",
            "wrongly sure": _share(found.wrongly_sure),
            "AUC": _share(found.auc),
            "recall at 5 % false alarms": _share(found.recall_at_5_percent_false_alarms),
            "right of all that is sure": _share(report.right_of_all_sure),
        },
    )


def _saved(report: IntentReport) -> str:
    saved = report.saved
    sure = f"Sure from {report.sure_from:.3f} on" if report.sure_from <= 1 else "Never sure"
    return (
        f"{sure}: {saved.share:.0%} of all messages need no call of {saved.model}"
        f" ({saved.usd_per_call:.6f} USD for {saved.input_tokens:,} + {saved.output_tokens:,}"
        f" tokens); saved in 1,000 messages: {saved.usd_per_1000_messages:.4f} USD"
    )


def _taken(report: IntentReport) -> str:
    taken = report.taken
    return (
        f"embedder {report.embedder}, seed {report.seed}; one message"
        f" {taken.message_ms_p50:.1f} ms (95 % below {taken.message_ms_p95:.1f} ms), embedding"
        f" {taken.embedding_s:.1f} s, fitting {taken.fit_s:.1f} s"
    )


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _row(title: str, cells: dict[str, str]) -> Table:
    table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        header_style="dim",
        box=SIMPLE_HEAD,
        pad_edge=False,
    )
    for name in cells:
        table.add_column(name, justify="right")
    table.add_row(*cells.values())
    return table
