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
        (r"(?<=our )stores?|(?<=the )stores?", "shop"),
        (r"rests?|suspend|put on hold", "pause"),
        (r"guarantees?", "warranty"),
        (r"erased?|wiped?", "delete"),
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
_LIMIT = re.compile(
    r"\b(?:in|within|for|after|than|lasts|until|every) (an?|half an?)"
    r"(?= (?:working |business )?(?:minute|hour|day|week|month|year)\b)",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\b([01]?\d|2[0-3])(?:[:.h]([0-5]\d)\b(?! ?(?:EUR|%))| ?(?=[ap]\.?m\b))", re.I)
_RATE = re.compile(r"\b(?:an?|per|each|every) (minute|hour|day|week|month|year)\b", re.I)
_NO_CASE = re.compile(r"\bfirst (?=\d)|\bothers\b", re.IGNORECASE)
_NO_MORE = re.compile(r"\bno(?:t)? (?:later|longer|more|less|fewer|earlier) than\b", re.IGNORECASE)
_NO_COST = re.compile(r"\bno (?:\w+ )?(?:costs?|charges?|fees?)\b", re.IGNORECASE)
_FEWEST_WORDS = 2
_NOTHING_SAID = re.compile(r"\?\W*$|\bversions?\b|\bv\d|\d+\.\d+\.\d", re.IGNORECASE)
_DEADLINE = re.compile(
    r"\bby(?= (?:the )?\d| [A-Z][a-z]+ \d)|\b(?:until|till|before|from|after|since|starting|"
    r"starts?|begins?|ends?|expires?|valid|due|deadline|through)\b",
    re.IGNORECASE,
)
_HOURS = {"minut": 1 / 60, "hour": 1.0, "day": 24.0, "month": 730.0}
_SAYS_LITTLE = listed("never within insid later most least like all others already")
_NAME = re.compile(r"(?<=[\w,;:)\"] )[A-Z][\w-]+|\b\w*\d\w*[A-Za-z]\w*\b|\b[A-Z]{2,}\b")
_MONEY = frozenset({"EUR", "USD", "GBP", "CHF", "I"})
_DEEDS = listed("return refund exchang cancel paus delet repair renew swap replac reserv redeem")
_CONTRASTS = listed(
    """
    sale express open unopen print digit monthly yearly annual weekly daili larg small big new
    old use member student compani busi guest child adult miss wrong damag broken
    lost late saturday sunday monday tuesday wednesday thursday friday weekend holiday christma
    summer winter cash card paypal invoic transfer minimum maximum basic pro premium enterpris free
    internat domest abroad island trial test stage admin owner email phone letter
    colleagu next last pickup collect breakfast lunch final other
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
        said = _NO_CASE.sub(" ", _alike(f"{self.text} {self.part.lead}".lower()))
        said = said.replace("gift card", "voucher")
        rates = {f"a {rate}" for rate in _RATE.findall(_LIMIT.sub(" ", said))}
        return (_stems(said) & _CONTRASTS) | rates

    @property
    def numberless(self) -> str:
        """The sentence with every number and span of time written alike."""
        return _SPAN.sub("days", _DIGITS.sub("5", _SPELLED.sub("5", self.text)))

    @cached_property
    def titles(self) -> tuple[frozenset[str], frozenset[str]]:
        """What the page's title and the heading above it speak of."""
        heading = self.part.headings[-1] if self.part.headings else ""
        title = self.page.article.title
        return about(title), (about(heading) if heading != title else frozenset())

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
                one = Statement(page, part, text, comparable(text), _denies(text))
                if len(one.about) >= _FEWEST_WORDS and not _NOTHING_SAID.search(text):
                    yield one


def vectors_of(said: Sequence[Statement], embedder: Embedder) -> Any:
    """One row a statement, blind for numbers; the same words are embedded once."""
    texts = [statement.numberless for statement in said]
    once = list(dict.fromkeys(texts))
    rows = dict(zip(once, np.asarray(embedder.embed(once), dtype=np.float32), strict=True))
    return np.asarray([rows[text] for text in texts])


def about(text: str) -> frozenset[str]:
    """The stems of what a text speaks of; other words for the same thing are one."""
    return frozenset(word for word in telling(_alike(text)) - _SAYS_LITTLE if len(word) > 2)


def _alike(text: str) -> str:
    for pattern, said in _PHRASES:
        text = pattern.sub(said, text)
    return text


def _denies(text: str) -> bool:
    return says_no(_NO_COST.sub(" ", _NO_MORE.sub(" ", text)))


def comparable(text: str) -> Figures:
    """The figures of a text, with all spans of time in hours and times of day as one unit."""
    clock = frozenset(int(hour) + int(minute or 0) / 60 for hour, minute in _CLOCK.findall(text))
    plain = _LIMIT.sub(lambda match: match[0].replace(match[1], "1"), _CLOCK.sub(" ", text))
    said: dict[str, frozenset[float]] = {"clock": clock} if clock else {}
    for unit, values in figures(plain).items():
        if unit in _HOURS:
            hours = frozenset(round(value * _HOURS[unit], 2) for value in values)
            said["time"] = said.get("time", frozenset()) | hours
        elif unit != "date" or _DEADLINE.search(text):
            said[unit] = values
    return said


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(text))
