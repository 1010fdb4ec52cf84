"""Words as the desk compares them: in lower case, by stem, and without those that say nothing."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_STRAIGHT = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u00b4": "'",
        "`": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u201e": '"',
        "\u2013": "-",
        "\u2014": "-",
        "\u00a0": " ",
    }
)


def listed(text: str) -> frozenset[str]:
    """A set of words from a text that lists them."""
    return frozenset(text.split())


STOP_WORDS = listed(
    """
    a about after again all also am an and any anything are aren't as at be because been before
    being but by can can't cannot could couldn't did didn't do does doesn't doing don't done for
    from get gets getting got had has hasn't have haven't having he her here him his how i i'd i'll
    i'm i've if im in into is isn't it it's its ive just let me my no nor not now of off on once
    only or our out over own please pls she should so some such than that that's the their them
    then there these they this those through to too under until up us very was wasn't we we'd we'll
    we're we've were weren't what what's when where where's which while who why will with won't
    would yes you you'd you'll you're you've your yours
    """
)


def words(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, in order; `don't` is one word."""
    return tuple(_WORD.findall(straight(text).lower()))


def straight(text: str) -> str:
    """The same text, as long, with plain apostrophes, quotation marks, dashes and spaces."""
    return text.translate(_STRAIGHT)


def stems(text: str) -> tuple[str, ...]:
    """The stems of the words that say something, in order; all words when none of them does."""
    said = words(text)
    telling = [word for word in said if word not in STOP_WORDS]
    return tuple(stem(word) for word in telling or said)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """What `refund`, `refunds` and `refunded` have in common."""
    return str(_stemmer().stemWord(word))


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    # Imported on first use: the package loads the rules of thirty languages, and intake needs none.
    import snowballstemmer

    return snowballstemmer.stemmer("english")


def phrase_at(said: Sequence[str], phrase: Sequence[str]) -> list[int]:
    """Where a phrase stands in a text, word for word; a plural or possessive of its last word is it
    too."""
    if not phrase:
        return []
    *head, last = phrase
    endings = {last, f"{last}s", f"{last}es", f"{last}'s"}
    if endings.isdisjoint(said):
        return []
    before = len(head)
    return [
        at - before
        for at, word in enumerate(said)
        if word in endings and at >= before and list(said[at - before : at]) == head
    ]
