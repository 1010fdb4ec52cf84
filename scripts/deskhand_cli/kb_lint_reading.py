"""Reads what the lint looks at: a folder of articles, its settings, and what intents draw on."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
from pydantic import PositiveInt
from rich.console import Console
from rich.progress import Progress

from deskhand.adapters.article_sources import FolderArticles
from deskhand.adapters.minilm_embedder import MiniLmEmbedder
from deskhand.adapters.policy_files import read_policy
from deskhand.adapters.toml_file import TomlFile
from deskhand.domain.article import Article, Trouble
from deskhand.domain.macros import Macros
from deskhand.domain.noun import Noun
from deskhand.errors import Rejected
from deskhand.ports import Embedder, Vector
from deskhand.text.lint.base import Base
from deskhand.text.lint.pages import Page, page_without_lines, read_page
from deskhand.text.lint.rules import Accepted
from deskhand.text.macros import filled
from scripts.deskhand_cli.problems import UnreadableError
from scripts.local_stack.stack import ROOT

SETTINGS = "lint.toml"
MODELS = ROOT / "layers" / "models" / "models"
_MARKDOWN = (".md", ".markdown")
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
    tables = dict(file.tables)
    listed = tables.pop("accepted", [])
    accepted = [file.noun(Accepted, one, "accepted") for one in listed]
    settings = file.noun(Settings, tables)
    if settings is None or file.mistakes:
        raise UnreadableError(" ".join(file.mistakes))
    return settings.model_copy(update={"accepted": tuple(one for one in accepted if one)})


def read_base(
    folder: Path, policies: Path, settings: Settings, *, today: date, console: Console
) -> Base:
    """All that lies in the folder; what cannot be read is a trouble and stops nothing."""
    try:
        embedder = MiniLmEmbedder(MODELS)
        policy = read_policy(policies)
        read = list(FolderArticles(folder).articles())
    except Rejected as error:
        raise UnreadableError(str(error)) from error
    articles = [one for one in read if isinstance(one, Article)]
    troubles = [one for one in read if isinstance(one, Trouble) and not _is_seen_anyway(one)]
    troubles += filled(articles, policy.macros).troubles
    files = (path for path in folder.rglob("*") if path.is_file())
    intents = policy.intents.values()
    return Base(
        pages=tuple(_page(folder, article, policy.macros) for article in articles),
        today=today,
        embedder=ShownEmbedder(embedder, console),
        troubles=tuple(troubles),
        files=frozenset(path.relative_to(folder).as_posix() for path in files),
        categories=frozenset(category for intent in intents for category in intent.knowledge),
        stale_days=settings.stale_days,
        longest_paragraph=settings.longest_paragraph,
    )


def _is_seen_anyway(trouble: Trouble) -> bool:
    """Whether a rule of the lint finds it in the file itself, with its line."""
    return trouble.kind == "noticed" and trouble.name.lower().endswith(_MARKDOWN)


def _page(folder: Path, article: Article, macros: Macros) -> Page:
    file = article.name
    if not file.lower().endswith(_MARKDOWN):
        return page_without_lines(article, file=file, macros=macros)
    # Read once more as it was written: the source takes out what the lint has to see.
    text = (folder / file).read_text(encoding="utf-8-sig")
    try:
        return read_page(text, file=file, article_id=article.id, macros=macros)
    except ValueError:  # what nobody sees hides where its front matter begins
        return page_without_lines(article, file=file, macros=macros)
