"""Runs the measurement of confidence over the sample, or over a folder of one's own."""

import time
from pathlib import Path

from deskhand import wiring
from scripts.deskhand_cli.own_desk import SAMPLE
from scripts.evaluation.confidence import (
    ConfidenceReport,
    Weighing,
    answered,
    as_shipped,
    ready,
    report_of,
)
from scripts.evaluation.confidence_answers import DAY, Progress, Reading
from scripts.evaluation.confidence_fit import FOLDS, held_out
from scripts.evaluation.confidence_sample import sample_answers
from scripts.evaluation.question_set import read_set
from scripts.evaluation.retrieval_gold import Noting
from scripts.evaluation.retrieval_house import House


def measure(
    folder: Path, house: House, *, reading: str, seed: int, progress: Progress
) -> ConfidenceReport:
    """What the confidence is worth there. The sample's answers are weighed by weights that never
    saw their articles, as the weights of the policy were fitted to them all.

    `QuestionSetError`, `GoldenFileError`: nothing can be measured there.
    """
    began_s = time.perf_counter()
    embedder = house.embedder.fingerprint
    is_sample = folder.resolve() == SAMPLE.resolve()
    read = _reading(reading or ("intents" if is_sample else "open"))
    if is_sample:
        found = sample_answers(house, progress=progress, reading=read)
        weighing: tuple[str, Weighing] = (
            f"what those about other articles show, in {FOLDS} folds",
            lambda kept: held_out(kept, embedder, seed=seed),
        )
    else:
        given = read_set(folder)
        source = Noting(given.source, on=DAY.date())
        ready(house, source, progress)
        intents = wiring.fitted_intents()
        found = answered(given.questions, source, house, intents, reading=read, progress=progress)
        weighing = as_shipped(house.policy, embedder)
    return report_of(
        str(folder),
        found,
        reading=read,
        weighing=weighing,
        embedder=embedder,
        seed=seed,
        began_s=began_s,
    )


def _reading(named: str) -> Reading:
    return "open" if named == "open" else "intents"
