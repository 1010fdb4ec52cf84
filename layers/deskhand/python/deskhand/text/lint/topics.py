"""Finds pages whose sections have little to do with each other, by their vectors."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from deskhand.domain.finding import Finding, Place
from deskhand.text.lint.base import Base, sections_of
from deskhand.text.lint.catalogue import found
from deskhand.text.lint.pages import Page

_FEWEST_SECTIONS = 3
_STRANGE = 0.35
"""Below this cosine a section has nothing to do with any other of its page."""
_AT_HOME = 0.55
"""From this cosine on it has a home on another page."""
_SHORTEST = 100
"""So many characters tell what a section is about."""
_APART = 0.3
_FEWEST_TOPICS = 3


@dataclass(frozen=True)
class _Section:
    page: Page
    heading: str
    line: int
    text: str


def several_topics(base: Base) -> Iterator[Finding]:
    """SEVERAL_TOPICS: a section that belongs to another page, or a page of many topics."""
    sections = [
        _Section(page, heading, parts[0].line, "\n".join(part.text for part in parts))
        for page in base.alive
        for heading, parts in sections_of(page)
    ]
    if not sections:
        return
    texts = [f"{section.heading}. {section.text}" for section in sections]
    titles = [page.article.title for page in base.alive]
    vectors = np.asarray(base.embedder.embed(texts), dtype=np.float32)
    title_of = dict(zip(titles, np.asarray(base.embedder.embed(titles)), strict=True))
    by_page: dict[str, list[int]] = {}
    for at, section in enumerate(sections):
        by_page.setdefault(section.page.file, []).append(at)
    readers = np.asarray([_readers(section.page) for section in sections])
    pages = np.asarray([section.page.file for section in sections])
    for own in by_page.values():
        if len(own) < _FEWEST_SECTIONS:
            continue
        inside = vectors[own] @ vectors[own].T
        np.fill_diagonal(inside, -1.0)
        title = vectors[own] @ title_of[sections[own[0]].page.article.title]
        strange = [
            at
            for row, at in enumerate(own)
            if max(*inside[row], title[row]) < _STRANGE and len(sections[at].text) >= _SHORTEST
        ]
        moved = False
        for at in strange:
            cosines = vectors @ vectors[at]
            cosines[(pages == pages[at]) | (readers != readers[at])] = -1.0
            home = int(cosines.argmax())
            if cosines[home] >= _AT_HOME:
                moved = True
                yield _belongs_elsewhere(sections[at], sections[home])
        if not moved:
            telling = [row for row, at in enumerate(own) if len(sections[at].text) >= _SHORTEST]
            said = [sections[own[row]] for row in telling]
            yield from _many_topics(said, inside[np.ix_(telling, telling)])


def _readers(page: Page) -> str:
    return f"{page.article.audience} {page.article.language}"


def _belongs_elsewhere(section: _Section, home: _Section) -> Finding:
    return found(
        "SEVERAL_TOPICS",
        section.page,
        section.line,
        f"The section “{section.heading}” has nothing to do with the rest of this page; it is near"
        f" to “{home.heading or home.page.article.title}” in {home.page.file}",
        about=section.heading,
        cure=f"move it to {home.page.file}, or to a page of its own",
        also=[Place(file=home.page.file, line=home.line)],
    )


def _many_topics(sections: list[_Section], inside: Any) -> Iterator[Finding]:
    topics = _groups(inside)
    if len(topics) < _FEWEST_TOPICS:
        return
    named = "; ".join(
        ", ".join(f"“{sections[at].heading}”" for at in sorted(topic)) for topic in topics
    )
    page = sections[0].page
    yield found(
        "SEVERAL_TOPICS",
        page,
        sections[0].line,
        f"{len(topics)} topics on one page: {named}",
        about=page.article.title,
        cure="give each topic a page of its own",
    )


def _groups(inside: Any) -> list[set[int]]:
    """Sections that are chained by likeness, in the page's order."""
    groups: list[set[int]] = []
    for at in range(len(inside)):
        near = {at, *(int(other) for other in np.flatnonzero(inside[at] >= _APART))}
        touching = [group for group in groups if group & near]
        groups = [group for group in groups if not group & near]
        groups.append(near.union(*touching))
    return sorted(groups, key=min)
