"""Measures how well intents are read by a classifier that never saw the messages."""

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from deskhand.domain.policy import Intent
from deskhand.ports import Embedder
from deskhand.text.fitted_intents import Array, FittedIntents
from deskhand.text.intents import plain
from scripts.evaluation.intent_figures import Readout
from scripts.evaluation.intent_report import IntentReport, Saved, Taken, TrainFigures
from scripts.evaluation.intent_rows import IntentRow, IntentRows
from scripts.fit_classifier import not_ours
from scripts.fitting import regression
from scripts.fitting.examples import Examples

OUTSIDE = "out of scope"
TIMED_MESSAGES = 200
UNSEEN_ROUNDS = 5

Shown = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Files:
    """Two files of messages, and what they are called."""

    train_name: str
    test_name: str
    train: IntentRows
    test: IntentRows


def measure_files(
    given: Files, embedder: Embedder, *, saved: Callable[[float], Saved], progress: Shown
) -> IntentReport:
    """Fits to the one and reads the other. Where the first has examples of what is out of scope,
    they are learnt as such."""
    began_s = time.perf_counter()
    train = _embedded(given.train.rows, embedder, "Embedding what is learnt", progress)
    test = _embedded(given.test.rows, embedder, "Embedding what is read", progress)
    embedded_s = time.perf_counter()
    progress("Fitting", 0, 1)
    fitted = regression.fit(train, foreign={OUTSIDE})
    fit_s = time.perf_counter() - embedded_s
    progress("Fitting", 1, 1)
    readout = readout_of(fitted, test, foreign={OUTSIDE})
    known = {row.text for row in given.train.rows}
    texts = [row.text for row in given.test.rows]
    p50_ms, p95_ms = latency_ms(texts[:TIMED_MESSAGES], embedder, fitted)
    return IntentReport(
        train=given.train_name,
        test=given.test_name,
        cross_validated=0,
        embedder=embedder.fingerprint,
        seed=regression.SEED,
        learnt=_learnt(train.labels, {OUTSIDE}, given.train.empty, given.train.repeated),
        test_empty=given.test.empty,
        test_learnt_from=sum(text in known for text in texts),
        sure_from=fitted.sure_from,
        right_of_all_sure=readout.right_of_all_sure(),
        in_scope=readout.in_scope(),
        out_of_scope=readout.out_of_scope(),
        saved=saved(readout.share_sure()),
        taken=Taken(embedded_s - began_s, fit_s, p50_ms, p95_ms),
    )


def measure_policy(
    intents: Mapping[str, Intent],
    embedder: Embedder,
    *,
    saved: Callable[[float], Saved],
    progress: Shown,
) -> IntentReport:
    """Reads the examples of each fold by the others, while a fifth of the intents is hidden: their
    examples in that fold are what is out of scope."""
    foreign = not_ours(intents)
    rows = [IntentRow(text, name) for name, one in intents.items() for text in one.examples]
    began_s = time.perf_counter()
    examples = _embedded(rows, embedder, "Embedding the examples", progress)
    embedded_s = time.perf_counter()
    parts: list[Readout] = []
    for fitted, asked in _rounds(examples, foreign):
        parts.append(readout_of(fitted, asked, foreign=foreign))
        progress("Fitting", len(parts), UNSEEN_ROUNDS)
    fit_s = (time.perf_counter() - embedded_s) / UNSEEN_ROUNDS
    readout = Readout.together(parts)
    p50_ms, p95_ms = latency_ms(
        [row.text for row in rows[:: max(1, len(rows) // TIMED_MESSAGES)]], embedder, fitted
    )
    return IntentReport(
        train="policies/intents.toml",
        test="policies/intents.toml",
        cross_validated=UNSEEN_ROUNDS,
        embedder=embedder.fingerprint,
        seed=regression.SEED,
        learnt=_learnt(examples.labels, foreign, 0, 0),
        test_empty=0,
        test_learnt_from=0,
        sure_from=float(np.mean([one.sure_from for one in parts])),
        right_of_all_sure=readout.right_of_all_sure(),
        in_scope=readout.in_scope(),
        out_of_scope=readout.out_of_scope(),
        saved=saved(readout.share_sure()),
        taken=Taken(embedded_s - began_s, fit_s, p50_ms, p95_ms),
    )


def readout_of(fitted: FittedIntents, asked: Examples, *, foreign: Collection[str]) -> Readout:
    """What the classifier reads in messages, beside what they want."""
    read = fitted.read_worded(asked.wordings, asked.vectors)
    names = np.array(fitted.names)
    return Readout(
        wanted=asked.labels,
        learnt=np.isin(asked.labels, [name for name in names if name not in foreign]),
        likeliest=names[np.argsort(-read.scores, axis=1, kind="stable")[:, :3]],
        confidence=read.sure(fitted.sureness),
        ours=~np.isin(names[read.best], list(foreign)),
        named=(asked.labels != OUTSIDE) & ~np.isin(asked.labels, list(foreign)),
        sure_from=fitted.sure_from,
    )


def latency_ms(
    texts: Sequence[str], embedder: Embedder, fitted: FittedIntents
) -> tuple[float, float]:
    """The median and the 95th percentile of one message alone: embedded and read."""
    taken = []
    for text in texts:
        began_s = time.perf_counter()
        spared = [plain(text)]
        read = fitted.read(spared, np.asarray(embedder.embed(spared)))
        read.sure(fitted.sureness)
        taken.append((time.perf_counter() - began_s) * 1000)
    p50_ms, p95_ms = np.percentile(taken, [50, 95])
    return float(p50_ms), float(p95_ms)


def _rounds(
    examples: Examples, foreign: Collection[str]
) -> Iterator[tuple[FittedIntents, Examples]]:
    folds = examples.folds(UNSEEN_ROUNDS, regression.SEED + 1)
    ours = [name for name in examples.names if name not in foreign]
    drawn = np.random.default_rng(regression.SEED + 1).permutation(ours)
    for fold, hidden in enumerate(np.array_split(drawn, UNSEEN_ROUNDS)):
        learnt = (folds != fold) & ~np.isin(examples.labels, hidden)
        yield (
            regression.fit(examples.only(learnt), foreign=foreign),
            examples.only((folds == fold) & ~np.isin(examples.labels, list(foreign))),
        )


def _embedded(
    rows: Sequence[IntentRow], embedder: Embedder, what: str, progress: Shown
) -> Examples:
    return Examples.of(
        [row.text for row in rows],
        [row.intent or OUTSIDE for row in rows],
        embedder,
        progress=lambda done, of: progress(what, done, of),
    )


def _learnt(labels: Array, foreign: Collection[str], empty: int, repeated: int) -> TrainFigures:
    counts = Counter(str(label) for label in labels)
    ours = [count for name, count in counts.items() if name not in foreign]
    return TrainFigures(
        rows=len(labels),
        intents=len(ours),
        fewest_examples=min(ours),
        most_examples=max(ours),
        out_of_scope=len(labels) - sum(ours),
        empty=empty,
        repeated=repeated,
    )
