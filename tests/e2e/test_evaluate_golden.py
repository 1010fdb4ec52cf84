"""The golden tickets of the sample shop beside their baseline: a real drop fails the build."""

import pytest

from scripts.deskhand_cli.evaluate_golden import BASELINE, GOLDEN, SEED
from scripts.evaluation.golden import read_golden
from scripts.evaluation.golden_baseline import compared, read_baseline
from scripts.evaluation.golden_run import Plan, run


@pytest.mark.slow
def test_no_score_of_the_golden_tickets_has_really_dropped() -> None:
    """Where this fails by a change that is meant, `deskhand evaluate --update-baseline` keeps what
    came out, and the file is committed with the change."""
    plan = Plan(read_golden(GOLDEN))

    found = compared(
        run(plan, lambda *_: None), read_baseline(BASELINE), model=plan.writer.model, seed=SEED
    )

    drops = [f"{one.measure} {one.way}: {one.before:.3f} to {one.after:.3f}" for one in found.drops]
    assert drops == [], f"seed {SEED}; worse: {', '.join(found.worse)}"
    assert found.compared > 0
