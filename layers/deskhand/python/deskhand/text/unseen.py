"""Takes out of a text the characters and passages that nobody who reads it would see."""

import re
from collections.abc import Iterator
from itertools import accumulate

_TAGS = re.compile("[\U000e0000-\U000e007f]+")
"""Letters that no font draws: a model reads them, a person does not."""
_NO_WIDTH = re.compile(
    "[\u00ad\u180e\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0100-\U000e01ef]"
)
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Characters that turn the direction of what follows, so that it is read otherwise than written."""
_JOINERS = re.compile("(?<=[ -\u024f])[\u200c\u200d]+(?=[ -\u024f])")
"""They join letters of other scripts and parts of emoji, and have no use between these."""
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff]")
_IN_A_WORD = re.compile(
    "(?<=[^\\W\\d_])[\u180e\u2060-\u2064\u206a-\u206f]+(?=[^\\W\\d_])"
    "|(?<=[A-Za-z])[\u200c\u200d]+(?=[A-Za-z])"
)
_OPENS = re.compile(r" {0,3}(```+|~~~+)")
_CLOSES = re.compile(r" {0,3}([`~]{3,})[ \t]*")
_OPENS_A_LINE = re.compile(r" {0,3}")
_HIDDEN = re.compile(
    r"<(span|div|p|font|b|i|em|strong|a|small|sub|sup|td|section|details)\b(?=[^<>]{0,300}?"
    r"(?:\shidden\b|display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em)?\s*[;\"']"
    r"|opacity\s*:\s*0\s*[;\"']|color\s*:\s*(?:#fff(?:fff)?\b|white\b|transparent\b)))"
    r"[^<>]{0,300}>(.{0,2000}?)</\1[ \t]*>",
    re.DOTALL | re.IGNORECASE,
)


def seen(text: str) -> tuple[str, tuple[str, ...]]:
    """The text as a reader sees it, and the passages that were hidden from them.

    Comments and markup that hides are looked for as Markdown may hold them, outside of blocks of
    code, which show them.
    """
    hidden = list(_hidden_letters(text))
    clean = _CONTROLS.sub("", _TURNS.sub("", _JOINERS.sub("", _NO_WIDTH.sub("", text))))
    clean = _TAGS.sub("", clean)
    kept: list[str] = []
    place = 0
    for start, end in (*_fenced(clean), (len(clean), len(clean))):
        prose, comments = _without_comments(clean[place:start])
        hidden.extend(comments)
        hidden.extend(found[2] for found in _HIDDEN.finditer(prose))
        kept.extend((_HIDDEN.sub("", prose), clean[start:end]))
        place = end
    passages = (" ".join(passage.split()) for passage in hidden)
    return "".join(kept), tuple(dict.fromkeys(passage for passage in passages if passage))


def _fenced(text: str) -> Iterator[tuple[int, int]]:
    """Where the blocks of code between fences are; a fence that is never closed is none."""
    lines = text.split("\n")
    marks = [(found[1] if (found := _CLOSES.fullmatch(line)) else "") for line in lines]
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    unclosed: set[str] = set()
    behind = 0
    for at, line in enumerate(lines):
        opening = _OPENS.match(line)
        if at < behind or opening is None or any(opening[1].startswith(one) for one in unclosed):
            continue
        following = range(at + 1, len(lines))
        closing = next((one for one in following if marks[one].startswith(opening[1])), None)
        if closing is None:
            unclosed.add(opening[1])
            continue
        behind = closing + 1
        yield starts[at], starts[behind] - 1


def _without_comments(text: str) -> tuple[str, list[str]]:
    """A comment ends at its mark, or with the text if it opens a line; else it is no comment."""
    kept: list[str] = []
    comments: list[str] = []
    place = 0
    while (start := text.find("<!--", place)) >= 0:
        end = text.find("-->", start + 4)
        if end < 0 and not _OPENS_A_LINE.fullmatch(text[text.rfind("\n", 0, start) + 1 : start]):
            break
        kept.append(text[place:start])
        comments.append(text[start + 4 : end if end >= 0 else len(text)])
        place = end + 3 if end >= 0 else len(text)
    return "".join([*kept, text[place:]]), comments


def _hidden_letters(text: str) -> Iterator[str]:
    for found in _TAGS.finditer(text):
        yield "".join(chr(ord(char) - 0xE0000) for char in found[0] if ord(char) >= 0xE0020)
    if turned := _TURNS.search(text):
        around = text[max(0, turned.start() - 30) : turned.end() + 30]
        yield f"text that is turned around near: {around}"
    if broken := _IN_A_WORD.search(text):
        around = text[max(0, broken.start() - 20) : broken.end() + 20]
        yield f"characters without width inside a word: {_NO_WIDTH.sub('', around)}"
