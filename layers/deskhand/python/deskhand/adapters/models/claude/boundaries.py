"""Keeps what comes from outside between tags that nobody outside can write: our words and theirs
are told apart by where they stand."""

import base64
import hashlib
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count

from deskhand.text.tokens import shortened
from deskhand.text.visible import visible

MARK_CHARS = 8
OPENING = "The mark of this message is {mark}."
MARKED = re.compile(rf"\A{OPENING.format(mark=f'([A-Z2-7]{{{MARK_CHARS}}})')}")
_SEPARATE = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Outside:
    """A piece of untrusted text: what it is, in a word of ours, and no more of it than so many
    tokens."""

    name: str
    text: str
    most_tokens: int


Part = str | Outside
"""Words of ours, or something from outside."""
MarkOf = Callable[[Sequence[str]], str]


def mark_of_content(texts: Sequence[str]) -> str:
    """A mark that stands in none of these texts, however it is spelled there.

    It is made of the texts themselves: whoever wrote one of them in advance would have had to know
    all of them, and to write the mark into one makes it another mark. The same texts have the same
    mark everywhere, so that what was recorded can be replayed.
    """
    digest = hashlib.sha256(
        b"\0".join(text.encode("utf-8", errors="replace") for text in texts)
    ).digest()
    spelled = "\n".join(
        _SEPARATE.sub("", unicodedata.normalize("NFKC", text)).upper() for text in texts
    )
    return next(
        mark for mark in (_mark(digest, number) for number in count()) if mark not in spelled
    )


def composed(parts: Sequence[Part], mark_of: MarkOf = mark_of_content) -> str:
    """All parts in order, after a line that tells the mark; what is from outside stands between
    tags with that mark, shortened where it is too long."""
    shown = [
        Outside(part.name, shortened(visible(part.text), part.most_tokens), part.most_tokens)
        if isinstance(part, Outside)
        else part
        for part in parts
    ]
    mark = mark_of([part.text for part in shown if isinstance(part, Outside)])
    said = [
        f"<{part.name} {mark}>\n{part.text}\n</{part.name} {mark}>"
        if isinstance(part, Outside)
        else part
        for part in shown
        if part
    ]
    return "\n".join([OPENING.format(mark=mark), *said])


def without_mark(composed_text: str) -> str:
    """The same message with a mark that says nothing, so that two messages can be compared."""
    found = MARKED.match(composed_text)
    return composed_text.replace(found[1], "-" * MARK_CHARS) if found else composed_text


def _mark(digest: bytes, number: int) -> str:
    seed = hashlib.sha256(digest + str(number).encode()).digest()
    return base64.b32encode(seed).decode()[:MARK_CHARS]
