"""Finds passages that contradict each other: the same thing said with another number, day or no.

Precision comes before recall: a conflict hands the ticket to a person, so a sentence about sale
items never contradicts one about all items, nor Germany's delivery time that of France.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from deskhand.domain.evidence import Passage
from deskhand.text.figures import NUMBER_WORDS, Figures, figures, says_no
from deskhand.text.sentences import sentences
from deskhand.text.words import STOP_WORDS, stem, words

_ALIKE = 0.6
"""The share of their words that two sentences about the same thing have in common."""
_ALIKE_BUT_FOR_NO = 0.8
_SYNONYMS = {
    word: one
    for one, others in {
        "item": "product products items article articles goods merchandise thing things",
        "order": "orders purchase purchases",
        "parcel": "package packages parcels shipment shipments consignment",
        "delivery": "deliver delivers delivered deliveries shipping ship ships shipped postage",
        "return": "returns returned returning send sends sent back",
        "refund": "refunds refunded reimburse reimbursed reimbursement",
        "receipt": "receive received receiving receives arrival arrives arrive arrived",
        "day": "days week weeks month months year years hour hours minute minutes",
    }.items()
    for word in [one, *others.split()]
}


def _set(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_LIGHT = _set(
    """
    accept accepts allow allowed allows always amount amounts apply applies approximately around
    business calendar charge charged charges cost costs customer customers deadline detail details
    eur euro euros faq fee fees general generally give given guide happen happens help keep know
    last lasts limit long make makes may mean means might must need needs normally offer offers
    overview pay period policy possible price rule rules say simply something standard start take
    takes term terms time times typically us use usual usually window work working works
    """
)
_UNTELLING = STOP_WORDS | _LIGHT | NUMBER_WORDS
_BOUNDS = _set("over above below under more less least minimum maximum exceed exceeds")
_CONDITIONS = _set("if when whether before until")
_EXCEPTS = _set("unless except only without otherwise exception exceptions")


@dataclass(frozen=True)
class _Said:
    """One sentence of a passage, and what it is about."""

    text: str
    about: frozenset[str]
    under: frozenset[str]
    """What the titles and the line that leads to it narrow it down to."""
    figures: Figures

    def likeness(self, other: "_Said") -> float:
        """The share of their words that both have."""
        return len(self.about & other.about) / (len(self.about | other.about) or 1)


def disagreements(passages: Sequence[Passage]) -> tuple[tuple[str, str, str], ...]:
    """The ids of two passages of equal authority that contradict each other, and how, in words."""
    return tuple(
        (one.id, other.id, found)
        for one, other in combinations(passages, 2)
        if one.authority == other.authority and one.article_id != other.article_id
        for found in _contradiction(one, other)
    )


def nearly_same(one: Passage, other: Passage) -> bool:
    """Whether the second adds nothing to the first: the same words, numbers and noes."""
    about, its_about = telling(one.text), telling(other.text)
    alike = len(about & its_about) >= 0.9 * len(about | its_about)
    return (
        alike
        and figures(one.text) == figures(other.text)
        and says_no(one.text) == says_no(other.text)
    )


def _contradiction(one: Passage, other: Passage) -> Iterator[str]:
    """At most one: the first that is found."""
    said, its_said = _sentences(one), _sentences(other)
    known, its_known = _everything(one), _everything(other)
    for sentence in said:
        nearest = _nearest(sentence, its_said)
        if not nearest or any(not _contradict(sentence, near) for near in nearest):
            continue
        near = nearest[0]
        if any(not _contradict(near, back) for back in _nearest(near, said)):
            continue
        if _narrowed(sentence, its_known) or _narrowed(near, known):
            continue
        yield f"“{sentence.text}” ({one.title}) against “{near.text}” ({other.title})"
        return


def _contradict(one: _Said, other: _Said) -> bool:
    likeness = one.likeness(other)
    shared = one.about & other.about
    if likeness < _ALIKE or not (len(shared) > 1 or (shared and one.under & other.under)):
        return False
    if _BOUNDS.intersection(words(one.text)) != _BOUNDS.intersection(words(other.text)):
        return False
    if says_no(one.text) == says_no(other.text):
        return any(
            _apart(one.figures[unit], other.figures[unit])
            for unit in one.figures.keys() & other.figures.keys()
        )
    said, its_said = set(words(one.text)), set(words(other.text))
    conditional = (said | its_said) & _EXCEPTS or (said ^ its_said) & _CONDITIONS
    same_figures = one.figures == other.figures
    return likeness >= _ALIKE_BUT_FOR_NO and len(shared) > 1 and same_figures and not conditional


def _apart(values: frozenset[float], others: frozenset[float]) -> bool:
    """Whether no number is in both, nor one's span within the other's."""
    if values & others:
        return False
    low, high, its_low, its_high = min(values), max(values), min(others), max(others)
    return not (low <= its_low <= its_high <= high or its_low <= low <= high <= its_high)


def _nearest(sentence: _Said, others: list[_Said]) -> list[_Said]:
    best = max((sentence.likeness(other) for other in others), default=0.0)
    return [other for other in others if best and sentence.likeness(other) == best]


def _narrowed(sentence: _Said, known: frozenset[str]) -> bool:
    """Whether it speaks of something that the other passage never mentions."""
    return bool((sentence.about | sentence.under) - known)


def _sentences(passage: Passage) -> list[_Said]:
    titles = f"{passage.title} {passage.heading}"
    found: list[_Said] = []
    lead = ""
    for line in passage.text.splitlines():
        if line.endswith(":"):
            lead = line
            continue
        if not line.lstrip().startswith(("-", "•", "*")) and not line.lstrip()[:1].isdigit():
            lead = ""
        under = telling(f"{titles} {lead}")
        found += [_Said(text, telling(text), under, figures(text)) for text in sentences(line)]
    return found


def _everything(passage: Passage) -> frozenset[str]:
    return telling(f"{passage.title} {passage.heading} {passage.text}")


@lru_cache(maxsize=2_000)
def telling(text: str) -> frozenset[str]:
    """The stems of what a text speaks of, without its numbers and what any rule says."""
    said = (
        word.removesuffix("'s")
        for word in words(text)
        if word not in _UNTELLING and not word[0].isdigit()
    )
    return frozenset(stem(_SYNONYMS.get(word, word)) for word in said) - {"day", "work"}
