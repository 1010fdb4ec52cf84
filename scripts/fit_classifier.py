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

from deskhand.adapters.policy_files import read_policy
from deskhand.domain.policy import Intent
from deskhand.ports import Embedder
from deskhand.text import fitted_intents, wordings
from deskhand.text.fitted_intents import FittedIntents
from scripts.fitting import examples, regression
from scripts.fitting.examples import Examples

ROOT = Path(__file__).resolve().parents[1]
MODELS = ROOT / "layers" / "models" / "models"
TARGET = MODELS / "intents.npz"
CODE = (__file__, *(one.__file__ for one in (fitted_intents, wordings, examples, regression)))


def fit(intents: Mapping[str, Intent], embedder: Embedder) -> FittedIntents:
    """The classifier for these intents, with an honest measure of how sure it is."""
    return regression.fit(
        examples_of(intents, embedder),
        foreign=not_ours(intents),
        fingerprint=fingerprint(intents, embedder),
    )


def examples_of(intents: Mapping[str, Intent], embedder: Embedder) -> Examples:
    """Each example with the intent that it stands under."""
    pairs = [(text, name) for name, intent in intents.items() for text in intent.examples]
    return Examples.of([text for text, _ in pairs], [name for _, name in pairs], embedder)


def not_ours(intents: Mapping[str, Intent]) -> frozenset[str]:
    """The intents that stand for what is out of scope."""
    return frozenset(name for name, intent in intents.items() if not intent.ours)


def fingerprint(intents: Mapping[str, Intent], embedder: Embedder) -> str:
    """What a fitted classifier depends on."""
    given = {name: [intent.ours, *intent.examples] for name, intent in intents.items()}
    code = [Path(str(file)).read_text(encoding="utf-8") for file in CODE]
    text = json.dumps([given, code], sort_keys=True)
    return f"{embedder.fingerprint}:{hashlib.sha256(text.encode()).hexdigest()[:16]}"


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
    given = examples_of(intents, embedder)
    guesses = regression.held_out(given, foreign=not_ours(intents))
    fitted = regression.regression(given, fingerprint=fingerprint(intents, embedder))
    regression.with_sureness(fitted, guesses).save(TARGET)
    share = float(np.mean(guesses.right[~guesses.stranger]))
    print(
        f"fitted {len(intents)} intents to {len(given)} examples in "
        f"{time.perf_counter() - began_s:.1f} s; {share:.3f} of held-out examples are read right"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
