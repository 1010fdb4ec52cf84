"""Takes out of a text the characters and passages that nobody who reads it would see."""

import re
from collections.abc import Iterator

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
_FENCED = re.compile(
    r"^ {0,3}(```+|~~~+)[^\n]*\n.*?^ {0,3}\1[`~]*[ \t]*$", re.DOTALL | re.MULTILINE
)
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
    fence: re.Match[str] | None
    for fence in [*_FENCED.finditer(clean), None]:
        prose = clean[place : fence.start() if fence else len(clean)]
        prose, comments = _without_comments(prose)
        hidden.extend(comments)
        hidden.extend(found[2] for found in _HIDDEN.finditer(prose))
        kept.append(_HIDDEN.sub("", prose))
        if fence:
            kept.append(fence[0])
            place = fence.end()
    passages = (" ".join(passage.split()) for passage in hidden)
    return "".join(kept), tuple(dict.fromkeys(passage for passage in passages if passage))


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
