"""The sentences of a base that commit to a number or a no, and what each of them is about."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from deskhand.domain.evidence import Passage
from deskhand.ports import Embedder
from deskhand.text.conflicts import telling
from deskhand.text.figures import Figures, figures, says_no
from deskhand.text.lint.pages import Page, Part
from deskhand.text.sentences import sentences
from deskhand.text.words import listed, stem, words

_PHRASES = tuple(
    (re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), said)
    for pattern, said in (
        (r"(?:gift )?vouchers?|gift certificates?", "gift card"),
        (r"(?:come|comes|bring|brings|brought|take|takes|hand|give) (?:\w+ ){0,3}?back", "return"),
        (r"(?:send|sends|sending|sent) (?:\w+ ){0,3}?back", "return"),
        (r"(?:money|paid|pays?|paying) (?:\w+ ){0,2}?back", "refund"),
        (r"(?:has )?(?:reached|reaches) you", "arrives"),
        (r"reduced|discounted|marked[- ]down", "sale"),
        (r"good for|stays? good|expires?|lasts?|runs out", "valid"),
        (r"stores?", "shop"),
        (r"rests?|suspend|put on hold", "pause"),
        (r"guarantees?", "warranty"),
    )
)
_SPELLED = re.compile(
    r"\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen|"
    r"twenty|thirty|sixty|ninety)(?=\s(?:working |business |calendar )?"
    r"(?:hour|day|week|fortnight|month|year|minute)s?\b)",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(?<![\w.,:])\d+(?:[.,:]\d+)*(?!\w)")
_SPAN = re.compile(r"\b(?:hours?|days?|weeks?|months?|years?|minutes?)\b", re.IGNORECASE)
_NAME = re.compile(r"(?<=[\w,;:)\"] )[A-Z][\w-]+|\b\w*\d\w*[A-Za-z]\w*\b|\b[A-Z]{2,}\b")
_MONEY = frozenset({"EUR", "USD", "GBP", "CHF", "I"})
_DEEDS = listed("return refund exchang cancel paus delet repair renew swap replac reserv redeem")
_CONTRASTS = listed(
    """
    sale express standard open unopen print digit year month annual week daili larg small big new
    old use first second third member student compani busi guest child adult miss wrong damag broken
    lost late saturday sunday monday tuesday wednesday thursday friday weekend holiday christma
    summer winter cash card paypal invoic transfer minimum maximum basic pro premium enterpris free
    internat domest abroad island trial test stage product live admin owner email phone letter
    colleagu least most top next last pickup collect breakfast lunch check in out renew final
    """
)


@dataclass(frozen=True, eq=False)
class Statement:
    """One sentence of a page."""

    page: Page
    part: Part
    text: str
    figures: Figures = field(repr=False)
    says_no: bool

    @property
    def line(self) -> int:
        """Where it begins."""
        return self.part.line_of(self.text)

    @cached_property
    def about(self) -> frozenset[str]:
        """The stems of what it speaks of."""
        return about(self.text)

    @cached_property
    def deeds(self) -> frozenset[str]:
        """What is done in it: a return is no refund."""
        return self.about & _DEEDS

    @cached_property
    def names(self) -> frozenset[str]:
        """The proper names in it, models among them: another country is no contradiction."""
        said = set(_NAME.findall(self.text)) - _MONEY
        return frozenset(name.lower() for name in said)

    @cached_property
    def contrasts(self) -> frozenset[str]:
        """The words in it that tell one case from another of its kind."""
        return _stems(f"{self.text} {self.part.lead}") & _CONTRASTS

    @property
    def numberless(self) -> str:
        """The sentence with every number and span of time written alike."""
        return _SPAN.sub("days", _DIGITS.sub("5", _SPELLED.sub("5", self.text)))

    @cached_property
    def titled(self) -> frozenset[str]:
        """What the titles above it speak of."""
        return about(f"{self.page.article.title} {' '.join(self.part.headings[-1:])}")

    @property
    def passage(self) -> Passage:
        """The sentence with its titles, as the check of an answer's evidence takes it."""
        told = self.page.article
        lead = f"{self.part.lead}\n- " if self.part.lead else ""
        return Passage(
            id=f"{self.page.file}:{self.line}",
            article_id=f"{self.page.file}:{self.line}",
            title=told.title,
            heading=" > ".join(self.part.headings[1:]),
            text=lead + self.text,
        )


def statements(pages: Sequence[Page]) -> Iterator[Statement]:
    """All sentences that commit to something: a number with its unit, a day, or a no."""
    for page in pages:
        for part in page.parts:
            if part.kind == "heading":
                continue
            for text in sentences(part.text):
                yield Statement(page, part, text, figures(text), says_no(text))


def vectors_of(said: Sequence[Statement], embedder: Embedder) -> Any:
    """One row a statement, blind for numbers; the same words are embedded once."""
    texts = [statement.numberless for statement in said]
    once = list(dict.fromkeys(texts))
    rows = dict(zip(once, np.asarray(embedder.embed(once), dtype=np.float32), strict=True))
    return np.asarray([rows[text] for text in texts])


def about(text: str) -> frozenset[str]:
    """The stems of what a text speaks of; other words for the same thing are one."""
    for pattern, said in _PHRASES:
        text = pattern.sub(said, text)
    return telling(text)


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(text))
