"""Examples of what people write, as a classifier is fitted to them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from deskhand.ports import Embedder
from deskhand.text.fitted_intents import Array
from deskhand.text.intents import plain
from deskhand.text.wordings import Wordings, marks

AT_ONCE = 64
ALIKE = 0.9
"""From this cosine on two examples of an intent are one wording with other words filled in."""

Progress = Callable[[int, int], None]
"""How many are done, and of how many."""


@dataclass(frozen=True)
class Examples:
    """Texts with what they want: one entry each in every field."""

    labels: Array
    vectors: Array
    marks: Array

    @classmethod
    def of(
        cls,
        texts: Sequence[str],
        labels: Sequence[str],
        embedder: Embedder,
        *,
        progress: Progress = lambda _done, _of: None,
    ) -> Self:
        """The texts as the desk reads them: without numbers of orders, curses and greetings."""
        spared = [plain(text) for text in texts]
        counted = np.empty(len(spared), dtype=object)
        for row, text in enumerate(spared):
            counted[row] = marks(text)
        return cls(
            labels=np.array(labels, dtype=str),
            vectors=embedded(spared, embedder, progress),
            marks=counted,
        )

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def names(self) -> tuple[str, ...]:
        """The intents, in order of the alphabet."""
        return tuple(str(name) for name in np.unique(self.labels))

    @property
    def wordings(self) -> Wordings:
        """What the texts' words are."""
        return Wordings.of(list(self.marks))

    def only(self, chosen: Array) -> "Examples":
        """Those that are chosen, by a mask or by their rows."""
        return Examples(self.labels[chosen], self.vectors[chosen], self.marks[chosen])

    def wording_groups(self) -> Array:
        """A number for each example; what is one wording with other words has the same."""
        groups = np.zeros(len(self), dtype=np.int64)
        count = 0
        for name in self.names:
            rows = np.flatnonzero(self.labels == name)
            cosines = self.vectors[rows] @ self.vectors[rows].T
            heads: list[int] = []
            for place in range(len(rows)):
                near = np.flatnonzero(cosines[place, heads] >= ALIKE)
                if len(near) == 0:
                    heads.append(place)
                groups[rows[place]] = count + (near[0] if len(near) else len(heads) - 1)
            count += len(heads)
        return groups

    def folds(self, count: int, seed: int) -> Array:
        """A fold for each example: wordings stay together, and intents are spread evenly."""
        groups = self.wording_groups()
        draw = np.random.default_rng(seed)
        folds = np.zeros(len(self), dtype=np.int64)
        for name in self.names:
            rows = np.flatnonzero(self.labels == name)
            own, sizes = np.unique(groups[rows], return_counts=True)
            shuffled = draw.permutation(len(own))
            filled = draw.random(count)
            for place in shuffled[np.argsort(-sizes[shuffled], kind="stable")]:
                fold = int(filled.argmin())
                filled[fold] += sizes[place]
                folds[rows[groups[rows] == own[place]]] = fold
        return folds


def embedded(texts: Sequence[str], embedder: Embedder, progress: Progress) -> Array:
    """One unit vector a text."""
    parts = []
    for start in range(0, len(texts), AT_ONCE):
        parts.append(np.asarray(embedder.embed(texts[start : start + AT_ONCE]), dtype=np.float32))
        progress(min(start + AT_ONCE, len(texts)), len(texts))
    return np.concatenate(parts)
