"""Reads what the lint looks at: a folder of articles, its settings, and what intents draw on."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np
from pydantic import PositiveInt
from rich.console import Console
from rich.progress import Progress

from deskhand.adapters.minilm_embedder import MiniLmEmbedder
from deskhand.adapters.policy_files import read_policy
from deskhand.adapters.toml_file import TomlFile
from deskhand.domain.article import Trouble
from deskhand.domain.noun import Noun
from deskhand.errors import Rejected
from deskhand.ports import Embedder, Vector
from deskhand.text.lint.base import Base
from deskhand.text.lint.pages import Page, read_page
from deskhand.text.lint.rules import Accepted
from scripts.deskhand_cli.problems import UnreadableError
from scripts.local_stack.stack import ROOT

SETTINGS = "lint.toml"
MODELS = ROOT / "layers" / "models" / "models"
_BATCH = 64


class Settings(Noun):
    """What `lint.toml` in the folder of the articles may say."""

    stale_days: PositiveInt = 365
    longest_paragraph: PositiveInt = 700
    """In characters."""
    accepted: tuple[Accepted, ...] = ()


class ShownEmbedder:
    """Another embedder, with a bar at the terminal that says how far it is."""

    def __init__(self, embedder: Embedder, console: Console) -> None:
        self._embedder = embedder
        self._console = console

    @property
    def fingerprint(self) -> str:
        """The other's."""
        return self._embedder.fingerprint

    def embed(self, texts: Sequence[str]) -> Sequence[Vector]:
        """The other's vectors, in batches."""
        found = []
        hidden = not self._console.is_terminal
        with Progress(console=self._console, transient=True, disable=hidden) as bar:
            task = bar.add_task("comparing meanings", total=len(texts))
            for start in range(0, len(texts), _BATCH):
                batch = texts[start : start + _BATCH]
                found.append(np.asarray(self._embedder.embed(batch), dtype=np.float32))
                bar.advance(task, len(batch))
        vectors: Sequence[Vector] = np.concatenate(found)  # type: ignore[assignment]
        return vectors


def read_settings(folder: Path) -> Settings:
    """What the folder's `lint.toml` says; the defaults where there is none."""
    path = folder / SETTINGS
    if not path.exists():
        return Settings()
    file = TomlFile.read(path)
    settings = None if file.mistakes else file.noun(Settings, file.tables)
    if settings is None:
        raise UnreadableError(" ".join(file.mistakes))
    return settings


def read_base(
    folder: Path, policies: Path, settings: Settings, *, today: date, console: Console
) -> Base:
    """All that lies in the folder; what cannot be read is a trouble and stops nothing."""
    try:
        embedder = MiniLmEmbedder(MODELS)
        intents = read_policy(policies).intents.values()
    except Rejected as error:
        raise UnreadableError(str(error)) from error
    read = list(_read(folder))
    pages = [one for one in read if isinstance(one, Page)]
    troubles = [one for one in read if isinstance(one, Trouble)]
    files = (path for path in folder.rglob("*") if path.is_file())
    return Base(
        pages=tuple(pages),
        today=today,
        embedder=ShownEmbedder(embedder, console),
        troubles=tuple(troubles),
        files=frozenset(path.relative_to(folder).as_posix() for path in files),
        categories=frozenset(category for intent in intents for category in intent.knowledge),
        stale_days=settings.stale_days,
        longest_paragraph=settings.longest_paragraph,
    )


def _read(folder: Path) -> Iterator[Page | Trouble]:
    taken: dict[str, str] = {}
    for path in sorted(folder.rglob("*.md")):
        if path.name.lower() == "readme.md" or path.name.startswith("."):
            continue
        file = path.relative_to(folder).as_posix()
        try:
            page = read_page(path.read_text(encoding="utf-8"), file=file, article_id=path.stem)
        except UnicodeDecodeError as error:
            reason = f"byte {error.start} is no UTF-8: save the file as UTF-8"
            yield Trouble(name=file, reason=reason)
        except (OSError, ValueError) as error:
            yield Trouble(name=file, reason=str(error).removeprefix(f"{file}: "))
        else:
            other = taken.setdefault(page.article.id, file)
            if other != file:
                reason = f"id {page.article.id} is taken by {other}: give it another one"
                yield Trouble(name=file, reason=reason)
            yield page
