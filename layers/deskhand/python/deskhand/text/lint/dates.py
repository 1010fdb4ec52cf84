"""Finds pages that are old, whose days are unclear, or that hold beside another one."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations, pairwise

from deskhand.domain.finding import Finding, Place
from deskhand.text.lint.base import Base
from deskhand.text.lint.catalogue import found
from deskhand.text.lint.pages import Page

_POLICY = re.compile(r"\b(?:polic(?:y|ies)|terms|conditions of|agreement|tariff)\b", re.IGNORECASE)


def is_policy(page: Page) -> bool:
    """Whether it lays down a rule: it has a policy id, or its title says so."""
    return bool(page.article.policy_id or _POLICY.search(page.article.title))


def stale(base: Base) -> Iterator[Finding]:
    """STALE: not reviewed for too long, or nobody knows when. What has ended may be old."""
    for page in base.alive:
        reviewed = page.article.last_reviewed
        line = page.line_of("last_reviewed")
        if reviewed is None:
            words = "Nothing says when somebody last read this page"
            yield found("STALE", page, 1, words, about="last_reviewed")
        elif reviewed > base.today:
            words = f"last_reviewed is {reviewed}, a day that is yet to come"
            yield found("STALE", page, line, words, about="last_reviewed", cure="correct the day")
        elif (age := (base.today - reviewed).days) > base.stale_days:
            words = f"Last reviewed on {reviewed}, {age} days ago; {base.stale_days} are allowed"
            yield found("STALE", page, line, words, about="last_reviewed")


def unclear_dates(base: Base) -> Iterator[Finding]:
    """DATES: a policy without its first day, and what has ended but is still there."""
    for page in base.pages:
        said = page.article
        if is_policy(page) and said.effective_from is None:
            words = "This page lays down a rule, but not from which day on it holds"
            cure = "say effective_from in the front matter"
            yield found("DATES", page, 1, words, about="effective_from", cure=cure)
        until = said.effective_until
        if until and until < base.today and said.audience == "public":
            yield found(
                "DATES",
                page,
                page.line_of("effective_until"),
                f"Its last day was {until}, and it is still a public page",
                about="effective_until",
                cure="remove it, or make it internal if colleagues still need it",
            )


def versions(base: Base) -> Iterator[Finding]:
    """TWO_IN_FORCE and DATES: the versions of one policy overlap, or leave days without any."""
    told: set[frozenset[str]] = set()
    for by in (_by_policy(base), _by_title(base)):
        for name, pages in by.items():
            for one, other in combinations(pages, 2):
                both = frozenset((one.file, other.file))
                if both not in told and one.meets(other) and _same_readers(one, other):
                    told.add(both)
                    yield _overlap(name, one, other)
    for name, pages in _by_policy(base).items():
        yield from _gaps(name, pages)


def _by_policy(base: Base) -> dict[str, list[Page]]:
    grouped: dict[str, list[Page]] = defaultdict(list)
    for page in base.pages:
        if page.article.policy_id:
            grouped[page.article.policy_id].append(page)
    return {name: sorted(pages, key=_first_day) for name, pages in grouped.items()}


def _by_title(base: Base) -> dict[str, list[Page]]:
    grouped: dict[str, list[Page]] = defaultdict(list)
    for page in base.pages:
        grouped[" ".join(page.article.title.casefold().split())].append(page)
    return {
        f"the title “{pages[0].article.title}”": sorted(pages, key=_first_day)
        for pages in grouped.values()
        if any(is_policy(page) for page in pages)
    }


def _first_day(page: Page) -> tuple[date, str]:
    return page.article.effective_from or date.min, page.file


def _same_readers(one: Page, other: Page) -> bool:
    mine, its = one.article, other.article
    return (
        mine.language == its.language
        and mine.audience == its.audience
        and mine.only_for == its.only_for
        and (mine.product == its.product or not (mine.product and its.product))
    )


def _overlap(name: str, one: Page, other: Page) -> Finding:
    begins = max(_first_day(one)[0], _first_day(other)[0])
    since = f" from {begins} on" if begins > date.min else ""
    return found(
        "TWO_IN_FORCE",
        other,
        other.line_of("effective_from"),
        f"Both this page and {one.file} are in force for {name}{since}",
        about=f"{name}\n{one.file}",
        also=[Place(file=one.file, line=one.line_of("effective_until"))],
    )


def _gaps(name: str, pages: Sequence[Page]) -> Iterator[Finding]:
    for one, other in pairwise(pages):
        ends, begins = one.article.effective_until, other.article.effective_from
        if ends and begins and begins - ends > timedelta(days=1):
            yield found(
                "DATES",
                other,
                other.line_of("effective_from"),
                f"No version of {name} is in force between {ends} ({one.file}) and {begins}",
                about=f"gap\n{name}\n{one.file}",
                cure="let one version begin on the day after the other ends",
                also=[Place(file=one.file, line=one.line_of("effective_until"))],
            )
