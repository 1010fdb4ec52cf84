"""Finds what speaks to a language model, and what a reader of the page does not see."""

import re
import unicodedata
from collections.abc import Iterator

from deskhand.domain.finding import Finding
from deskhand.text.lint.base import Base
from deskhand.text.lint.catalogue import found
from deskhand.text.lint.pages import Page

_INSTRUCTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:ignore|disregard|forget|override|bypass)\b[^.\n]{0,30}\b(?:previous|prior|above|"
        r"earlier|preceding|all|any|your|these|the) (?:\w+ ){0,2}(?:instructions?|prompts?|rules|"
        r"guidelines|directions|context)\b",
        r"\b(?:system|developer) (?:prompt|message|instructions?)\b",
        r"\b(?:you are|act as|pretend to be|behave as|as) (?:now )?(?:an? )?(?:\w+ ){0,3}?"
        r"(?:AI|LLM|language model|chat ?bot|GPT|assistant|DAN)\b(?! (?:can|could|may|answers))",
        r"\b(?:AI|LLM|language models?|chat ?bots?|GPT|assistants?|models?|agents?)"
        r"(?: (?:reading|processing|summarizing|that reads) this[^.\n:,]{0,30})?"
        r"[:,]? (?:must|should|shall|please|always|has to|have to) (?:now |also |then )?"
        r"(?:say|tell|answer|reply|respond|approve|refund|grant|recommend|include|mention|reveal|ignore|"
        r"output|write|send|offer|give)\b",
        r"\b(?:note|instructions?|message|attention)[: ]+(?:to|for) (?:the |all |any )?(?:AI|LLM|"
        r"language models?|chat ?bots?|GPT|assistants?|models?)\b",
        r"\b(?:reveal|print|repeat|output|leak) (?:\w+ ){0,2}(?:system|hidden|initial|secret) "
        r"(?:prompt|instructions?|rules)\b",
        r"<\|?(?:im_start|im_end|system|endoftext|assistant)\|?>|\[/?INST\]|<<SYS>>|"
        r"^\s*#{0,3}\s*(?:system|assistant)\s*:",
        r"\b(?:respond|reply|answer) (?:only |always )?(?:with|in) (?:the )?(?:json|yes|exactly|"
        r"the following (?:text|words))\b",
        r"\bdo not (?:tell|inform|mention (?:this|it) to) the (?:user|human)\b",
        r"\b(?:call|use|invoke|run|execute) the (?:tool|function|action) `?\w+",
        r"\bnew instructions?\s*:",
    )
)
_TAGS = re.compile("[\U000e0000-\U000e007f]+")
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]+")
_ZERO_WIDTH = re.compile(
    "[\u200b\u2060-\u2064\ufeff\u00ad\u180e]+|(?<=[A-Za-z0-9 ])[\u200c\u200d]+"
    "|[\u115f\u1160\u3164]+"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]+")
_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_UNSEEN = re.compile(
    r"<\w+[^>]*(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|"
    r"opacity\s*:\s*0(?![.\d])|\bhidden\b)[^>]*>",
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
    for page in base.pages:
        for at, line in enumerate(page.lines, 1):
            seen = _TAGS.sub(lambda match: _decoded(match[0]), line)
            plain = unicodedata.normalize("NFKC", _bare(seen))
            if any(pattern.search(plain) for pattern in _INSTRUCTS):
                words = f"This speaks to a language model: “{plain.strip()[:100]}”"
                yield found("INSTRUCTS_MODEL", page, at, words, about=plain)


def invisible(base: Base) -> Iterator[Finding]:
    """INVISIBLE: characters, comments and elements that are there and are not shown."""
    for page in base.pages:
        for at, line in enumerate(page.lines, 1):
            yield from _characters(page, at, line)
        yield from _elements(page)


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
