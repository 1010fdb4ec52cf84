"""Reads `confidence.toml`: what makes an answer sure, for each embedder that it was fitted to."""

from pathlib import Path

from deskhand.adapters.toml_file import TomlFile
from deskhand.domain.sureness import Sureness

NAME = "confidence.toml"


def read_sureness(folder: Path) -> tuple[tuple[Sureness, ...], tuple[str, ...]]:
    """What the file says, one table an embedder, and every mistake in it by line; nothing where
    there is none: then a model's own word stands."""
    if not (folder / NAME).exists():
        return (), ()
    file = TomlFile.read(folder / NAME)
    built = (
        file.noun(Sureness, table, name, embedder=name) for name, table in file.named().items()
    )
    return tuple(one for one in built if one), tuple(file.mistakes)
