"""Finds what speaks to a language model, and what a reader of the page does not see."""

import re
import unicodedata
from collections.abc import Iterator

from deskhand.domain.finding import Finding
from deskhand.text.injections import orders_a_model
from deskhand.text.lint.base import Base
from deskhand.text.lint.catalogue import found
from deskhand.text.lint.pages import Page

_TAGS = re.compile("[\U000e0000-\U000e007f]+")
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]+")
_ZERO_WIDTH = re.compile(
    "[\u200b\u2060-\u2064\ufeff\u00ad\u180e]+|(?<=[A-Za-z0-9 ])[\u200c\u200d]+"
    "|[\u115f\u1160\u3164]+"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]+")
_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_UNSEEN = re.compile(
    r"<\w{1,30}\b[^<>]{0,300}?(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|"
    r"opacity\s*:\s*0(?![.\d])|\bhidden\b)[^<>]{0,300}>",
    re.IGNORECASE,
)
_KINDS = (
    (_TAGS, "error", "letters that no screen shows: “{told}”"),
    (_DIRECTIONS, "error", "characters that turn the direction of writing ({told})"),
    (_ZERO_WIDTH, "warning", "characters without a width ({told})"),
    (_CONTROL, "warning", "control characters ({told})"),
)


def instructs_model(base: Base) -> Iterator[Finding]:
    """INSTRUCTS_MODEL: once a line, also in comments and in letters that no screen shows."""
    for page in _written_in_lines(base):
        lines = [_read_by_a_model(line) for line in page.lines]
        told = 0
        for at, (line, following) in enumerate(zip(lines, [*lines[1:], ""], strict=True), 1):
            alone = orders_a_model(line)
            if at > told and (alone or _wrapped(line, following)):
                told = at if alone else at + 1
                words = f"This speaks to a language model: “{line.strip()[:100]}”"
                yield found("INSTRUCTS_MODEL", page, at, words, about=line)


def _wrapped(line: str, following: str) -> bool:
    """Whether the order begins in one line of a paragraph and ends in the next."""
    both = bool(line.strip() and following.strip()) and not orders_a_model(following)
    return both and orders_a_model(f"{line} {following}")


def _read_by_a_model(line: str) -> str:
    decoded = _TAGS.sub(lambda match: _decoded(match[0]), line)
    return unicodedata.normalize("NFKC", _bare(decoded))


def invisible(base: Base) -> Iterator[Finding]:
    """INVISIBLE: characters, comments and elements that are there and are not shown."""
    for page in _written_in_lines(base):
        for at, line in enumerate(page.lines, 1):
            yield from _characters(page, at, line)
        yield from _elements(page)


def _written_in_lines(base: Base) -> Iterator[Page]:
    """From other formats the source takes such text out, and says so."""
    return (page for page in base.pages if page.has_lines)


def _characters(page: Page, at: int, line: str) -> Iterator[Finding]:
    clean = line.removeprefix("\ufeff") if at == 1 else line
    for pattern, severity, words in _KINDS:
        matches = pattern.findall(clean)
        if matches:
            told = _decoded("".join(matches)) if pattern is _TAGS else _named("".join(matches))
            finding = found(
                "INVISIBLE", page, at, "There are " + words.format(told=told), about=_bare(clean)
            )
            yield finding.model_copy(update={"severity": severity})


def _elements(page: Page) -> Iterator[Finding]:
    text = "\n".join(page.lines)
    in_code = _code_lines(page)
    for pattern, kind in ((_COMMENT, "a comment"), (_UNSEEN, "an element")):
        for match in pattern.finditer(text):
            at = text.count("\n", 0, match.start()) + 1
            if at in in_code:
                continue
            said = " ".join((match[1] if pattern is _COMMENT else match[0]).split())[:60]
            words = f"There is {kind} that nobody sees on the page: “{said}”"
            yield found("INVISIBLE", page, at, words, about=match[0])


def _code_lines(page: Page) -> frozenset[int]:
    inside = False
    found_lines: set[int] = set()
    for at, line in enumerate(page.lines, 1):
        if line.lstrip().startswith(("```", "~~~")):
            inside = not inside
        elif inside:
            found_lines.add(at)
    return frozenset(found_lines)


def _bare(line: str) -> str:
    for pattern in (_DIRECTIONS, _ZERO_WIDTH, _CONTROL, _TAGS):
        line = pattern.sub("", line)
    return line


def _decoded(tags: str) -> str:
    return "".join(chr(ord(tag) - 0xE0000) for tag in tags if 0xE0020 <= ord(tag) <= 0xE007E)


def _named(characters: str) -> str:
    codes = sorted({f"U+{ord(character):04X}" for character in characters})
    return f"{', '.join(codes)}, {len(characters)} in all"
