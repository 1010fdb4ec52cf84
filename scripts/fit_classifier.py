"""Fits the local classifier to the examples in `policies/intents.toml`, when they have changed."""

import hashlib
import json
import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # threads only get into each other's way here

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from deskhand.adapters.policy_files import read_policy
from deskhand.domain.policy import Intent
from deskhand.ports import Embedder
from deskhand.text import fitted_intents
from deskhand.text.fitted_intents import Array, FittedIntents
from deskhand.text.intents import plain

ROOT = Path(__file__).resolve().parents[1]
MODELS = ROOT / "layers" / "models" / "models"
TARGET = MODELS / "intents.npz"
STRENGTH = 10.0
FOLDS = 5
SEED = 20261121
STRANGERS_EACH = 10
"""One in so many wordings of unseen intents goes into the measure: a desk hears far more that is in
scope than not. With it, guesses on Bitext's wordings are as often right as they are sure."""


def fit(intents: Mapping[str, Intent], embedder: Embedder) -> FittedIntents:
    """The classifier for these intents, with an honest measure of how sure it is."""
    texts = [example for intent in intents.values() for example in intent.examples]
    labels = np.array([name for name, intent in intents.items() for _ in intent.examples])
    vectors = np.asarray(embedder.embed([plain(text) for text in texts]), dtype=np.float32)
    figures, right = _held_out(vectors, labels)
    sureness = LogisticRegression(C=1e3, fit_intercept=False, max_iter=1000).fit(figures, right)
    return _regression(
        vectors,
        labels,
        sureness=np.asarray(sureness.coef_[0], dtype=np.float32),
        fingerprint=fingerprint(intents, embedder),
    )


def fingerprint(intents: Mapping[str, Intent], embedder: Embedder) -> str:
    """What a fitted classifier depends on."""
    given = {name: intent.examples for name, intent in intents.items()}
    ours = [Path(__file__), Path(fitted_intents.__file__)]
    text = json.dumps([given, [file.read_text(encoding="utf-8") for file in ours]], sort_keys=True)
    return f"{embedder.fingerprint}:{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def accuracy(vectors: Array, labels: Array) -> float:
    """The share of held-out examples that are read right."""
    return float(np.mean(_folds(vectors, labels)[1]))


def _regression(
    vectors: Array, labels: Array, *, sureness: Array | None = None, fingerprint: str = ""
) -> FittedIntents:
    model = LogisticRegression(C=STRENGTH, max_iter=300).fit(vectors, labels)
    names = tuple(str(name) for name in model.classes_)
    return FittedIntents(
        names=names,
        weights=np.asarray(model.coef_, dtype=np.float32),
        biases=np.asarray(model.intercept_, dtype=np.float32),
        examples=vectors,
        owners=np.array([names.index(label) for label in labels], dtype=np.int32),
        sureness=np.zeros(3, dtype=np.float32) if sureness is None else sureness,
        fingerprint=fingerprint,
    )


def _folds(vectors: Array, labels: Array) -> tuple[Array, Array]:
    """The figures of each held-out example, and whether it was read right."""
    figures, right = [], []
    for train, test in StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(
        vectors, labels
    ):
        model = _regression(vectors[train], labels[train])
        read = model.read(vectors[test])
        figures.append(read.figures)
        right.append(np.array(model.names)[read.best] == labels[test])
    return np.concatenate(figures), np.concatenate(right)


def _held_out(vectors: Array, labels: Array) -> tuple[Array, Array]:
    """Held-out examples, and those of intents that the classifier was never shown: all wrong."""
    figures, right = _folds(vectors, labels)
    names = np.random.default_rng(SEED).permutation(np.unique(labels))
    unseen = []
    for hidden in np.array_split(names, FOLDS):
        out = np.isin(labels, hidden)
        unseen.append(_regression(vectors[~out], labels[~out]).read(vectors[out]).figures)
    strangers = np.concatenate(unseen)[::STRANGERS_EACH]
    return (
        np.concatenate([figures, strangers]),
        np.concatenate([right, np.zeros(len(strangers), dtype=bool)]),
    )


def embedder_here() -> Embedder:
    """The embedder that the set-up has fetched."""
    if (MODELS / "EMBEDDER").read_text(encoding="utf-8").strip() == "minilm-l6-int8":
        from deskhand.adapters.minilm_embedder import MiniLmEmbedder

        return MiniLmEmbedder(MODELS)
    from deskhand.adapters.wordllama_embedder import WordLlamaEmbedder

    return WordLlamaEmbedder()


def _kept() -> str:
    """What the file that lies there was fitted on; it may be an older release's."""
    if not TARGET.exists():
        return ""
    with np.load(TARGET, allow_pickle=False) as kept:
        return str(kept["fingerprint"])


def main() -> int:
    """Fits, unless what lies there was fitted to the same examples."""
    intents, embedder = read_policy(ROOT / "policies").intents, embedder_here()
    if _kept() == fingerprint(intents, embedder):
        TARGET.touch()
        return 0
    began_s = time.perf_counter()
    fitted = fit(intents, embedder)
    fitted.save(TARGET)
    labels = np.array([name for name, intent in intents.items() for _ in intent.examples])
    share = accuracy(fitted.examples, labels)
    print(
        f"fitted {len(intents)} intents to {len(labels)} examples in "
        f"{time.perf_counter() - began_s:.1f} s; {share:.3f} of held-out examples are read right"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
