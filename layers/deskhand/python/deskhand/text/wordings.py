"""How a text is worded: its words, pairs of words and pieces of words, counted in fixed buckets.

Vectors tell what is meant; the words themselves tell near intents apart, and show where a text
speaks of things that no example speaks of.
"""

import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Self

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]

WORDS = PAIRS = PIECES = 1 << 13
BUCKETS = WORDS + PAIRS + PIECES
PIECE_LENGTHS = (3, 4)
MOST_CHARACTERS = 2_000
"""What follows is not read: an embedder reads no more of it either."""
_WORD = re.compile(r"\w+")

Marks = tuple[Array, Array]
"""The buckets that a text falls into, and how much it does: 1 + ln of how often."""


def marks(text: str) -> Marks:
    """The same for the same text, on every machine."""
    words = _WORD.findall(text[:MOST_CHARACTERS].lower())
    counted = Counter(_buckets(words))
    buckets = np.fromiter(counted.keys(), dtype=np.int32, count=len(counted))
    counts = np.fromiter(counted.values(), dtype=np.float32, count=len(counted))
    return buckets, 1.0 + np.log(counts)


def _buckets(words: Sequence[str]) -> Iterator[int]:
    for word in words:
        yield zlib.crc32(word.encode()) % WORDS
        edged = f" {word} "
        for length in PIECE_LENGTHS:
            for start in range(max(1, len(edged) - length + 1)):
                piece = edged[start : start + length]
                yield WORDS + PAIRS + zlib.crc32(piece.encode()) % PIECES
    for pair in pairwise(words):
        yield WORDS + zlib.crc32(" ".join(pair).encode()) % PAIRS


@dataclass(frozen=True)
class Wordings:
    """The marks of several texts, one after another."""

    starts: Array
    """Where each text's marks begin, and where the last one's end."""
    buckets: Array
    counts: Array

    @classmethod
    def of(cls, texts: Sequence[Marks]) -> Self:
        """The texts' marks, in their order."""
        none = np.zeros(0, dtype=np.int32)
        return cls(
            starts=np.cumsum([0, *(len(buckets) for buckets, _ in texts)]),
            buckets=np.concatenate([none, *(buckets for buckets, _ in texts)]),
            counts=np.concatenate([none.astype(np.float32), *(counts for _, counts in texts)]),
        )

    @property
    def rows(self) -> Array:
        """For each mark the text that it belongs to."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))

    def rarity(self) -> Array:
        """For each bucket how rare it is among these texts; one that none falls into the most."""
        texts = len(self.starts) - 1
        within = np.bincount(self.buckets, minlength=BUCKETS)
        rarity: Array = (1.0 + np.log((1.0 + texts) / (1.0 + within))).astype(np.float32)
        return rarity

    def weights(self, rarity: Array) -> Array:
        """For each mark its weight: a text's words and pairs have length 1, and its pieces."""
        weights = self.counts * rarity[self.buckets]
        part = 2 * self.rows + (self.buckets >= WORDS + PAIRS)
        squares = np.bincount(part, weights**2, minlength=2 * len(self.starts))
        scaled: Array = (weights / np.sqrt(squares[part])).astype(np.float32)
        return scaled

    def known(self, rarity: Array) -> Array:
        """For each text how much of its words stands in an example: 0 to 1, by rarity."""
        texts, words = len(self.starts) - 1, self.buckets < WORDS
        rows, weights = self.rows[words], rarity[self.buckets[words]]
        seen = np.bincount(rows, weights * (weights < rarity.max()), minlength=texts)
        whole = np.bincount(rows, weights, minlength=texts)
        shares: Array = np.divide(seen, whole, out=np.zeros(texts), where=whole > 0)
        return shares

    def scores(self, rarity: Array, weights: Array) -> Array:
        """One row a text, one column an intent; `weights` has one row a bucket."""
        found = np.zeros((len(self.starts) - 1, weights.shape[1]), dtype=np.float32)
        values = self.weights(rarity)
        for row, (start, end) in enumerate(pairwise(self.starts)):
            found[row] = values[start:end] @ weights[self.buckets[start:end]].astype(np.float32)
        return found
