"""The figures of golden tickets, each a pure function of what came of them."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from math import comb
from statistics import fmean, median, quantiles

from scripts.evaluation.figures import bootstrap
from scripts.evaluation.golden_marks import MEASURES, Marks
from scripts.evaluation.golden_report import Escalation, IntentRow, Score, Share, Timing
from scripts.evaluation.golden_results import TicketResult, TurnResult
from scripts.evaluation.golden_run import Results

KS = (1, 4, 8)
MOST_SHOWN = 12
Which = Callable[[TurnResult], Marks]


def scores_of(results: Results, *, seed: int) -> tuple[Score, ...]:
    """Every measure, from end to end and by itself."""
    return tuple(
        Score(
            name=one.name,
            stage=one.stage,
            words=one.words,
            whole=share(results, lambda turn: turn.whole, one.name, seed=seed),
            alone=share(results, lambda turn: turn.alone, one.name, seed=seed),
        )
        for one in MEASURES
    )


def share(results: Results, which: Which, name: str, *, seed: int) -> Share | None:
    """The share of right marks of one measure; its interval redraws tickets, whose messages belong
    together."""
    marks = [marks for runs in results.values() if (marks := list(_marks(runs, which, name)))]
    if not marks:
        return None
    means = bootstrap([fmean(one) for one in marks], seed=seed)
    every = [mark for one in marks for mark in one]
    apart = fmean(every) - means.mean
    low, high = means.low + apart, means.high + apart
    return Share(sum(every), len(every), max(0.0, low), min(1.0, high))


def intent_rows(turns: Sequence[TurnResult]) -> tuple[IntentRow, ...]:
    """One row for each intent that is wanted or read, the most wanted first."""
    wanted = Counter(name for turn in turns for name in turn.wanted)
    read = Counter(name for turn in turns for name in turn.read)
    both = Counter(name for turn in turns for name in {*turn.wanted} & {*turn.read})
    rows = (_intent_row(name, turns, wanted, read, both) for name in {**wanted, **read})
    return tuple(sorted(rows, key=lambda row: (-row.wanted, row.intent)))


def confusions(turns: Iterable[TurnResult]) -> tuple[tuple[str, str, int], ...]:
    """What is read instead of what is wanted, the most frequent first."""
    pairs = Counter(
        (wanted, read)
        for turn in turns
        for wanted in ({*turn.wanted} - {*turn.read} or {"nothing more"})
        for read in ({*turn.read} - {*turn.wanted} or {"nothing more"})
        if {*turn.wanted} != {*turn.read}
    )
    return tuple((*pair, count) for pair, count in pairs.most_common(MOST_SHOWN))


def escalation_of(turns: Iterable[TurnResult]) -> Escalation:
    """Over all messages whose label says whether a person should have a part in them."""
    settled = [turn for turn in turns if turn.needs_person is not None]
    needed = sum(bool(turn.needs_person) for turn in settled)
    brought = sum(turn.had_person for turn in settled)
    right = sum(bool(turn.needs_person) and turn.had_person for turn in settled)
    return Escalation(needed, brought, right, over=brought - right, under=needed - right)


def pass_at(results: Results) -> dict[int, float]:
    """pass^k for each k of which there are enough runs: without bias, C(right, k) / C(runs, k),
    the mean over tickets."""
    runs = min((len(one) for one in results.values()), default=0)
    return {
        k: fmean(
            comb(sum(one.passed for one in runs_of), k) / comb(len(runs_of), k)
            for runs_of in results.values()
        )
        for k in KS
        if k <= runs
    }


def timings_of(turns: Iterable[TurnResult]) -> tuple[Timing, ...]:
    """Each stage, in the order in which they first ran, and at the end all together."""
    taken: dict[str, list[tuple[float, int]]] = {}
    together: list[tuple[float, int]] = []
    for turn in turns:
        for stage, ms in turn.stages_ms.items():
            taken.setdefault(stage, []).append((ms, turn.stages_microusd.get(stage, 0)))
        if turn.stages_ms:
            together.append((sum(turn.stages_ms.values()), turn.cost_microusd))
    named = [*taken.items(), *([("together", together)] if together else [])]
    return tuple(_timing(name, pairs) for name, pairs in named)


def reciprocal_rank(turns: Iterable[TurnResult]) -> float | None:
    """The mean of one over the place of the labelled article; 0 where it was not found."""
    ranks = [turn.rank for turn in turns if turn.rank is not None]
    return fmean(1 / rank if rank else 0.0 for rank in ranks) if ranks else None


def _marks(runs: Iterable[TicketResult], which: Which, name: str) -> Iterator[bool]:
    for one in runs:
        yield from (which(turn)[name] for turn in one.turns if name in which(turn))


def _intent_row(
    name: str,
    turns: Sequence[TurnResult],
    wanted: Counter[str],
    read: Counter[str],
    both: Counter[str],
) -> IntentRow:
    theirs = [turn for turn in turns if name in turn.wanted]
    marks: dict[str, list[bool]] = {}
    for turn in theirs:
        for measure, right in turn.whole.items():
            marks.setdefault(measure, []).append(right)
    return IntentRow(
        intent=name,
        wanted=wanted[name],
        read=read[name],
        precision=both[name] / read[name] if read[name] else None,
        recall=both[name] / wanted[name] if wanted[name] else None,
        f1=2 * both[name] / (wanted[name] + read[name]),
        passed=fmean(turn.passed for turn in theirs) if theirs else None,
        by_score={measure: fmean(some) for measure, some in marks.items()},
    )


def _timing(stage: str, pairs: Sequence[tuple[float, int]]) -> Timing:
    ms, spent = [one for one, _ in pairs], [cost for _, cost in pairs]
    return Timing(stage, median(ms), _p95(ms), fmean(spent))


def _p95(values: Sequence[float]) -> float:
    return quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]
