"""What every index keeps of a chunk, and how it asks for words: the same in each store."""

from collections import Counter

from deskhand.domain.article import Chunk
from deskhand.domain.evidence import Passage
from deskhand.text.words import STOP_WORDS, words

CANDIDATES = 100
"""How many each of words and vectors bring; what is best joined is hardly ever below that in
both."""
_MOST_WORDS = 64
"""A pasted page is no sharper a question than its first words."""


def asked_words(query: str) -> list[str]:
    """The words of a question that say something; what is said more than once counts twice."""
    said = Counter(word for word in words(query) if word not in STOP_WORDS)
    return [word for word in list(said)[:_MOST_WORDS] for _ in range(min(said[word], 2))]


def passage_of(chunk: Chunk) -> Passage:
    """The chunk as it can be cited."""
    return Passage(**chunk.model_dump(exclude={"content_hash"}))
