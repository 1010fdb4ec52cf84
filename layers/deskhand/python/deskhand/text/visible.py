"""Leaves of a text what is written: all that a reader would see, and nothing that they would not.

What markup hides is no matter of characters: `unseen` finds that in articles.
"""

import re
import unicodedata

_NOT_WRITTEN = frozenset({"Cc", "Cf", "Co", "Cs"})
"""Controls, marks without width or that turn the line, letters of no font, halves of characters."""
_KEPT = frozenset("\n\t\u200c\u200d")
"""Line breaks, and the joiners that other scripts and emoji need."""
_SMUGGLED = re.compile(
    "[\U000e0000-\U000e0fff\ufe00-\ufe0d\u034f\u115f\u1160\u3164\uffa0]"
    "|(?<=[ -\u024f])[\u200c\u200d]+(?=[ -\u024f])"
    "|(?<=[\u200c\u200d])[\u200c\u200d]+"
)
"""Tag letters, selectors of variants but the two that emoji need, fillers, and joiners that join
nothing: each can carry a text that only a machine reads."""
_BREAKS = re.compile("\r\n?|[\u2028\u2029\x85\x0b\x0c]")


def visible(text: str) -> str:
    """The text without the characters that nobody would see; every line ends in a line feed."""
    lines = _SMUGGLED.sub("", _BREAKS.sub("\n", text))
    return "".join(
        sign for sign in lines if sign in _KEPT or unicodedata.category(sign) not in _NOT_WRITTEN
    )


def one_line(text: str) -> str:
    """The same in one line, with single spaces."""
    return " ".join(visible(text).split())
