"""An evaluation of golden tickets as one page for a support lead, which loads nothing."""

from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from string import Template

from scripts.evaluation.confidence_curves import reliability, risk_coverage
from scripts.evaluation.golden_baseline import Comparison
from scripts.evaluation.golden_charts import reliability_chart, risk_chart, score_bars
from scripts.evaluation.golden_failures import failures
from scripts.evaluation.golden_marks import MEASURES
from scripts.evaluation.golden_report import GoldenReport, IntentRow, Share
from scripts.evaluation.golden_run import Results

PAGE = Path(__file__).parent / "golden_page.html"
LOW = 0.5
WAYS = {"whole": "end to end", "alone": "by itself"}
Cell = str | int
Rows = Iterable[Iterable[Cell]]


def page(report: GoldenReport, results: Results, comparison: Comparison | None) -> str:
    """The whole page; whatever a customer or a model wrote stands in it as text."""
    sections = (
        *_figures(report),
        *_scores(report),
        *_changes(comparison),
        *_intents(report),
        *_confidence(report),
        *_times(report),
        *failures(results),
    )
    text = PAGE.read_text(encoding="utf-8")
    return Template(text).substitute(
        tickets=f"{report.tickets:,}", made_with=_made_with(report), body="\n".join(sections)
    )


def _made_with(report: GoldenReport) -> str:
    said = (
        f"{report.tickets:,} golden tickets with {report.messages:,} messages, as on {report.day};"
        f" {report.runs} run{'s' * (report.runs > 1)} of each. Model {report.model}, drafts by"
        f" {', '.join(report.written_by) or 'nobody'}; embedder {report.embedder}. Intervals: 95 of"
        f" 100 redrawn sets of tickets, seed {report.seed}."
    )
    return escape(said)


def _figures(report: GoldenReport) -> Iterator[str]:
    people, ending = report.escalation, {one.name: one.whole for one in report.scores}["ending"]
    shown = [
        (f"{report.passed / report.tickets:.0%}", "of tickets came out right"),
        (f"{ending.value:.0%}" if ending else "-", "of messages ended as labelled"),
        (str(people.under), "not handed to a person who should have had them"),
        (str(people.over), "handed to a person needlessly"),
        (f"{report.cost_microusd / 1e6 / (report.tickets * report.runs):.4f} USD", "a ticket"),
    ]
    shown += [(f"{value:.0%}", f"pass^{k}") for k, value in report.pass_at.items()]
    items = (f"<li><b>{escape(figure)}</b>{escape(words)}</li>" for figure, words in shown)
    yield f'<ul class="figures">{"".join(items)}</ul>'


def _scores(report: GoldenReport) -> Iterator[str]:
    yield "<h2>Stage by stage</h2>"
    yield (
        "<p>The upper bar is from end to end: everything before the stage was as it really was."
        " The lower bar is the stage by itself: everything before it was as the label says, so"
        " only its own faults count.</p>"
    )
    yield score_bars(report.scores)
    rows = (
        (one.stage, one.name, _of(one.whole), _of(one.alone), one.words) for one in report.scores
    )
    yield _table(("stage", "score", "end to end", "by itself", "what is right"), rows)
    people = report.escalation
    yield (
        f"<p>A person was needed for {people.needed} messages and brought in for {people.brought}:"
        f" precision {_percent(people.precision)}, recall {_percent(people.recall)}.</p>"
    )


def _changes(comparison: Comparison | None) -> Iterator[str]:
    if comparison is None:
        return
    yield "<h2>Beside the baseline</h2>"
    yield (
        f"<p>{comparison.compared:,} tickets of both; {len(comparison.left_out):,} are new or"
        f" labelled otherwise, {len(comparison.missing):,} of the baseline were not walked.</p>"
    )
    apart = [one for one in comparison.changes if one.before != one.after]
    if not apart:
        yield '<p class="gain">Every score is as it was.</p>'
        return
    yield _table(
        ("score", "way", "before", "now", "difference", "sure?"),
        (
            (
                one.measure,
                WAYS[one.way],
                f"{one.before:.1%}",
                f"{one.after:.1%}",
                f"{one.interval.low:+.1%} to {one.interval.high:+.1%}",
                "a real drop" if one.is_drop else "real gain" if one.interval.low > 0 else "noise",
            )
            for one in apart
        ),
    )
    for what, ids in (("Worse", comparison.worse), ("Better", comparison.better)):
        if ids:
            yield f"<p>{what}: {escape(', '.join(ids))}</p>"


def _intents(report: GoldenReport) -> Iterator[str]:
    yield "<h2>Intent by intent</h2>"
    names = [one.name for one in MEASURES]
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in ("F1", *names))
    rows = "".join(_heat_row(row, names) for row in report.intents if row.wanted)
    yield (
        '<div class="wide"><table><caption>The share that is right from end to end, of messages'
        " that want the intent; framed: less than half</caption><thead><tr>"
        f'<th scope="col">intent</th><th scope="col" class="n">messages</th>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )
    if report.confusions:
        yield "<h2>What is read as something else</h2>"
        yield _table(("wanted", "read", "messages"), report.confusions)


def _heat_row(row: IntentRow, names: Iterable[str]) -> str:
    cells = "".join(_heat(value) for value in (row.f1, *(row.by_score.get(name) for name in names)))
    return (
        f'<tr><th scope="row">{escape(row.intent)}</th><td class="n">{row.wanted}</td>{cells}</tr>'
    )


def _heat(value: float | None) -> str:
    if value is None:
        return "<td></td>"
    low = " low" if value < LOW else ""
    return f'<td class="heat{low}" style="--v:{value:.2f}">{value:.0%}</td>'


def _confidence(report: GoldenReport) -> Iterator[str]:
    yield "<h2>How far the confidence can be trusted</h2>"
    held = reliability(report.confidence)
    risks = risk_coverage(report.confidence, questions=report.messages * report.runs)
    yield (
        f"<p>Of {held.answers:,} answers; expected calibration error"
        f" {held.expected_calibration_error:.3f}. What was handed over or asked back is not among"
        " them.</p>"
    )
    yield f'<div class="pair">{reliability_chart(held)}{risk_chart(risks)}</div>'


def _times(report: GoldenReport) -> Iterator[str]:
    yield "<h2>Time and cost</h2>"
    timings = (
        (
            one.stage,
            f"{one.median_ms:.0f} ms",
            f"{one.p95_ms:.0f} ms",
            f"{one.mean_microusd / 1e6:.5f} USD",
        )
        for one in report.timings
    )
    yield _table(("stage", "median time", "95 of 100 below", "mean cost"), timings)
    yield _table(("slowest tickets", "time"), ((id_, f"{ms:.0f} ms") for id_, ms in report.slowest))
    if report.costliest:
        dear = ((id_, f"{cost / 1e6:.4f} USD") for id_, cost in report.costliest)
        yield _table(("costliest tickets", "cost"), dear)


def _table(heads: Iterable[str], rows: Rows) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in row)}</tr>" for row in rows
    )
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f'<div class="wide">{table}</div>'


def _of(share: Share | None) -> str:
    if share is None:
        return "-"
    return f"{share.value:.1%} ({share.low:.0%} to {share.high:.0%}) of {share.of:,}"


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{value:.0%}"
