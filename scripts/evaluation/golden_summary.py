"""Puts the report of an evaluation together from what came of the tickets."""

from deskhand import wiring
from scripts.deskhand_cli.memory_house import SETTINGS, wired
from scripts.evaluation import golden_figures as figures
from scripts.evaluation.golden_house import DAY
from scripts.evaluation.golden_report import GoldenReport
from scripts.evaluation.golden_run import Plan, Results

SLOWEST = 5


def summary(plan: Plan, results: Results, *, seconds: float, seed: int) -> GoldenReport:
    """Every figure of one evaluation."""
    runs = [one for some in results.values() for one in some]
    turns = [turn for one in runs for turn in one.turns]
    ms = {one.id: sum(sum(turn.stages_ms.values()) for turn in one.turns) for one in runs}
    cost = {one.id: sum(turn.cost_microusd for turn in one.turns) for one in runs}
    dear = sorted(cost.items(), key=lambda pair: -pair[1])[:SLOWEST]
    return GoldenReport(
        tickets=len(results),
        messages=sum(len(ticket.turns) for ticket in plan.tickets),
        runs=plan.runs,
        model=plan.writer.model,
        written_by=tuple(sorted({turn.written_by for turn in turns if turn.written_by})),
        embedder=_embedder(),
        day=f"{DAY:%Y-%m-%d}",
        seed=seed,
        passed=sum(all(one.passed for one in some) for some in results.values()),
        scores=figures.scores_of(results, seed=seed),
        intents=figures.intent_rows(turns),
        confusions=figures.confusions(turns),
        escalation=figures.escalation_of(turns),
        reciprocal_rank=figures.reciprocal_rank(turns),
        random=plan.writer.is_random,
        pass_at=figures.pass_at(results) if plan.runs > 1 else {},
        timings=figures.timings_of(turns),
        slowest=tuple(sorted(ms.items(), key=lambda pair: -pair[1])[:SLOWEST]),
        costliest=tuple((id_, spent) for id_, spent in dear if spent),
        cost_microusd=sum(turn.cost_microusd for turn in turns),
        seconds=seconds,
        confidence=tuple(
            (turn.confidence, turn.passed)
            for turn in turns
            if turn.confidence is not None and turn.ended == "answered"
        ),
    )


def _embedder() -> str:
    """The fingerprint of the embedder that lies here: thresholds fit one only."""
    with wired(SETTINGS):
        return wiring.embedder().fingerprint
