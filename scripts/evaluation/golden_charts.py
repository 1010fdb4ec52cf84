"""Charts of an evaluation as inline SVG: no script, nothing loaded, a text for who cannot see."""

from collections.abc import Iterator, Sequence
from html import escape

from scripts.evaluation.confidence_curves import Reliability, RiskCoverage
from scripts.evaluation.golden_report import Score, Share

ROW, LEFT, WIDTH = 38, 110, 560
SIDE, EDGE = 260, 40


def score_bars(scores: Sequence[Score]) -> str:
    """A bar for each score from end to end, one for it by itself, and how sure either is."""
    height = ROW * len(scores) + 30
    told = "; ".join(
        f"{one.name} {_told(one.whole)} end to end, {_told(one.alone)} by itself" for one in scores
    )
    lines = [_vertical(tenth / 4, ROW * len(scores)) for tenth in range(5)]
    rows = [line for place, one in enumerate(scores) for line in _rows(place, one)]
    return _svg(LEFT + WIDTH + 60, height, "Every score with its interval", told, [*lines, *rows])


def reliability_chart(found: Reliability) -> str:
    """What was said beside what held; on the dashed line both are the same."""
    dots = [
        f'<circle class="whole" cx="{_x(one.said):.1f}" cy="{_y(one.held):.1f}"'
        f' r="{3 + 9 * (one.answers / max(found.answers, 1)) ** 0.5:.1f}" fill-opacity="0.7">'
        f"<title>said {one.said:.2f}, held {one.held:.2f}, {one.answers} answers</title></circle>"
        for one in found.bins
    ]
    told = "; ".join(f"said {one.said:.2f} held {one.held:.2f}" for one in found.bins)
    even = f'<line class="even" x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}"/>'
    parts = [*_axes("said to be sure", "came out right"), even, *dots]
    return _square("Confidence and what came of it", told or "no answers", parts)


def risk_chart(found: RiskCoverage) -> str:
    """How much is answered at which share of wrong answers."""
    points = " ".join(f"{_x(one.coverage):.1f},{_y(one.risk):.1f}" for one in found.points)
    told = "; ".join(
        f"{one.coverage:.0%} answered, {one.risk:.0%} wrong"
        for one in found.points[:: max(1, len(found.points) // 8)]
    )
    line = f'<polyline class="line" points="{points}"/>'
    parts = [*_axes("share of messages answered", "of these wrong"), line]
    return _square("Risk and coverage", told or "no answers", parts)


def _rows(place: int, score: Score) -> Iterator[str]:
    top = ROW * place + 6
    yield f'<text x="0" y="{top + 16}">{escape(score.name)}</text>'
    for share, shade, below in ((score.whole, "whole", 0), (score.alone, "alone", 13)):
        if share is not None:
            yield from _bar(share, shade, top + below)


def _bar(share: Share, shade: str, y: int) -> Iterator[str]:
    middle = y + 5
    low, high = LEFT + WIDTH * share.low, LEFT + WIDTH * share.high
    yield (
        f'<rect class="{shade}" x="{LEFT}" y="{y}" width="{WIDTH * share.value:.1f}" height="10"'
        ' fill-opacity="0.55" stroke="none"/>'
    )
    yield f'<line class="{shade}" x1="{low:.1f}" y1="{middle}" x2="{high:.1f}" y2="{middle}"/>'
    yield f'<text x="{LEFT + WIDTH + 6}" y="{y + 10}">{share.value:.0%}</text>'


def _vertical(value: float, height: int) -> str:
    x = LEFT + WIDTH * value
    line = f'<line class="grid" x1="{x}" y1="0" x2="{x}" y2="{height}"/>'
    return f'{line}<text class="quiet" x="{x - 12}" y="{height + 18}">{value:.0%}</text>'


def _axes(along: str, up: str) -> Iterator[str]:
    for quarter in range(5):
        at = quarter / 4
        yield (
            f'<line class="grid" x1="{_x(at)}" y1="{_y(0)}" x2="{_x(at)}" y2="{_y(1)}"/>'
            f'<line class="grid" x1="{_x(0)}" y1="{_y(at)}" x2="{_x(1)}" y2="{_y(at)}"/>'
            f'<text class="quiet" x="{_x(at) - 10}" y="{_y(0) + 16}">{at:.0%}</text>'
            f'<text class="quiet" x="0" y="{_y(at) + 4}">{at:.0%}</text>'
        )
    for line, words in enumerate((f"across: {along}", f"up: {up}")):
        y = SIDE + EDGE + 6 + 18 * line
        yield f'<text x="{EDGE}" y="{y}">{escape(words)}</text>'


def _x(value: float) -> float:
    return EDGE + SIDE * value


def _y(value: float) -> float:
    return SIDE + 10 - SIDE * value


def _square(title: str, told: str, parts: Sequence[str]) -> str:
    return _svg(SIDE + EDGE + 60, SIDE + EDGE + 34, title, told, parts)


def _svg(width: int, height: int, title: str, told: str, parts: Sequence[str]) -> str:
    return (
        f'<svg viewBox="0 0 {width} {height}" role="img" style="max-width:{width}px">'
        f"<title>{escape(title)}</title><desc>{escape(told)}</desc>{''.join(parts)}</svg>"
    )


def _told(share: Share | None) -> str:
    return "not measured" if share is None else f"{share.value:.0%}"
