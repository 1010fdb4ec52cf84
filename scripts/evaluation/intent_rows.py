"""Reads files of messages with what they want, and says of a bad line what is wrong and where."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OUT_OF_SCOPE = "oos"
"""What such files call an intent that is none, in any case."""
LEAST_INTENTS = 2


class IntentRowsError(ValueError):
    """A file that cannot be measured with as it lies there."""


@dataclass(frozen=True)
class IntentRow:
    """One message, and what it wants."""

    text: str
    intent: str
    """Empty where nothing in scope is meant."""


@dataclass(frozen=True)
class IntentRows:
    """The messages of one file, in its order."""

    rows: tuple[IntentRow, ...]
    empty: int = 0
    """Lines whose text says nothing; they are left out."""
    repeated: int = 0
    """Lines that say the same as one before, and want the same; they are left out."""

    @property
    def intents(self) -> frozenset[str]:
        """All that is wanted, without what is out of scope."""
        return frozenset(row.intent for row in self.rows if row.intent)


def read_train(file: Path) -> IntentRows:
    """Examples to learn from; each has an intent, or says that it is out of scope."""
    rows = _unrepeated(_read(file, needs_intent=True))
    if len(rows.intents) < LEAST_INTENTS:
        named = ", ".join(sorted(rows.intents)) or "none"
        raise IntentRowsError(
            f"{file}: a classifier needs examples of {LEAST_INTENTS} intents or more; there is"
            f" {named}"
        )
    return rows


def read_test(file: Path) -> IntentRows:
    """Messages to be read; one without an intent is out of scope."""
    rows = _read(file, needs_intent=False)
    if not rows.rows:
        raise IntentRowsError(f"{file}: there is no message in it")
    return rows


def _unrepeated(read: IntentRows) -> IntentRows:
    kept = {(" ".join(row.text.lower().split()), row.intent): row for row in reversed(read.rows)}
    rows = tuple(reversed(kept.values()))
    return IntentRows(rows, empty=read.empty, repeated=len(read.rows) - len(rows))


def _read(file: Path, *, needs_intent: bool) -> IntentRows:
    rows, empty = [], 0
    for number, given in _objects(file):
        where = f"{file.name}, line {number}"
        text = _text(given, "text", where).strip()
        intent = _text(given, "intent", where).strip()
        if not isinstance(given.get("oos"), bool | None):
            raise IntentRowsError(f"{where}: oos is {given['oos']!r:.80}: write true or false")
        strange = given.get("oos") or intent.lower() == OUT_OF_SCOPE
        if needs_intent and not intent and not strange:
            raise IntentRowsError(
                f'{where}: intent is missing: name one, or write "oos": true for what is out of'
                " scope"
            )
        if any(char.isalnum() for char in text):
            rows.append(IntentRow(text, "" if strange else intent))
        else:
            empty += 1
    return IntentRows(tuple(rows), empty=empty)


def _objects(file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        lines = file.read_bytes().split(b"\n")
    except OSError as error:
        raise IntentRowsError(f"{file} cannot be read: {error.strerror}") from error
    for number, line in enumerate(lines, start=1):
        where = f"{file.name}, line {number}"
        try:
            text = line.decode("utf-8-sig").strip()
            row = json.loads(text) if text else None
        except (ValueError, RecursionError) as error:
            raise IntentRowsError(f"{where} cannot be read as JSON: {error}") from error
        if not text:
            continue
        if not isinstance(row, dict):
            raise IntentRowsError(f"{where} is no JSON object")
        yield number, row


def _text(row: dict[str, Any], field: str, where: str) -> str:
    value = row.get(field)
    if field == "text" and field not in row:
        raise IntentRowsError(f"{where}: text is missing")
    if value is None:
        return ""
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise IntentRowsError(f"{where}: {field} is {value!r:.80}: write it as text")
    # Without halves of characters, which no embedder can read.
    return str(value).encode("utf-8", "replace").decode("utf-8")
