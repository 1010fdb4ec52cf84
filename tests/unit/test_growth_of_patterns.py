"""Every pattern by which a text is read takes time that grows with the text, not with its square.

Each is given hostile texts made of its own words, and of what patterns stumble over most: a text
four times as long may take four times as long. What is measured is the growth, never a time.
"""

import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice, permutations

import pytest

import deskhand.text
from deskhand.domain import audit
from deskhand.text.noise import why_noise
from deskhand.text.quoted import own_text

SHORT, LONG = 1_500, 6_000
MOST_GROWTH = 9.0
"""Four times the text takes four times the time; where it goes by the square, sixteen times."""
TOO_QUICK_TO_TELL_S = 0.004
"""A pattern that reads the long text in less is done with the longest message that is read
(20,000 characters) in a twentieth of a second even by the square."""

HOPELESS_S = 0.5
"""A short text that takes longer: the long one would hardly end."""

PIECES = [
    " ",
    "a",
    "0",
    ".",
    "-",
    "<",
    ">",
    "(",
    "@",
    "\n",
    "'",
    "!",
    ",",
    "#",
    "/",
    "\t",
    "\u20ac",
]
PIECES += ["a ", "1 ", "0,", "1.", "a.", "a@", "x-", ". ", ": ", "- ", "> ", "\n\n", "http://a "]


def _patterns_in(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple | list | set | frozenset):
        for one in value:
            yield from _patterns_in(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _patterns_in(one)


@cache
def every_pattern() -> dict[str, re.Pattern[str]]:
    """All that are compiled when the modules are loaded, each once, by where it stands."""
    found: dict[re.Pattern[str], str] = {}
    names = [f"deskhand.text.{one.name}" for one in pkgutil.iter_modules(deskhand.text.__path__)]
    for name in (*names, audit.__name__):
        for variable, value in vars(importlib.import_module(name)).items():
            for number, pattern in enumerate(_patterns_in(value)):
                where = f"{name.rpartition('.')[2]}.{variable}" + (f"[{number}]" if number else "")
                found.setdefault(pattern, where)
    return {where: pattern for pattern, where in found.items()}


def hostile_texts(pattern: re.Pattern[str], length: int) -> Iterator[str]:
    words = re.findall(r"[A-Za-z']+", re.sub(r"\\[a-zA-Z]", " ", pattern.pattern))
    own = list(dict.fromkeys(words))
    pairs = (f"{one} {other} " for one, other in islice(permutations(own[:5], 2), 20))
    for piece in (*PIECES, *(f"{word} " for word in own[:15]), *pairs, " ".join(own[:40]) + " "):
        for before in ("", *(f"{word} " for word in own[:2])):
            yield (before + piece * (length // len(piece) + 1))[:length] + "\x00"


def seconds(pattern: re.Pattern[str], text: str) -> float:
    began_s = time.process_time()
    pattern.search(text)
    return time.process_time() - began_s


def growth(pattern: re.Pattern[str], short: str, long: str) -> float:
    """How much longer the long text takes; of several tries the kindest, for the machine is not
    ours alone."""
    tries = (seconds(pattern, long) / max(seconds(pattern, short), 1e-9) for _ in range(3))
    return min(tries)


def stumbles(pattern: re.Pattern[str]) -> str:
    """The beginning of a text over which the pattern stumbles; empty where there is none."""
    for short, long in zip(
        hostile_texts(pattern, SHORT), hostile_texts(pattern, LONG), strict=True
    ):
        if seconds(pattern, short) > HOPELESS_S:
            return repr(short[:40])
        quick = seconds(pattern, long) < TOO_QUICK_TO_TELL_S
        if not quick and growth(pattern, short, long) > MOST_GROWTH:
            return repr(long[:40])
    return ""


@pytest.mark.parametrize("where", every_pattern())
def test_a_pattern_takes_time_that_grows_with_the_text(where: str) -> None:
    assert stumbles(every_pattern()[where]) == ""


@pytest.mark.parametrize(
    "bad", [r"\S*@\S+", r"\s*(?:,\s*|\s)and\b", r"^\s*thanks\s*[,.]*\s*$", r"a.*b.*c.*d"]
)
def test_a_pattern_that_goes_by_the_square_or_worse_is_found(bad: str) -> None:
    assert stumbles(re.compile(bad))


LINES = [
    "thanks\n",
    "> x\n",
    "On 2026 Bob wrote:\n",
    "On 2026 Bob wrote:\n> x\n",
    "From: x\n",
    "--\n",
]
LINES += ["\n", " ", "thanks\n\n\n", "please confirm that this e-mail is confidential\n"]


@pytest.mark.parametrize("read", [own_text, lambda text: why_noise(text, text, {})])
@pytest.mark.parametrize("line", LINES)
def test_a_mail_of_one_line_over_and_over_is_read_in_time_that_grows_with_it(
    read: Callable[[str], str], line: str
) -> None:
    def took_s(length: int) -> float:
        text = (line * (length // len(line) + 1))[:length] + "> x"
        began_s = time.process_time()
        read(text)
        return time.process_time() - began_s

    growths = (took_s(160_000) / max(took_s(40_000), 0.002) for _ in range(3))
    assert min(growths) < MOST_GROWTH


def test_there_are_patterns_to_look_at() -> None:
    assert len(every_pattern()) > 80
