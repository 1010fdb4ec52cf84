"""Fits to the sample what makes an answer sure, and writes `policies/confidence.toml`."""

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # threads only get into each other's way here

from deskhand.adapters.sureness_file import NAME, read_sureness
from deskhand.domain.sureness import SIGNALS, Sureness
from scripts.evaluation.confidence_fit import fitted
from scripts.evaluation.confidence_sample import sample_answers
from scripts.evaluation.retrieval_standing import standing_house

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "policies" / NAME
HEAD = """\
# How sure an answer from articles is: the weights of what speaks for it, one table an embedder.
# Written by `python -m scripts.fit_confidence` from the sample's questions and golden tickets; fit
# them anew where the embedder changes. `deskhand evaluate confidence` says what they are worth.
"""


def written(sureness: list[Sureness]) -> str:
    """The file that holds these weights."""
    tables = [
        "\n".join([f'["{one.embedder}"]', *(f"{name} = {getattr(one, name)}" for name in _KEYS)])
        for one in sorted(sureness, key=lambda one: one.embedder)
    ]
    return "\n\n".join([HEAD.rstrip(), *tables]) + "\n"


_KEYS = ("constant", *SIGNALS)


def main() -> int:
    """Fits to what there is now; what was fitted to another embedder is kept."""
    with (
        tempfile.TemporaryDirectory(prefix="deskhand-confidence-") as index,
        standing_house(Path(index), reranker="none") as house,
    ):
        found = sample_answers(house, progress=lambda what, done, total: None).found
        embedder = house.embedder.fingerprint
    others = [one for one in read_sureness(TARGET.parent)[0] if one.embedder != embedder]
    TARGET.write_text(written([*others, fitted(found, embedder)]), encoding="utf-8")
    right = sum(one.right for one in found)
    print(f"fitted to {len(found)} answers, of which {right} are right: {TARGET.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
