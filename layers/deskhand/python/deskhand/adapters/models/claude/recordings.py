"""Answers of models on a shelf: what an ask is known by, and one small file for each."""

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, JsonValue, ValidationError

from deskhand.adapters.models.claude.ask import AnswerT, Ask
from deskhand.adapters.models.claude.boundaries import MARK_CHARS, MARKED, without_mark
from deskhand.domain.models import ModelChoice, Task
from deskhand.domain.noun import Noun
from deskhand.domain.usage import Usage
from deskhand.errors import Rejected
from deskhand.text.veils import Veil

TURN = "what is asked this time"
_TAG = re.compile(rf"</?[\w-]+ -{{{MARK_CHARS}}}>")


class Recording(Noun):
    """One answer without anything personal, and what the ask was known by."""

    task: Task
    parts: Mapping[str, str]
    """The hash of each part of the ask that matters, by a name for people."""
    answer: JsonValue
    usage: Usage


@dataclass(frozen=True)
class Known:
    """An ask with all that is personal hidden: two that are the same have the same answer."""

    task: Task
    parts: Mapping[str, str]
    veil: Veil

    @classmethod
    def of(cls, ask: Ask[AnswerT], choice: ModelChoice) -> "Known":
        """What the ask is known by; neither its conversation nor its mark matters."""
        turn = without_mark(ask.turn)
        ours = (*ask.steady, *_passages(ask.turn))
        veil = Veil.over(_TAG.sub("", turn), ask.personal, known=ours)
        parts = {
            "the model and its limits": choice.model_dump_json(exclude={"timeout_s"}),
            **{f"layer {place} of {len(ask.steady)}": layer for place, layer in _numbered(ask)},
            "the shape of the answer": _shape(ask.answer),
            TURN: veil.over_request(turn),
        }
        hashed = {name: _hash(text.encode()) for name, text in parts.items()}
        files = {
            f"file {place}": _hash(one.media_type.encode() + b"\0" + one.content)
            for place, one in enumerate(ask.files, start=1)
        }
        return cls(ask.task, hashed | files, veil)

    @property
    def name(self) -> str:
        """Of its file."""
        told = json.dumps([self.task, sorted(self.parts.items())])
        return f"{self.task}-{_hash(told.encode())}.json"


class Shelf:
    """A folder of recordings."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, name: str, recording: Recording) -> None:
        """Writes one, whole or not at all, in place of an earlier one of the same ask."""
        self.folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(recording.model_dump(mode="json"), ensure_ascii=False, indent=1)
        half = self.folder / f"{name}.{os.getpid()}.half"
        half.write_text(text + "\n", encoding="utf-8")
        half.replace(self.folder / name)

    def get(self, name: str) -> Recording | None:
        """The one of that name. `Rejected`: it cannot be read, and which."""
        file = self.folder / name
        try:
            return Recording.model_validate_json(file.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValidationError) as error:
            raise Rejected(f"the recording {name} cannot be read: {type(error).__name__}") from None

    def nearest(self, known: Known) -> Recording | None:
        """Of the same task the one that has most parts in common, the turn before all others."""
        return max(self._of(known.task), key=lambda one: _nearness(one, known), default=None)

    def _of(self, task: Task) -> Iterator[Recording]:
        for file in sorted(self.folder.glob(f"{task}-*.json")):
            if found := self.get(file.name):
                yield found


def differences(recording: Recording, known: Known) -> tuple[str, ...]:
    """The parts in which an ask is another one than the recorded one."""
    names = dict.fromkeys([*known.parts, *recording.parts])
    return tuple(name for name in names if recording.parts.get(name) != known.parts.get(name))


def answer_hidden(answer: BaseModel, veil: Veil) -> JsonValue:
    """The answer as it may be written down. `UnveiledError`: it may not."""
    dumped: JsonValue = answer.model_dump(mode="json")
    return _each_text(dumped, veil.over_answer)


def answer_shown(answer: JsonValue, veil: Veil) -> JsonValue:
    """The answer as it was given, for this ask."""
    return _each_text(answer, veil.lifted)


def _passages(turn: str) -> Iterator[str]:
    """Of articles, which are nobody's own; only between tags with the mark of this turn, which
    whoever wrote in it could not know."""
    if marked := MARKED.match(turn):
        mark = marked[1]
        for found in re.finditer(rf"^<(P\d+) {mark}>\n(.*?)\n</\1 {mark}>$", turn, re.S | re.M):
            yield found[2]


@lru_cache(maxsize=16)
def _shape(answer: type[BaseModel]) -> str:
    return json.dumps(answer.model_json_schema(), sort_keys=True)


def _each_text(value: JsonValue, change: Callable[[str], str]) -> JsonValue:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_each_text(one, change) for one in value]
    if isinstance(value, dict):
        return {name: _each_text(one, change) for name, one in value.items()}
    return value


def _numbered(ask: Ask[AnswerT]) -> Iterator[tuple[int, str]]:
    return enumerate(ask.steady, start=1)


def _nearness(recording: Recording, known: Known) -> tuple[bool, int]:
    differ = differences(recording, known)
    return TURN not in differ, -len(differ)


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:24]
