"""The figures of reading intents, from what was read and what was wanted."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from deskhand.text.fitted_intents import Array
from scripts.evaluation.confidence_curves import reliability
from scripts.evaluation.figures import area_under_curve
from scripts.evaluation.intent_report import InScope, OutOfScope

FALSE_ALARMS = 0.05


@dataclass(frozen=True)
class Readout:
    """What was read in messages: one entry each in every array."""

    wanted: Array
    learnt: Array
    """Whether the intent that is wanted was among those that were learnt: it is in scope."""
    likeliest: Array
    """The three likeliest intents, likeliest first; fewer columns where fewer were learnt."""
    confidence: Array
    """0 to 1, that the likeliest is right."""
    ours: Array
    """Whether the likeliest is an intent, and not that nothing in scope is meant."""
    named: Array
    """Whether an intent is wanted at all."""
    sure_from: float

    @classmethod
    def together(cls, parts: Sequence["Readout"]) -> "Readout":
        """All of them, each as sure as its own limit says."""
        whole = {
            field: np.concatenate([getattr(part, field) for part in parts])
            for field in ("wanted", "learnt", "likeliest", "confidence", "ours", "named")
        }
        return _Several(
            **whole,
            sure_from=float(np.mean([part.sure_from for part in parts])),
            each_sure=np.concatenate([part.sure() for part in parts]),
        )

    def sure(self) -> Array:
        """Which guesses are taken at their word."""
        return self.ours & (self.confidence >= self.sure_from)

    def right(self) -> Array:
        """Which guesses are what is wanted."""
        same: Array = self.learnt & (self.likeliest[:, 0] == self.wanted)
        return same

    def share_sure(self) -> float:
        """Of all messages."""
        return float(self.sure().mean())

    def right_of_all_sure(self) -> float | None:
        """Of all that is taken at its word, strangers' messages among it."""
        return _mean(self.right()[self.sure()])

    def in_scope(self) -> InScope:
        """How the messages are read whose intent was learnt."""
        mine, right = self.learnt, self.right()[self.learnt]
        said = np.where(self.ours, self.confidence, 0.0)[mine]
        pairs = [(float(one), bool(fits)) for one, fits in zip(said, right, strict=True)]
        among = (self.likeliest == self.wanted[:, None]).any(axis=1)
        return InScope(
            messages=int(mine.sum()),
            accuracy=_mean(right),
            top_3=_mean(among[mine]),
            sure=_mean(self.sure()[mine]),
            accuracy_when_sure=_mean(right[self.sure()[mine]]),
            said=_mean(said),
            expected_calibration_error=reliability(pairs).expected_calibration_error
            if pairs
            else None,
        )

    def out_of_scope(self) -> OutOfScope:
        """What comes of the others."""
        standing = np.where(self.ours, self.confidence, -self.confidence)
        mine, strange = standing[self.learnt], standing[~self.learnt]
        both = len(mine) and len(strange)
        limit = float(np.quantile(mine, FALSE_ALARMS)) if both else 0.0
        return OutOfScope(
            messages=len(strange),
            wrongly_sure=_mean(self.sure()[~self.learnt]),
            auc=area_under_curve(mine.tolist(), strange.tolist()),
            recall_at_5_percent_false_alarms=_mean(strange < limit) if both else None,
            of_unlearnt_intents=int((~self.learnt & self.named).sum()),
        )


@dataclass(frozen=True)
class _Several(Readout):
    """The messages of several classifiers, each with a limit of its own."""

    each_sure: Array

    def sure(self) -> Array:
        return self.each_sure


def _mean(values: Array) -> float | None:
    return float(values.mean()) if len(values) else None
