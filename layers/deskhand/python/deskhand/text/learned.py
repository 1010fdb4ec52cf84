"""Writes an article from what a person answered a customer, without what is personal in it."""

from collections.abc import Iterable
from datetime import date

import yaml

from deskhand.text.injections import orders_a_model
from deskhand.text.masks import masked
from deskhand.text.quoted import own_text
from deskhand.text.sentences import sentences

LONGEST_TITLE = 90
INTERNAL, PUBLIC = "audience: internal\n", "audience: public\n"


def article_from(
    question: str,
    answers: Iterable[str],
    *,
    names: Iterable[str],
    category: str,
    today: date,
) -> str:
    """Markdown with front matter, only for colleagues until a person approves it.

    `ValueError`: nobody may learn that; it says why.
    """
    known = tuple(names)
    asked = masked(own_text(question), names=known)
    told = masked("\n\n".join(own_text(answer) for answer in answers), names=known)
    for text in (asked.text, told.text):
        if orders_a_model(text):
            raise ValueError("what was written there gives orders to a language model")
    if not told.text.strip():
        raise ValueError("nothing was answered in words")
    title = _title(asked.text)
    said = {
        "title": title,
        "audience": "internal",
        "category": category,
        "authority": 0,
        "last_reviewed": today,
    }
    front = yaml.safe_dump(said, sort_keys=False, allow_unicode=True, width=1_000)
    return f"---\n{front}---\n\n# {title}\n\n{_plain(told.text)}\n"


def published(text: str) -> str:
    """The article for everybody."""
    return text.replace(INTERNAL, PUBLIC, 1)


def _title(asked: str) -> str:
    """The first sentence that asks, or else the first one."""
    said = sentences(asked) or ("A question",)
    telling = next((one for one in said if one.endswith("?")), said[0])
    title = " ".join(telling.split()).lstrip("#>-*+ ")
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1].rstrip()}…"


def _plain(told: str) -> str:
    """A person's words are no Markdown: what would begin a heading or a block is text."""
    lines = (line.strip() for line in told.strip().splitlines())
    return "\n".join(
        f"\\{line}" if line.startswith(("#", "---", ":::")) else line for line in lines
    )
