"""Reads sentences with the passages that they cite, and whether they stand in them."""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.evaluation.json_lines import lines_of

TUNING_SEED = 7
"""Which half of our own set the weights are fitted on."""


class GroundingSetError(ValueError):
    """A file that cannot be measured as it lies there; says the line and what to write."""


@dataclass(frozen=True)
class GroundingRow:
    """A sentence, what it cites, and whether it stands in that."""

    passages: tuple[str, ...]
    sentence: str
    supported: bool
    kind: str = ""
    """In what way it was made; empty where nobody says."""
    group: str = ""
    """The article or passage that it is about: rows of one group are never split."""
    line: int = 0


def read_grounding_set(file: Path) -> tuple[GroundingRow, ...]:
    """The rows of a file, one JSON object a line."""
    try:
        lines = lines_of(file)
    except (OSError, UnicodeDecodeError) as error:
        raise GroundingSetError(f"{file}: it cannot be read ({error})") from error
    rows = tuple(
        _row(line, number, f"{file.name}, line {number}")
        for number, line in enumerate(lines, start=1)
        if line.strip()
    )
    if not rows:
        raise GroundingSetError(f"{file}: there is no row in it")
    if len({row.supported for row in rows}) < 2:
        raise GroundingSetError(
            f"{file}: all {len(rows)} rows have the same `supported`: both kinds are needed"
        )
    return rows


def _row(line: str, number: int, where: str) -> GroundingRow:
    try:
        found = json.loads(line)
    except json.JSONDecodeError as error:
        raise GroundingSetError(f"{where}: not JSON at column {error.colno}") from error
    except RecursionError as error:
        raise GroundingSetError(f"{where}: lists within lists, too deep to read") from error
    if not isinstance(found, dict):
        raise GroundingSetError(f"{where}: write an object with passages, sentence and supported")
    sentence, supported = found.get("sentence"), found.get("supported")
    if not isinstance(sentence, str) or not sentence.strip():
        raise GroundingSetError(f"{where}: sentence is missing or empty")
    if not isinstance(supported, bool):
        raise GroundingSetError(f"{where}: supported is {supported!r:.40}: write true or false")
    given = found.get("passages")
    if not isinstance(given, list) or not given:
        raise GroundingSetError(f"{where}: passages is {given!r:.40}: write a list of texts")
    kind = found.get("kind") or ""
    if not isinstance(kind, str):
        raise GroundingSetError(f"{where}: kind is {kind!r:.40}: write a word, or leave it out")
    texts = tuple(_text(one, where) for one in given)
    return GroundingRow(texts, sentence, supported, kind, _group(given[0]), number)


def _text(passage: Any, where: str) -> str:
    text = passage.get("text") if isinstance(passage, dict) else passage
    if not isinstance(text, str) or not text.strip():
        raise GroundingSetError(
            f'{where}: a passage is {passage!r:.40}: write a text, or {{"id": …, "text": …}}'
        )
    return text


def _group(passage: Any) -> str:
    """The article of a passage by its id, `article/section`; without one, its text."""
    if isinstance(passage, dict):
        return str(passage.get("id") or passage["text"]).split("/")[0]
    return str(passage)


def halves(
    rows: Sequence[GroundingRow], seed: int = TUNING_SEED
) -> tuple[tuple[GroundingRow, ...], tuple[GroundingRow, ...]]:
    """The rows in two halves by group: one to tune on, one to be kept aside."""
    groups = sorted({row.group for row in rows})
    random.Random(seed).shuffle(groups)
    first = set(groups[::2])
    return (
        tuple(row for row in rows if row.group in first),
        tuple(row for row in rows if row.group not in first),
    )


def beside_another_topic(
    rows: Sequence[GroundingRow], seed: int = TUNING_SEED
) -> tuple[GroundingRow, ...]:
    """The supported sentences of the rows with the passages of another group: no longer so."""
    chosen = random.Random(seed)
    return tuple(
        GroundingRow(
            passages=chosen.choice([one for one in rows if one.group != row.group]).passages,
            sentence=row.sentence,
            supported=False,
            kind="wrong_topic",
            group=row.group,
            line=row.line,
        )
        for row in rows
        if row.supported
    )
