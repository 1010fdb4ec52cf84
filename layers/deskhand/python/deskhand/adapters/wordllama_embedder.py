"""WordLlama's static table of word vectors: what serves where MiniLM could not be fetched."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

NAME = "wordllama-256"


class WordLlamaEmbedder:
    """The embedder whose table comes inside the Python package `wordllama`; asks no hub."""

    def __init__(self) -> None:
        import wordllama

        folder = Path(wordllama.__file__).parent
        self._model = wordllama.WordLlama.load(cache_dir=folder, disable_download=True)
        self._fingerprint = f"{NAME}:{wordllama.__version__}"

    @property
    def fingerprint(self) -> str:
        """The table's name and the version of the package that carries it."""
        return self._fingerprint

    def embed(self, texts: Sequence[str]) -> Any:
        """One unit vector a text: the mean over its tokens (float32, 256 dimensions)."""
        import numpy as np

        if not texts:
            return np.zeros((0, 256), dtype=np.float32)
        vectors = np.asarray(self._model.embed(list(texts), norm=False), dtype=np.float32)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors / np.maximum(lengths, 1e-12)
