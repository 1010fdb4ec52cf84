"""What a document is once it is read: Markdown, and what it says about itself."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

FieldValue = str | int | date

_SHOWN = 60
_A_WORD = re.compile(r"\w\w")
_MARKUP = re.compile(r"([\\`*_\[\]<>|&~])")
_LEADS_A_LINE = re.compile(r"^(\s*)(?:([#+=-])|(\d{1,9})([.)]))(?=\s|$|[=-])")


@dataclass(frozen=True)
class Page:
    """One document as Markdown."""

    text: str
    fields: Mapping[str, FieldValue] = field(default_factory=dict)
    """By the keys of a front matter; only what the document itself says."""
    notes: tuple[str, ...] = ()
    """What a person should look at, though the document can be read."""


def left_out(hidden: Iterable[str]) -> tuple[str, ...]:
    """A note on words that nobody who opens the document would see; none: nothing was hidden."""
    told = (" ".join(one.split()) for one in hidden)
    passages = list(dict.fromkeys(words for words in told if _A_WORD.search(words)))
    if not passages:
        return ()
    first = passages[0]
    shown = first if len(first) <= _SHOWN else f"{first[:_SHOWN]}…"
    more = f", and {len(passages) - 1} more" if len(passages) > 1 else ""
    return (
        f'invisible text was left out: "{shown}"{more}; make it visible if it belongs there, or'
        " take it out",
    )


def escaped(words: str) -> str:
    """Plain words as Markdown that means just these words."""
    safe = without_macros(_MARKUP.sub(r"\\\1", words))
    return _LEADS_A_LINE.sub(
        lambda found: (
            f"{found[1]}\\{found[2]}" if found[2] else f"{found[1]}{found[3]}\\{found[4]}"
        ),
        safe,
    )


def typed(said: str) -> FieldValue:
    """What a key's value stands for: a whole number, a day, or just these words."""
    if said.isascii() and said.isdecimal() and len(said) < 10:
        return int(said)
    try:
        return date.fromisoformat(said) if len(said) == 10 else said
    except ValueError:
        return said


def without_macros(markdown: str) -> str:
    """The Markdown with what our articles write as macros and conditions as plain words: only
    Markdown that our own people wrote may include other articles."""
    return markdown.replace("{{", r"\{{").replace(":::", r"\:::")


def language_in(tag: str) -> str:
    """The two letters of a language tag such as `de-AT`, or nothing."""
    found = re.match(r"([A-Za-z]{2})(?:[-_]|$)", tag.strip())
    return found[1].lower() if found else ""
