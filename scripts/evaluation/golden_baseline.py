"""What came of each ticket when somebody last looked, and whether it has really become worse."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean
from typing import Literal

from pydantic import Field, ValidationError

from deskhand.domain.noun import Noun
from scripts.evaluation.figures import RESAMPLES, Interval, bootstrap
from scripts.evaluation.golden import GoldenFileError
from scripts.evaluation.golden_marks import MEASURES
from scripts.evaluation.golden_results import INSIDE, TicketResult
from scripts.evaluation.golden_run import Results

Way = Literal["whole", "alone"]
WAYS: tuple[Way, ...] = ("whole", "alone")


class Kept(Noun):
    """One ticket as it came out then: only what was not all right is named."""

    label: str
    whole: dict[str, float] = Field(default_factory=dict)
    """The share of right marks, 0 to 1, of each measure that missed any."""
    alone: dict[str, float] = Field(default_factory=dict)

    @property
    def passed(self) -> bool:
        """Whether nothing that a customer sees was wrong."""
        return set(self.whole) <= INSIDE


class Baseline(Noun):
    """All tickets as they came out then."""

    model: str
    tickets: dict[str, Kept]


@dataclass(frozen=True)
class Change:
    """One measure now and then, over the tickets that both have."""

    measure: str
    way: Way
    tickets: int
    before: float
    after: float
    interval: Interval
    """Of the difference."""

    @property
    def is_drop(self) -> bool:
        """Whether it is worse than chance could make it."""
        return self.interval.high < 0


@dataclass(frozen=True)
class Comparison:
    """Everything that has changed since the baseline."""

    changes: tuple[Change, ...]
    compared: int
    """Tickets with the label that they had then."""
    left_out: tuple[str, ...]
    """Tickets that are new, or labelled otherwise now."""
    missing: tuple[str, ...]
    """Tickets that the baseline has and that were not walked now."""
    same_model: bool
    worse: tuple[str, ...]
    """Tickets that passed then and do not now."""
    better: tuple[str, ...]
    seed: int
    resamples: int = RESAMPLES
    known_misses: frozenset[str] = field(default=frozenset())
    """Tickets that did not pass then, either."""

    @property
    def drops(self) -> tuple[Change, ...]:
        """What has really become worse; nothing where another model wrote then."""
        return tuple(one for one in self.changes if one.is_drop) if self.same_model else ()


def baseline_of(results: Results, *, model: str) -> Baseline:
    """What is to be kept of these results."""
    return Baseline(
        model=model,
        tickets={
            id_: Kept(label=runs[0].label, **{way: _missed(runs, way) for way in WAYS})
            for id_, runs in results.items()
        },
    )


def write_baseline(baseline: Baseline, file: Path) -> None:
    """Writes it so that a change of one ticket is a change of one line."""
    lines = [
        f"    {json.dumps(id_)}: {json.dumps(kept.model_dump(exclude_defaults=True))}"
        for id_, kept in sorted(baseline.tickets.items())
    ]
    joined = ",\n".join(lines)
    text = f'{{\n  "model": {json.dumps(baseline.model)},\n  "tickets": {{\n{joined}\n  }}\n}}\n'
    file.write_text(text, encoding="utf-8")


def read_baseline(file: Path) -> Baseline:
    """The baseline of a file. `GoldenFileError`: there is none, or it is no baseline."""
    try:
        return Baseline.model_validate_json(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise GoldenFileError(f"{file}: {error.strerror or error}") from error
    except (ValidationError, UnicodeDecodeError) as error:
        raise GoldenFileError(
            f"{file}: this is no baseline; --update-baseline makes one"
        ) from error


def compared(results: Results, baseline: Baseline, *, model: str, seed: int) -> Comparison:
    """How the results differ from the baseline, by paired bootstrap over the tickets of both."""
    now = baseline_of(results, model=model).tickets
    both = [
        id_
        for id_, kept in now.items()
        if id_ in baseline.tickets and baseline.tickets[id_].label == kept.label
    ]
    before = {id_: baseline.tickets[id_] for id_ in both}
    return Comparison(
        changes=tuple(_changes(results, before, now, seed=seed)),
        compared=len(both),
        left_out=tuple(id_ for id_ in now if id_ not in before),
        missing=tuple(id_ for id_ in baseline.tickets if id_ not in now),
        same_model=model == baseline.model,
        worse=tuple(id_ for id_ in both if before[id_].passed and not now[id_].passed),
        better=tuple(id_ for id_ in both if now[id_].passed and not before[id_].passed),
        seed=seed,
        known_misses=frozenset(id_ for id_ in both if not before[id_].passed),
    )


def _changes(
    results: Results, before: dict[str, Kept], now: dict[str, Kept], *, seed: int
) -> Iterator[Change]:
    measured = any(turn.alone for runs in results.values() for one in runs for turn in one.turns)
    for way in WAYS if measured else WAYS[:1]:
        for measure in MEASURES:
            name = measure.name
            pairs = [
                (_of(before[id_], way).get(name, 1.0), _of(now[id_], way).get(name, 1.0))
                for id_ in before
                if name in _of(before[id_], way) or _has(results[id_], way, name)
            ]
            if pairs:
                then, after = fmean(one for one, _ in pairs), fmean(one for _, one in pairs)
                apart = bootstrap([later - earlier for earlier, later in pairs], seed=seed)
                yield Change(name, way, len(pairs), then, after, apart)


def _missed(runs: tuple[TicketResult, ...], way: Way) -> dict[str, float]:
    found: dict[str, list[bool]] = {}
    for one in runs:
        for turn in one.turns:
            for name, right in (turn.whole if way == "whole" else turn.alone).items():
                found.setdefault(name, []).append(right)
    shares = {name: round(fmean(marks), 4) for name, marks in found.items()}
    return {name: value for name, value in shares.items() if value < 1}


def _of(kept: Kept, way: Way) -> dict[str, float]:
    return kept.whole if way == "whole" else kept.alone


def _has(runs: tuple[TicketResult, ...], way: Way, name: str) -> bool:
    return any(
        name in (turn.whole if way == "whole" else turn.alone) for one in runs for turn in one.turns
    )
