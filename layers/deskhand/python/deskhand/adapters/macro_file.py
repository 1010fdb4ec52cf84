"""Reads `macros.toml`: the words that articles share, each by its name."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from deskhand.adapters.toml_file import TomlFile, near
from deskhand.domain.evidence import OnlyFor
from deskhand.domain.macros import Macros

MACROS = "macros.toml"
_TABLES = ("variables", "known")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_WOULD_BE_READ = re.compile(r"\{\{|^\s*(?::::|#{1,6}\s|```|~~~)", re.MULTILINE)


def read_macros(folder: Path) -> tuple[Macros, TomlFile]:
    """What the file says, and the file with its mistakes; without a file nothing can be filled
    in."""
    if not (folder / MACROS).exists():
        return Macros(), TomlFile(MACROS)
    file = TomlFile.read(folder / MACROS)
    tables = file.named()
    for name in tables:
        if name not in _TABLES:
            file.wrong(f"there is no table [{name}] here; {near(name, _TABLES)}", name)
    known = file.noun(OnlyFor, tables.get("known", {}), "known")
    variables = tables.get("variables", {})
    for name, value in variables.items():
        if mistake := _mistake(name, value):
            file.wrong(f'"{name}" {mistake}', "variables", name)
    if file.mistakes or known is None:
        return Macros(), file
    return Macros(variables=_stripped(variables), known=known), file


def _mistake(name: str, value: object) -> str:
    if not _NAME.fullmatch(name):
        return "should be in small letters joined by _ ."
    if isinstance(value, bool) or not isinstance(value, str | int):
        return "should be text in quotes, as customers should read it, or a whole number."
    if not str(value).strip():
        return "is empty."
    if _WOULD_BE_READ.search(str(value)):
        return "holds a macro, a heading or a fence, which is not read again: put it in an article."
    return ""


def _stripped(variables: Mapping[str, Any]) -> dict[str, str | int]:
    return {
        name: value.strip() if isinstance(value, str) else value
        for name, value in variables.items()
    }
