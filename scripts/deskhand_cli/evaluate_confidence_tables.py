"""What a confidence is worth, as tables and bars."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from scripts.deskhand_cli.figure_table import figure_table
from scripts.deskhand_cli.terminal import plain
from scripts.evaluation.confidence import ConfidenceReport, Worth
from scripts.evaluation.confidence_curves import Point

BAR = 30
COLUMNS = ("said", "held", "answered", "threshold", "wrong")
FEW = 50
"""With fewer answers the curve says little."""


def confidence_tables(report: ConfidenceReport) -> RenderableType:
    """How often what was said held, and what may be answered at which price."""
    return Group(
        *(plain(line, "yellow") for line in _oddities(report)),
        plain(_counted(report), "dim"),
        "",
        _held(report.now),
        plain(_told("As it is weighed", report.now)),
        plain(_told("By the model's own word", report.own_word), "dim"),
        "",
        _prices(report.now),
        *_by_policy(report),
        *_intents(report),
        plain(_taken(report), "dim"),
    )


def _oddities(report: ConfidenceReport) -> Iterator[str]:
    if report.answers < FEW:
        yield f"{report.answers} answers are too few to choose a threshold by"
    if report.weighing.startswith("the model's"):
        yield "policies/confidence.toml has no weights for this embedder: nothing is weighed"


def _counted(report: ConfidenceReport) -> str:
    return (
        f"{report.questions:,} questions, read by {report.reading}; {report.answers:,} would be"
        f" answered from articles, {report.right:.0%} of them rightly; weighed by {report.weighing}"
    )


def _held(worth: Worth) -> Table:
    table = figure_table(
        "What was said, and how often it held", "confidence", "answers", "said", "held"
    )
    table.add_column("", no_wrap=True)
    for one in worth.reliability.bins:
        table.add_row(
            f"{one.low:.1f} to {one.high:.1f}",
            f"{one.answers:,}",
            f"{one.said:.2f}",
            f"{one.held:.2f}",
            _bar(one.held, one.said),
        )
    return table


def _bar(held: float, said: float) -> Text:
    """The share that held as a bar, with a mark where it was said to be."""
    cells = ["━" if place < round(held * BAR) else " " for place in range(BAR + 1)]
    cells[round(said * BAR)] = "┃"
    return Text("".join(cells), "green" if held >= said else "yellow")


def _told(who: str, worth: Worth) -> str:
    area = worth.area_under_curve
    curve = worth.risk_coverage
    return (
        f"{who}: off by {worth.reliability.expected_calibration_error:.3f} on the average (ECE),"
        f" Brier {worth.reliability.brier:.3f}, right above wrong"
        f" {'-' if area is None else f'{area:.3f}'} (AUC), area under risk and coverage"
        f" {curve.area:.3f} (at best {curve.best_area:.3f})"
    )


def _prices(worth: Worth) -> Table:
    table = figure_table(
        "What may be answered at which price", "wrong at most", "threshold", "answered", "wrong"
    )
    table.add_column("the truth lies between", justify="right")
    for most, point in worth.at_risk.items():
        table.add_row(f"{float(most):.0%}", *_point(point))
    return table


def _point(point: Point | None) -> tuple[str, ...]:
    if point is None:
        return "-", "nothing", "", ""
    return (
        f"{point.threshold:.2f}",
        f"{point.answers:,} ({point.coverage:.0%})",
        f"{point.risk:.1%}",
        f"{point.risk_low:.0%} and {point.risk_high:.0%}",
    )


def _by_policy(report: ConfidenceReport) -> Iterator[Text]:
    for who, worth in (("", report.now), (" by the model's own word", report.own_word)):
        if point := worth.by_policy:
            yield plain(
                f"The policy's thresholds answer{who} {point.answers:,} ({point.coverage:.0%}),"
                f" {point.risk:.1%} of them wrong",
                "dim" if who else "bold",
            )


def _intents(report: ConfidenceReport) -> Iterator[RenderableType]:
    if not report.intents:
        return
    wished = list(report.intents[0].at_risk)
    table = figure_table(
        "By intent: the threshold for so many wrong at most, and what it answers",
        *("intent", "answers", "said", "held", "now"),
        *(f"{float(most):.0%}" for most in wished),
    )
    for one in report.intents:
        points = (one.at_risk[most] for most in wished)
        table.add_row(
            plain(one.intent),
            f"{one.answers:,}",
            f"{one.said:.2f}",
            f"{one.right:.2f}",
            f"{one.threshold:.2f}",
            *(f"{point.threshold:.2f} ({point.answers})" if point else "-" for point in points),
        )
    yield ""
    yield table


def _taken(report: ConfidenceReport) -> str:
    return f"embedder {report.embedder}; seed {report.seed}; {report.seconds:.0f} s"
