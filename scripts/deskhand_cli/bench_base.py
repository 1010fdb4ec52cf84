"""A knowledge base that a seed makes: as many chunks as one wants, and questions about them."""

import random
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from deskhand.domain.article import Article

SEED = 7
DIMENSIONS = 384
CHUNKS_AN_ARTICLE = 4
_WORDS = 20_000
_CATEGORIES = 12
_WORDS_A_CHUNK = (55, 75)
_SYLLABLES = tuple(one + two for one in "bcdfghklmnprstvw" for two in "aeiou")
_ENDINGS = ("", "", "n", "r", "s", "ing")


class MadeUpArticles:
    """Articles of so many chunks in all. Their words are made of syllables and are as frequent as
    those of a language: the second word half as often as the first, the third a third."""

    def __init__(self, chunks: int, *, seed: int = SEED) -> None:
        self.chunks = chunks
        self._seed = seed
        self._words = _made_up_words(random.Random(seed))
        self._cumulated = np.cumsum(1 / np.arange(1, _WORDS + 1))
        self._cumulated /= self._cumulated[-1]

    def articles(self) -> Iterator[Article]:
        """The same ones each time."""
        rng = np.random.default_rng(self._seed)
        for first in range(0, self.chunks, CHUNKS_AN_ARTICLE):
            sections = min(CHUNKS_AN_ARTICLE, self.chunks - first)
            text = "\n\n".join(
                f"## {self._said(rng, 3)} {first + number}\n\n{self._section(rng)}"
                for number in range(sections)
            )
            yield Article(
                id=f"page-{first}",
                title=self._said(rng, 4),
                text=text,
                category=f"category-{first // CHUNKS_AN_ARTICLE % _CATEGORIES}",
            )

    def questions(self, count: int) -> list[str]:
        """Of eight words each, without the ten most frequent ones, as after leaving out those that
        say nothing."""
        rng = np.random.default_rng(self._seed + 1)
        return [self._said(rng, 8, without=10) for _ in range(count)]

    def _section(self, rng: np.random.Generator) -> str:
        return f"{self._said(rng, int(rng.integers(*_WORDS_A_CHUNK)))}."

    def _said(self, rng: np.random.Generator, count: int, without: int = 0) -> str:
        least = self._cumulated[without - 1] if without else 0.0
        drawn = least + rng.random(count) * (1 - least)
        places = np.minimum(np.searchsorted(self._cumulated, drawn), _WORDS - 1)
        return " ".join(self._words[place] for place in places)


class RandomEmbedder:
    """Random vectors of length one: an index over them is as large and as slow as over real ones,
    and costs nothing to embed."""

    fingerprint = f"random-{DIMENSIONS}"

    def __init__(self, *, seed: int = SEED) -> None:
        self._rng = np.random.default_rng(seed)

    def embed(self, texts: Sequence[str]) -> Any:
        """One vector a text, another one each time."""
        drawn = self._rng.normal(size=(len(texts), DIMENSIONS)).astype(np.float32)
        return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


def _made_up_words(rng: random.Random) -> list[str]:
    made: dict[str, None] = {}
    while len(made) < _WORDS:
        syllables = rng.choices(_SYLLABLES, k=rng.choice((1, 2, 2, 3, 3, 4)))
        made["".join(syllables) + rng.choice(_ENDINGS)] = None
    return sorted(made, key=lambda word: (len(word) + rng.random() * 6, word))
