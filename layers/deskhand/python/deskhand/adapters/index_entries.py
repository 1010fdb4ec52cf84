"""What every index keeps of a chunk, and how it asks for words: the same in each store."""

from deskhand.domain.article import Chunk
from deskhand.domain.evidence import Passage
from deskhand.text.words import STOP_WORDS, words

CANDIDATES = 100
"""How many each of words and vectors bring; what is best joined is hardly ever below that in
both."""
_MOST_WORDS = 64
"""A pasted page is no sharper a question than its first words."""


def asked_words(query: str) -> list[str]:
    """The words of a question that say something, each once."""
    said = [word for word in dict.fromkeys(words(query)) if word not in STOP_WORDS]
    return said[:_MOST_WORDS]


def passage_of(chunk: Chunk) -> Passage:
    """The chunk as it can be cited."""
    return Passage(**chunk.model_dump(exclude={"content_hash"}))
