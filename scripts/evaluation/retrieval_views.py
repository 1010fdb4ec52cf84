"""The searches that are compared: the one of the stages, with a part of it closed off."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from deskhand.domain.evidence import Passage
from deskhand.domain.search import Filters
from deskhand.ports import Embedder, Searchable, Vector

REMEMBERED = 20_000

Asked = tuple[str, Vector | None]
Narrowing = Callable[[str, Vector | None], Asked]


def by_words(query: str, vector: Vector | None) -> Asked:
    """Stemmed BM25 and nothing else."""
    return query, None


def by_meaning(query: str, vector: Vector | None) -> Asked:
    """Vectors and nothing else."""
    return "", vector


def by_both(query: str, vector: Vector | None) -> Asked:
    """All of it."""
    return query, vector


class NarrowedKnowledge:
    """A knowledge base of which a question reaches only a part."""

    def __init__(self, inner: Searchable, narrowing: Narrowing) -> None:
        self._inner = inner
        self._narrowing = narrowing

    @property
    def fingerprint(self) -> str:
        """Of the embedder whose vectors serve now."""
        return self._inner.fingerprint

    def search(
        self, query: str, vector: Vector | None, *, limit: int, filters: Filters
    ) -> tuple[Passage, ...]:
        """What the part that is left finds."""
        words, meaning = self._narrowing(query, vector)
        return self._inner.search(words, meaning, limit=limit, filters=filters)


class RememberingEmbedder:
    """An embedder that is asked for each text once, as long as not too many came between."""

    def __init__(self, inner: Embedder) -> None:
        self._inner = inner
        self._known: OrderedDict[str, Any] = OrderedDict()

    @property
    def fingerprint(self) -> str:
        """Which model with which weights this is."""
        return self._inner.fingerprint

    def embed(self, texts: Sequence[str]) -> Any:
        """One unit vector a text, in order."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        vectors = dict(zip(new, self._inner.embed(new), strict=True)) if new else {}
        asked = [vectors[text] if text in vectors else self._known[text] for text in texts]
        self._known.update(vectors)
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return np.asarray(asked)
