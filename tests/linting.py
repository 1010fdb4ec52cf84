"""Pages of a base that is linted, for tests of its rules."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from deskhand.adapters.minilm_embedder import MiniLmEmbedder
from deskhand.domain.finding import Finding
from deskhand.domain.macros import Macros
from deskhand.ports import Embedder
from deskhand.text.lint.base import Base
from deskhand.text.lint.pages import Page, read_page
from deskhand.text.lint.rules import lint
from scripts.deskhand_cli.kb_lint_reading import MODELS

TODAY = date(2026, 11, 21)
FRONT = {
    "category": "returns",
    "audience": "public",
    "last_reviewed": "2026-10-01",
    "language": "en",
}


@lru_cache(maxsize=1)
def minilm() -> MiniLmEmbedder:
    """The embedder that is shipped: these rules fit it."""
    return MiniLmEmbedder(MODELS)


def a_page(text: str, file: str = "page.md", *, macros: Macros | None = None, **front: Any) -> Page:
    """A page with a whole front matter but for what is bent; None leaves a key out."""
    name = file.removesuffix(".md").replace("/", "-")
    said = {"title": name.capitalize()} | FRONT | front
    head = "".join(f"{key}: {value}\n" for key, value in said.items() if value is not None)
    whole = f"---\n{head}---\n{text}\n"
    return read_page(whole, file=file, article_id=name, macros=macros or Macros())


def a_base(*pages: Page, embedder: Embedder | None = None, **bent: Any) -> Base:
    """These pages, on the day of all tests."""
    given: dict[str, Any] = {
        "pages": pages,
        "today": TODAY,
        "embedder": embedder or minilm(),
        "files": frozenset(page.file for page in pages),
    }
    return Base(**(given | bent))


def found(code: str, *pages: Page, **bent: Any) -> list[Finding]:
    """What the lint says of these pages under that code."""
    return [finding for finding in lint(a_base(*pages, **bent)) if finding.code == code]


def places(findings: Sequence[Finding]) -> list[tuple[str, int]]:
    """Where they are."""
    return [(finding.place.file, finding.place.line) for finding in findings]
