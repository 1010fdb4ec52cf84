"""Every code of the lint with its severity, what it means and what to do."""

from collections.abc import Iterable

from deskhand.domain.finding import Finding, Place, Rule
from deskhand.text.lint.pages import Page

RULES = tuple(
    Rule.model_validate(
        {"code": code, "severity": severity, "title": title, "why": why, "cure": cure}
    )
    for code, severity, title, why, cure in (
        (
            "DISAGREE",
            "error",
            "Two places say the same thing with another number, day or no",
            "The agent hands such a ticket to a person, or tells half of the customers the wrong"
            " thing.",
            "keep what is right in one place, and correct or remove the other",
        ),
        (
            "TWO_IN_FORCE",
            "error",
            "Two pages are the rule for one question on the same day",
            "Nobody can say which of them holds.",
            "end the older one with effective_until on the day before the newer begins",
        ),
        (
            "TROUBLE",
            "error",
            "A file or a condition cannot be read",
            "Nothing of it is found, or it is told to the wrong people.",
            "correct the file, and look at it again",
        ),
        (
            "INSTRUCTS_MODEL",
            "error",
            "A text speaks to a language model",
            "It is never obeyed, but somebody put it there, or copied it without looking.",
            "remove it, and find out who wrote it",
        ),
        (
            "INVISIBLE",
            "warning",
            "There is text that a reader does not see",
            "Hidden characters break search, and hide words from whoever reviews the page.",
            "remove it, or write it where it can be seen",
        ),
        (
            "DUPLICATE",
            "warning",
            "The same text stands here twice",
            "Sooner or later one of them is changed and the other is not.",
            "keep one, and link to it or include it",
        ),
        (
            "STALE",
            "warning",
            "Nobody has reviewed the page for long",
            "Old pages are repeated to customers with full confidence.",
            "read it, correct it, and write today's day into last_reviewed",
        ),
        (
            "DATES",
            "warning",
            "It is not clear from when to when a page holds",
            "What is not in force is never told, and what has no end is told for ever.",
            "say effective_from, and effective_until where it ends",
        ),
        (
            "WALL_OF_TEXT",
            "warning",
            "A long text without headings or paragraphs",
            "It is cut where a piece is full and no longer where a thought ends.",
            "cut it into sections with headings, and long paragraphs into short ones",
        ),
        (
            "ELIGIBILITY_IN_PROSE",
            "warning",
            "Conditions with amounts or days stand in running text",
            "A condition that is cut off or overlooked is a promise that nobody meant to give.",
            "write one condition a bullet under a line that ends with a colon",
        ),
        (
            "DEAD_LINK",
            "warning",
            "A link leads nowhere",
            "The customer is sent to a page that is not there.",
            "correct the link or remove it",
        ),
        (
            "MISSING_METADATA",
            "warning",
            "The front matter leaves open what a search needs to know",
            "A page in no known category is not found for any intent.",
            "add it to the front matter",
        ),
        (
            "SEVERAL_TOPICS",
            "note",
            "A page speaks of several things",
            "Its pieces carry a title that does not fit them, and are found less well.",
            "move the section that does not belong to a page of its own",
        ),
        (
            "NOTHING_TO_ACCEPT",
            "note",
            "What lint.toml accepts is no longer there",
            "It would hide the next fault of its kind.",
            "remove it from lint.toml",
        ),
    )
)
RULE_OF = {rule.code: rule for rule in RULES}


def found(
    code: str,
    page: Page | str,
    line: int,
    words: str,
    *,
    about: str = "",
    cure: str = "",
    also: Iterable[Place] = (),
) -> Finding:
    """A finding with its rule's severity, and its cure where no better one is given."""
    rule = RULE_OF[code]
    file = page if isinstance(page, str) else page.file
    return Finding(
        code=code,
        severity=rule.severity,
        place=Place(file=file, line=line),
        words=words,
        cure=cure or rule.cure,
        about=about,
        also=tuple(also),
    )
