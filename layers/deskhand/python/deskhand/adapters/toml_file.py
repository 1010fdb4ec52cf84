"""Reads one TOML file into nouns; every mistake becomes a sentence with its file and line."""

import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self, TypeVar

from pydantic import ValidationError

from deskhand.adapters.toml_lines import Lines
from deskhand.domain.noun import Noun

NounT = TypeVar("NounT", bound=Noun)

_PLACE = re.compile(r"(.*?) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)
_TWICE = re.compile(r"Cannot declare \((.*?),?\) twice")


class TomlFile:
    """One file, and all that was found wrong with it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.mistakes: list[str] = []
        self.tables: dict[str, Any] = {}
        self._lines: Lines | None = None

    @classmethod
    def read(cls, path: Path) -> Self:
        """The file with its tables; without them when it is no readable TOML."""
        file = cls(path.name)
        file._load(path)
        return file

    def _load(self, path: Path) -> None:
        text = ""
        try:
            text = path.read_text(encoding="utf-8")
            self.tables = tomllib.loads(text)
            self._lines = Lines(text)
        except OSError as error:
            self.mistakes.append(f"{self.name}: it cannot be read ({error.strerror}).")
        except UnicodeDecodeError as error:
            self.mistakes.append(f"{self.name}: byte {error.start} is not UTF-8 text.")
        except tomllib.TOMLDecodeError as error:
            self.mistakes.append(_syntax(self.name, text, str(error)))

    def wrong(self, words: str, *path: str | int) -> None:
        """Notes a mistake, at the line of what it is about if the text is known."""
        line = f", line {self._lines.of(*path)}" if self._lines else ""
        self.mistakes.append(f"{self.name}{line}: {words}")

    def named(self) -> dict[str, Mapping[str, Any]]:
        """The file's tables by name; what stands outside of a table is a mistake."""
        for name, table in self.tables.items():
            if not isinstance(table, dict):
                self.wrong(f'"{name}" stands outside of a table such as [{name}].', name)
        return {name: table for name, table in self.tables.items() if isinstance(table, dict)}

    def noun(
        self, kind: type[NounT], table: Mapping[str, Any], *path: str, **known: str
    ) -> NounT | None:
        """The table as a noun, with what is known beside it; None when something is wrong with
        it."""
        mistakes = len(self.mistakes)
        for name in known.keys() & table.keys():
            self._unknown(name, kind, known, path)
        given = {key: value for key, value in table.items() if key not in known} | known
        try:
            built = kind.model_validate_json(json.dumps(given, default=str), strict=True)
        except ValidationError as error:
            for detail in error.errors():
                self._invalid(detail, kind, known, path)
            return None
        return built if len(self.mistakes) == mistakes else None

    def _invalid(
        self, detail: Any, kind: type[Noun], known: Iterable[str], path: Sequence[str]
    ) -> None:
        key, *within = detail["loc"]
        if detail["type"] == "extra_forbidden":
            self._unknown(str(key), kind, known, path)
            return
        table = f"[{'.'.join(path)}]" if path else "the file"
        if detail["type"] == "missing":
            self.wrong(f'{table} lacks "{key}".', *path)
            return
        should = detail["msg"].split("should ", 1)[-1].replace(" after validation", "")
        given = "" if detail["type"] == "too_short" else f", not {_short(detail['input'])}"
        self.wrong(f'"{key}" should {should}{given}.', *path, key, *within)

    def _unknown(
        self, key: str, kind: type[Noun], known: Iterable[str], path: Sequence[str]
    ) -> None:
        keys = [name for name in kind.model_fields if name not in set(known)]
        self.wrong(f'there is no key "{key}" here; {near(key, keys)}', *path, key)


def near(name: str, known: Iterable[str]) -> str:
    """A hint at what was meant: the nearest known name, or all of them."""
    from difflib import get_close_matches  # only where somebody made a mistake

    listed = sorted(known)
    if close := get_close_matches(name, listed, n=1, cutoff=0.7):
        return f'did you mean "{close[0]}"?'
    return f"there are: {', '.join(listed)}." if listed else "there are none."


def _syntax(name: str, text: str, why: str) -> str:
    found = _PLACE.match(why)
    reason = found[1] if found else why
    lines = len(text.splitlines())
    place = f"line {found[2]}, column {found[3]}" if found and found[2] else f"line {lines}"
    if twice := _TWICE.match(reason):
        table = twice[1].replace("'", "").replace(", ", ".")
        return f"{name}, {place}: [{table}] stands here a second time."
    if reason == "Cannot overwrite a value":
        return f"{name}, {place}: this key stands here a second time."
    return f"{name}, {place}: this is not valid TOML: {reason[:1].lower()}{reason[1:]}."


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else f"{text[:57]}..."
