"""What help centres of every vendor say of a page in their own words, in ours."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_CATEGORY = 60
"""What an article may say of itself."""
_LABEL = re.compile(r"(authority|policy|category)-(\S+)")
_AUTHORITY = re.compile(r"[0-9]{1,3}")
_LOCALE = re.compile(r"([A-Za-z]{2})(?:[-_][A-Za-z0-9]{1,8}){0,3}")
_BETWEEN_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Labels:
    """What labels such as `authority-5`, `policy-RET-1` and `category-returns` say."""

    authority: int = 0
    policy_id: str = ""
    category: str = ""
    troubles: tuple[str, ...] = ()
    """What is wrong with them; they count for nothing then."""


def read_labels(labels: Iterable[str]) -> Labels:
    """What the labels that we know say; the others are not ours."""
    said: dict[str, str] = {}
    troubles: list[str] = []
    for label in labels:
        found = _LABEL.fullmatch(label.strip())
        if found is None:
            continue
        if found[1] == "authority" and not _AUTHORITY.fullmatch(found[2]):
            troubles.append(f"its label {found[0]!r} counts for nothing: write authority-5")
        elif said.setdefault(found[1], found[2]) != found[2]:
            troubles.append(f"its label {found[0]!r} counts for nothing: take one of the two off")
    category = as_category(said["category"]) if "category" in said else ""
    authority = int(said.get("authority", "0"))
    return Labels(authority, said.get("policy", ""), category, tuple(troubles))


def as_category(name: str) -> str:
    """A name in people's words as the one word of a category: `Returns & refunds` is
    `returns-refunds`."""
    word = _BETWEEN_WORDS.sub("-", name.strip().lower()).strip("-")
    return word[:LONGEST_CATEGORY].rstrip("-") or "general"


def as_language(locale: str) -> str:
    """The two letters of a locale such as `en-us`. ValueError: it has none."""
    found = _LOCALE.fullmatch(locale)
    if found is None:
        raise ValueError(f"its locale {locale!r} is no language of two letters, so it is not read")
    return found[1].lower()
