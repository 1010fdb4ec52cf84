"""What the rules of the lint are given: all pages at once, and what a good page is held to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from deskhand.domain.article import Trouble
from deskhand.ports import Embedder
from deskhand.text.lint.pages import Page, Part


@dataclass(frozen=True)
class Base:
    """A knowledge base as it lies in a folder."""

    pages: tuple[Page, ...]
    today: date
    embedder: Embedder
    troubles: tuple[Trouble, ...] = ()
    files: frozenset[str] = frozenset()
    """Every file of the folder, with `/`, also those that are no articles."""
    categories: frozenset[str] = frozenset()
    """Those from which an intent draws its knowledge; empty: not known here."""
    stale_days: int = 365
    longest_paragraph: int = 700
    """In characters."""

    @property
    def alive(self) -> tuple[Page, ...]:
        """The pages that hold today or will hold."""
        return tuple(
            page
            for page in self.pages
            if (until := page.article.effective_until) is None or until >= self.today
        )


def sections_of(page: Page) -> Iterator[tuple[str, list[Part]]]:
    """The sections of a page with their headings, the page's own title left out."""
    for _, parts in groupby(page.parts, key=lambda part: part.section):
        listed = list(parts)
        said = [part for part in listed if part.kind != "heading"]
        if said:
            headings = listed[0].headings
            yield (headings[-1] if headings else ""), said
