"""Answers by extracting: the sentences of the passages that answer a question, as they stand there.

A sentence is scored by how near it is in meaning, by the rare words that it shares with the
question, and by how well its passage was found. The best one makes the answer, with up to two that
say nearly as much, each its own citation. The weights are those that brought the sentence wanted
to the top for most of 52 questions in strangers' words (43; it is among those said for 47).
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from deskhand.domain.draft import Claim
from deskhand.domain.evidence import Passage
from deskhand.ports import Embedder
from deskhand.text.sentences import sentences
from deskhand.text.words import stems

FEWEST_WORDS = 4
MOST_CLAIMS = 3
LEAST_COSINE = 0.2
NEAR_COSINE = 0.35
"""Where no sentence is nearer, the customer's words are far from what they want."""
NEARLY_BEST = 0.8
"""A sentence with this share of the best one's score says something to the question, too."""
HEADING_SHARE = 0.15
"""A heading is part of what its sentences say: it names what they are about."""
MEANING_WEIGHT, WORDS_WEIGHT, PASSAGE_WEIGHT = 1.0, 0.2, 0.1


@dataclass(frozen=True)
class Extract:
    """A sentence of a passage, and how well it answers."""

    passage: Passage
    text: str
    score: float
    cosine: float

    @property
    def claim(self) -> Claim:
        """The sentence with its citation."""
        return Claim(text=self.text, supports=(self.passage.id,))


def extract(
    question: str,
    passages: Sequence[Passage],
    embedder: Embedder,
    *,
    topic: str = "",
    without: Iterable[str] = (),
    most: int = MOST_CLAIMS,
) -> tuple[Extract, ...]:
    """The best sentences in the order in which they stand; none when none says anything to it.

    The `topic` is what the articles call it, for where no sentence is near the question itself.
    Sentences that stand in one of the `without` texts are left out: they were objected to.
    """
    refused = tuple(without)
    found = [
        (passage, sentence)
        for passage in passages
        for sentence in sentences(passage.text)
        if _tells(sentence) and not any(sentence in text for text in refused)
    ]
    if not found:
        return ()
    scored = _scored(question, topic, found, embedder)
    best = max(extract.score for extract in scored)
    telling = [
        one for one in scored if one.score >= NEARLY_BEST * best and one.cosine >= LEAST_COSINE
    ]
    chosen = sorted(telling, key=lambda one: -one.score)[:most]
    return tuple(one for one in scored if one in chosen)


def _tells(sentence: str) -> bool:
    return len(sentence.split()) >= FEWEST_WORDS and not sentence.endswith("?")


def _scored(
    question: str, topic: str, found: Sequence[tuple[Passage, str]], embedder: Embedder
) -> list[Extract]:
    cosines = _cosines(question, topic, found, embedder)
    words = [set(stems(f"{passage.heading}: {sentence}")) for passage, sentence in found]
    seen = Counter(word for one in words for word in one)
    asked = set(stems(question))
    overlaps = [
        sum(math.log(1 + len(found) / (0.5 + seen[word])) for word in one & asked)
        / (1 + 0.02 * len(one))
        for one in words
    ]
    most = max(overlaps) or 1.0
    return [
        Extract(
            passage=passage,
            text=sentence,
            score=MEANING_WEIGHT * max(cosine, 0.0)
            + WORDS_WEIGHT * overlap / most
            + PASSAGE_WEIGHT * passage.score,
            cosine=cosine,
        )
        for (passage, sentence), overlap, cosine in zip(found, overlaps, cosines, strict=True)
    ]


def _cosines(
    question: str, topic: str, found: Sequence[tuple[Passage, str]], embedder: Embedder
) -> list[float]:
    """How near each sentence is, with its heading, to the question, or else to its topic, too."""
    headings = [passage.heading or passage.title for passage, _ in found]
    once = list(dict.fromkeys(headings))
    asked = [question, f"{topic}: {question}"]
    vectors = np.asarray(embedder.embed([*asked, *once, *(sentence for _, sentence in found)]))
    named = vectors[2 : 2 + len(once)][[once.index(heading) for heading in headings]]
    both = HEADING_SHARE * named + (1 - HEADING_SHARE) * vectors[2 + len(once) :]
    by_question, by_topic = both @ vectors[0], both @ vectors[1]
    far = bool(topic) and by_question.max() < NEAR_COSINE
    return [float(cosine) for cosine in (by_topic if far else by_question)]
