"""An embedder without files: stems, and pairs of them, hashed into a short vector."""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

from deskhand.text.words import stems

_DIMENSIONS = 256
_PAIR_WEIGHT = 0.5


class HashingEmbedder:
    """Near in meaning is near in words: fast and the same everywhere, for tests."""

    @property
    def fingerprint(self) -> str:
        """Always the same: it has no weights."""
        return "hashing-256:1"

    def embed(self, texts: Sequence[str]) -> Any:
        """One unit vector a text (float32, 256 dimensions); a text without words is zero."""
        import numpy as np

        vectors = np.zeros((len(texts), _DIMENSIONS), dtype=np.float32)
        for row, text in enumerate(texts):
            said = stems(text)
            for word in said:
                vectors[row, _place(word)] += 1.0
            for pair in pairwise(said):
                vectors[row, _place(" ".join(pair))] += _PAIR_WEIGHT
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors / np.maximum(lengths, 1e-12)


@lru_cache(maxsize=20_000)
def _place(word: str) -> int:
    digest = hashlib.blake2b(word.encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big") % _DIMENSIONS
