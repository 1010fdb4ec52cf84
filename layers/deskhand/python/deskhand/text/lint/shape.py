"""Finds long running text, and conditions that are buried in it."""

import re
from collections.abc import Iterator

from deskhand.domain.finding import Finding
from deskhand.text.figures import figures
from deskhand.text.lint.base import Base
from deskhand.text.lint.catalogue import found
from deskhand.text.lint.pages import Page, Part
from deskhand.text.sentences import sentences

_STRONG = re.compile(
    r"\b(?:unless|except|provided(?: that)?|as long as|only (?:if|when|once|until|within|for)|"
    r"otherwise|but not|not (?:\w+ ){0,3}until|on condition)\b",
    re.IGNORECASE,
)
_WEAK = re.compile(
    r"\b(?:if|(?<!at )once|until|within|no later than|at least|at most|up to|(?:more|less) than|"
    r"(?:over|above|below|under) (?=[\d€$£])|(?:after|before) (?=\d)|when(?= \w+ \w+))\b",
    re.IGNORECASE,
)
_ELIGIBLE = re.compile(
    r"\b(?:can|can't|cannot|could|may|must|eligible|entitled|qualif\w+|allowed|refund\w*|return\w*|"
    r"cancel\w*|waive\w*|free|reimburse\w*|credit\w*|accept\w*|discount\w*)\b",
    re.IGNORECASE,
)
_MEASURED = {"day", "working day", "month", "hour", "eur", "usd", "gbp", "chf", "%", "kg"}
_ENOUGH = 3
_STRONG_COUNTS = 2


def walls_of_text(base: Base) -> Iterator[Finding]:
    """WALL_OF_TEXT: a paragraph that is too long, or a long page without a heading."""
    longest = base.longest_paragraph
    for page in base.alive:
        for part in page.parts:
            if part.kind in ("text", "item") and len(part.text) > longest:
                words = f"A paragraph of {len(part.text)} characters; up to {longest} can be read"
                yield found("WALL_OF_TEXT", page, part.line, words, about=part.text)
        running = [part for part in page.parts if part.kind != "heading"]
        characters = sum(len(part.text) for part in running)
        if characters > longest and not any(_is_inner_heading(part, page) for part in page.parts):
            words = f"A page of {characters} characters without a heading"
            yield found("WALL_OF_TEXT", page, running[0].line, words, about="headings")


def eligibility_in_prose(base: Base) -> Iterator[Finding]:
    """ELIGIBILITY_IN_PROSE: several conditions with amounts or days in one paragraph."""
    for page in base.alive:
        for part in page.parts:
            if part.kind == "text" and (first := _first_condition(part)):
                yield found(
                    "ELIGIBILITY_IN_PROSE",
                    page,
                    part.line_of(first),
                    f"Who may do what, and until when, is running text here: “{first}”",
                    about=part.text,
                )


def _is_inner_heading(part: Part, page: Page) -> bool:
    return part.kind == "heading" and part.text != page.article.title


def _first_condition(part: Part) -> str:
    """The first sentence with a condition, where there are several; or nothing."""
    rules: list[str] = []
    counted = 0
    for sentence in sentences(part.text):
        strong, weak = len(_STRONG.findall(sentence)), len(_WEAK.findall(sentence))
        if (strong or weak) and _ELIGIBLE.search(sentence):
            rules.append(sentence)
            counted += _STRONG_COUNTS * strong + weak
    measured = any(_MEASURED & figures(sentence).keys() for sentence in rules)
    return rules[0] if measured and counted >= _ENOUGH else ""
