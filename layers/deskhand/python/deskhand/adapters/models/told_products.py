"""What is told of a product: what costs what and can be had, to whoever asks that."""

import re
from collections.abc import Sequence

from deskhand.domain.evidence import Fact
from deskhand.text.words import straight, words

MOST_TOLD = 6
_ASKS = re.compile(
    r"\b(?:prices?|priced|costs?|cheap(?:er|est)?|expensive|availab(?:le|ility)|sold out|"
    r"(?:in|out of|on) stock|any left|how many (?:are )?left|still (?:have|sell|got)|"
    r"how much (?:is|are|for|would|will|do you (?:want|ask|charge)))\b",
    re.IGNORECASE,
)


def told_of(product: Fact, question: str) -> tuple[str, ...]:
    """The sentences about what the question names of a product, else about all that it is sold
    as; none where neither prices nor stock are asked for."""
    if not _ASKS.search(straight(question)):
        return ()
    said, sold = set(words(question)), [set(words(_options(one))) for one in product.words]
    common = set.intersection(*sold) if len(sold) > 1 else set()
    named = [len((options - common) & said) for options in sold]
    return _best(product.words, named)[:MOST_TOLD]


def _best(sentences: Sequence[str], named: Sequence[int]) -> tuple[str, ...]:
    most = max(named, default=0)
    return tuple(one for one, count in zip(sentences, named, strict=True) if count == most)


def _options(sentence: str) -> str:
    """What stands before the price: the product, and what sets this one apart."""
    return sentence.partition(":")[0]
