"""Answers by extracting: the sentences of the passages that answer a question, as they stand there.

A sentence is scored by the rare words that it shares with the question, by how near it is in
meaning, and by how well its passage was found; the best two or three make the answer, each its own
citation.
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
LEAST_COSINE = 0.25
NEARLY_BEST = 0.6
"""A sentence with this share of the best one's score says something to the question, too."""


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
    without: Iterable[str] = (),
    most: int = MOST_CLAIMS,
) -> tuple[Extract, ...]:
    """The best sentences in the order in which they stand; none when none says anything to it.

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
    scored = _scored(question, found, embedder)
    best = max(extract.score for extract in scored)
    telling = [
        one for one in scored if one.score >= NEARLY_BEST * best and one.cosine >= LEAST_COSINE
    ]
    chosen = sorted(telling, key=lambda one: -one.score)[:most]
    return tuple(one for one in scored if one in chosen)


def _tells(sentence: str) -> bool:
    return len(sentence.split()) >= FEWEST_WORDS and not sentence.endswith("?")


def _scored(
    question: str, found: Sequence[tuple[Passage, str]], embedder: Embedder
) -> list[Extract]:
    # The heading is part of what a sentence says: it names what the sentence is about.
    in_place = [f"{passage.heading}: {sentence}" for passage, sentence in found]
    vectors = np.asarray(embedder.embed([question, *in_place]))
    cosines = vectors[1:] @ vectors[0]
    words = [set(stems(text)) for text in in_place]
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
            score=0.3 * overlap / most + 0.4 * max(float(cosine), 0.0) + 0.3 * passage.score,
            cosine=float(cosine),
        )
        for (passage, sentence), overlap, cosine in zip(found, overlaps, cosines, strict=True)
    ]
