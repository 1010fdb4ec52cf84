"""What the signs of a right answer weigh, as they were fitted to answers whose worth is known."""

import math
from collections.abc import Mapping
from typing import Literal, get_args

from deskhand.domain.noun import Noun

Signal = Literal["nearness", "ahead", "words_found", "quotes_first", "doubt", "outside"]
"""Each is explained beside its weight, in `Sureness`."""
SIGNALS: tuple[Signal, ...] = get_args(Signal)
Signals = Mapping[Signal, float]


class Sureness(Noun):
    """The weights of a logistic regression: how likely an answer from articles is right. They fit
    one embedder."""

    embedder: str
    """The fingerprint of the embedder by which passages are near."""
    constant: float
    nearness: float
    """Of the cosine of the customer's own words and the nearest passage that is cited."""
    ahead: float
    """Of how much nearer that is than the nearest article that is not cited."""
    words_found: float
    """Of the share of the question's telling words that stand in what is cited, 0 to 1."""
    quotes_first: float
    """Where the article that was found first is among those cited: 1, else 0."""
    doubt: float
    """Of 1 less the confidence in the intent; 0 where none is known."""
    outside: float
    """Where no intent is known: 1, else 0."""

    def probability(self, signals: Signals) -> float:
        """Of answers with such signals, the share that is right: 0 to 1."""
        odds = self.constant + sum(getattr(self, name) * signals[name] for name in SIGNALS)
        return 1.0 / (1.0 + math.exp(-odds))
