"""Finds what the front matter leaves open, and what could not be read at all."""

import re
from collections.abc import Iterator

from deskhand.domain.finding import Finding
from deskhand.text.language import language_of
from deskhand.text.lint.base import Base
from deskhand.text.lint.catalogue import found
from deskhand.text.lint.dates import is_policy
from deskhand.text.lint.pages import Page

_LINE = re.compile(r"\bline (\d{1,6})\b")
_ENOUGH_TO_TELL = 200
"""So many characters tell a language for sure."""


def troubles(base: Base) -> Iterator[Finding]:
    """TROUBLE: what the source could not read, and macros that cannot be filled in."""
    for trouble in base.troubles:
        said = _LINE.search(trouble.reason)
        line = max(int(said[1]), 1) if said else 1
        reason = trouble.reason.removeprefix(f"{trouble.name}: ")
        told = found("TROUBLE", trouble.name, line, reason, about=_LINE.sub("", reason))
        noticed = trouble.kind == "noticed"
        yield told.model_copy(update={"severity": "warning"}) if noticed else told


def missing_metadata(base: Base) -> Iterator[Finding]:
    """MISSING_METADATA: category, language, audience and policy id, as far as they are needed."""
    for page in base.alive:
        for key, words, cure in _missing(page, base):
            yield found("MISSING_METADATA", page, page.line_of(key), words, about=key, cure=cure)


def _missing(page: Page, base: Base) -> Iterator[tuple[str, str, str]]:
    said = page.article
    known = ", ".join(sorted(base.categories))
    if "category" not in page.keys:
        yield "category", "It has no category, so no intent looks for it", f"say one of {known}"
    elif base.categories and said.category not in base.categories and said.audience == "public":
        yield (
            "category",
            f"No intent draws on the category {said.category}, so the page is hardly ever found",
            f"take one of {known}, or name it as knowledge of an intent",
        )
    if "audience" not in page.keys:
        yield (
            "audience",
            "It does not say whom it is for, so it is told to everybody",
            "say audience: public or internal",
        )
    text = " ".join(part.text for part in page.parts)
    if "language" not in page.keys:
        yield "language", "It does not say its language", f"say language: {language_of(text)}"
    elif len(text) >= _ENOUGH_TO_TELL and (reads := language_of(text)) != said.language:
        words = f"It says language {said.language} but reads like {reads}"
        yield "language", words, "correct the language"
    if is_policy(page) and not said.policy_id:
        yield (
            "policy_id",
            "It lays down a rule without a policy id, so nobody can tell its versions apart",
            "give it a policy_id that all its versions share",
        )
