"""Measures how well sentences that do not stand in what they cite are told from those that do."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from deskhand.text.grounding.support import Support, support
from scripts.evaluation.figures import area_under_curve
from scripts.evaluation.grounding_set import GroundingRow

FALSE_ALARMS = 0.02
MOST_SHOWN = 10

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class KindFigures:
    """The rows of one kind, beside all rows that are as they should not be."""

    kind: str
    supported: int
    unsupported: int
    auc: float | None
    """How often a row of this kind is on the right side of one of the other sort."""
    caught_at_2_percent: float | None
    """The share of its unsupported rows that is caught where 2 % of all supported ones are."""
    caught_by_gate: float | None
    false_alarms_of_gate: float | None
    """The share of its supported rows that the gate would send back."""


@dataclass(frozen=True)
class Mistake:
    """A row that the gate gets wrong."""

    line: int
    kind: str
    sentence: str
    score: float
    words: str
    """What the gate says against it; empty where it has nothing to say."""


@dataclass(frozen=True)
class GroundingFigures:
    """What was measured over some rows."""

    rows: int
    supported: int
    unsupported: int
    auc: float | None
    caught_at_2_percent: float
    threshold_at_2_percent: float
    """Scores below this are caught there."""
    caught_by_gate: float
    """Its recall: the share of the unsupported rows that the gate sends back."""
    false_alarms_of_gate: float
    precision_of_gate: float | None
    """The share of what the gate sends back that is unsupported; None where it sends none."""
    kinds: tuple[KindFigures, ...]
    missed: tuple[Mistake, ...]
    """Unsupported rows that the gate lets through, those first that look best."""
    wronged: tuple[Mistake, ...]
    """Supported rows that it sends back, those first that look worst."""


@dataclass(frozen=True)
class GroundingReport:
    """A file, measured."""

    file: str
    min_support: float
    all_rows: GroundingFigures
    kept_aside: GroundingFigures | None
    """The half of our own set that nothing was tuned on; None for any other file."""
    seed: int | None
    """Which half that is."""
    ms_per_row: float


@dataclass(frozen=True)
class _Judged:
    row: GroundingRow
    found: Support
    sent_back: bool


def judged(
    rows: Sequence[GroundingRow], *, min_support: float, progress: Progress
) -> tuple[tuple[_Judged, ...], float]:
    """Each row as the gate sees it, and how many milliseconds one took."""
    began_s = time.perf_counter()
    done: list[_Judged] = []
    for row in rows:
        found = support(row.sentence, row.passages)
        done.append(_Judged(row, found, not found.holds(min_support)))
        progress("sentences", len(done), len(rows))
    return tuple(done), (time.perf_counter() - began_s) * 1000 / max(len(rows), 1)


def figures(done: Sequence[_Judged]) -> GroundingFigures:
    """Everything that is told of these rows, of which some are supported and some are not."""
    good = [one for one in done if one.row.supported]
    bad = [one for one in done if not one.row.supported]
    threshold = _threshold([one.found.score for one in good])
    sent_back = [one for one in done if one.sent_back]
    missed = sorted((one for one in bad if not one.sent_back), key=lambda one: -one.found.score)
    wronged = sorted((one for one in good if one.sent_back), key=lambda one: one.found.score)
    return GroundingFigures(
        rows=len(done),
        supported=len(good),
        unsupported=len(bad),
        auc=area_under_curve(_scores(good), _scores(bad)),
        caught_at_2_percent=_share(bad, lambda one: one.found.score < threshold) or 0.0,
        threshold_at_2_percent=threshold,
        caught_by_gate=_share(bad, lambda one: one.sent_back) or 0.0,
        false_alarms_of_gate=_share(good, lambda one: one.sent_back) or 0.0,
        precision_of_gate=_share(sent_back, lambda one: not one.row.supported),
        kinds=tuple(
            _kind(kind, done, good, bad, threshold)
            for kind in sorted({one.row.kind for one in done} - {""})
        ),
        missed=tuple(map(_mistake, missed[:MOST_SHOWN])),
        wronged=tuple(map(_mistake, wronged[:MOST_SHOWN])),
    )


def _kind(
    kind: str,
    done: Sequence[_Judged],
    good: Sequence[_Judged],
    bad: Sequence[_Judged],
    threshold: float,
) -> KindFigures:
    mine = [one for one in done if one.row.kind == kind]
    fine = [one for one in mine if one.row.supported]
    wrong = [one for one in mine if not one.row.supported]
    both = bool(fine and wrong)
    return KindFigures(
        kind=kind,
        supported=len(fine),
        unsupported=len(wrong),
        auc=area_under_curve(
            _scores(fine if both or not wrong else good), _scores(wrong if both or wrong else bad)
        ),
        caught_at_2_percent=_share(wrong, lambda one: one.found.score < threshold),
        caught_by_gate=_share(wrong, lambda one: one.sent_back),
        false_alarms_of_gate=_share(fine, lambda one: one.sent_back),
    )


def _threshold(supported: Sequence[float]) -> float:
    """The highest score below which no more of the supported rows are than may be."""
    ranked = sorted(supported)
    return ranked[min(int(FALSE_ALARMS * len(ranked)), len(ranked) - 1)] if ranked else 0.0


def _scores(done: Sequence[_Judged]) -> list[float]:
    return [one.found.score for one in done]


def _share(done: Sequence[_Judged], holds: Callable[[_Judged], bool]) -> float | None:
    return sum(map(holds, done)) / len(done) if done else None


def _mistake(one: _Judged) -> Mistake:
    words = one.found.words if one.sent_back else ""
    return Mistake(one.row.line, one.row.kind, one.row.sentence, round(one.found.score, 3), words)


def measure(
    name: str,
    rows: Sequence[GroundingRow],
    *,
    min_support: float,
    progress: Progress,
    kept_aside: Sequence[GroundingRow] = (),
    seed: int | None = None,
) -> GroundingReport:
    """The figures of all rows, and of those among them that were kept aside."""
    done, ms_per_row = judged(rows, min_support=min_support, progress=progress)
    chosen = frozenset(kept_aside)
    aside = [one for one in done if one.row in chosen]
    return GroundingReport(
        file=name,
        min_support=min_support,
        all_rows=figures(done),
        kept_aside=figures(aside) if aside else None,
        seed=seed,
        ms_per_row=round(ms_per_row, 2),
    )
