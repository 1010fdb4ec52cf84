"""Writes an article from what a person answered a customer, without what is personal in it."""

import re
from collections.abc import Iterable
from datetime import date

import yaml

from deskhand.text.front_matter import read_article
from deskhand.text.injections import orders_a_model
from deskhand.text.masks import masked
from deskhand.text.quoted import own_text
from deskhand.text.sentences import sentences

LONGEST_TITLE = 90
_MASK = re.compile(r"\[(?:account|address|card|e-mail|link|name|number|phone)\](?!\()")
_GREETED = re.compile(
    r"\A(?:(?:dear|hi|hello|hey|good (?:morning|day|afternoon|evening))"
    r"(?:(?: \[name\])+[,.!]?|[,.!]|(?=\n))\s*)+",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"(?:\b(?:(?:(?:kind|best|warm) )?(?:regards|wishes)|cheers|sincerely|yours)[,.!]?\s*"
    r"|(?<=[.!?,])\s+|\n)\[name\]\.?\Z",
    re.IGNORECASE,
)
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
    told_to_all = _plain(without_greetings(told.text))
    said = {
        "title": title,
        "audience": "internal",
        "category": category,
        "authority": 0,
        "last_reviewed": today,
    }
    front = yaml.safe_dump(said, sort_keys=False, allow_unicode=True, width=1_000)
    return f"---\n{front}---\n\n# {title}\n\n{told_to_all}\n"


def without_greetings(masked_text: str) -> str:
    """A masked answer without the greeting that it begins with and the names that it ends with."""
    said = _SIGNED.sub("", _GREETED.sub("", masked_text.strip())).strip()
    return said[:1].upper() + said[1:]


def left_to_say(article: str) -> tuple[str, ...]:
    """What was masked in an article and still stands there: customers cannot be told `[name]`."""
    return tuple(dict.fromkeys(_MASK.findall(article)))


def published(text: str) -> str:
    """The article for everybody."""
    return text.replace(INTERNAL, PUBLIC, 1)


def is_internal(text: str) -> bool:
    """Whether its front matter keeps it from customers."""
    try:
        return read_article(text, name="it", article_id="it").audience == "internal"
    except ValueError:  # whoever keeps it tells what is wrong with it
        return False


def _title(asked: str) -> str:
    """The first sentence that asks, or else the first one."""
    said = sentences(asked) or ("A question",)
    telling = next((one for one in said if one.endswith("?")), said[0])
    title = _no_macro(" ".join(telling.split()).lstrip("#>-*+ "))
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1].rstrip()}…"


def _plain(told: str) -> str:
    """A person's words are no Markdown: what would begin a heading, a block or a macro is text."""
    lines = (_no_macro(line.strip()) for line in told.strip().splitlines())
    return "\n".join(
        f"\\{line}" if line.startswith(("#", "---", ":::")) else line for line in lines
    )


def _no_macro(words: str) -> str:
    return words.replace("{{", "\\{{")
