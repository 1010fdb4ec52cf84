"""The shapes of the answers that are asked for, and how what stands in them is read.

Each shape is the same in every turn of a desk: another one would cost its cache. Limits that a
vendor does not hold are held where the answer is validated.
"""

from collections.abc import Sequence
from functools import lru_cache

from pydantic import Field, create_model

from deskhand.domain.classification import Sentiment, Urgency
from deskhand.domain.noun import Noun

MOST_WISHES = 4
MOST_CLAIMS = 12
MOST_ACTIONS = 5
MOST_CITED = 4
MOST_DOUBTS = MOST_CLAIMS
LONGEST_SENTENCE = 1_000
LONGEST_ARGUMENTS = 12_000
"""In characters: the longest text that any tool takes, twice, and escaped."""


class Wish(Noun):
    """One thing that the customer wants."""

    intent: str
    confidence: float
    """0 to 1: how likely it is that a colleague would read it the same way."""
    part: str = Field(max_length=LONGEST_SENTENCE)


class Reading(Noun):
    """The answer to `classify`."""

    intents: tuple[Wish, ...] = Field(max_length=MOST_WISHES)
    question: str = Field(max_length=2 * LONGEST_SENTENCE)
    language: str
    sentiment: Sentiment
    urgency: Urgency
    wants_person: bool


class Sentence(Noun):
    """One sentence of the reply."""

    text: str = Field(max_length=LONGEST_SENTENCE)
    supports: tuple[str, ...] = Field(max_length=MOST_CITED)
    quotes: tuple[str, ...] = Field(max_length=MOST_CITED)


class Proposal(Noun):
    """One action, with its arguments as a JSON object in a text."""

    # A shape of their own for each tool would be another shape for each desk, and a free object
    # cannot be asked for.
    tool: str
    arguments: str = Field(max_length=LONGEST_ARGUMENTS)


class Written(Noun):
    """The answer to `draft` and to `redraft`."""

    claims: tuple[Sentence, ...] = Field(max_length=MOST_CLAIMS)
    actions: tuple[Proposal, ...] = Field(max_length=MOST_ACTIONS)
    question: str = Field(max_length=LONGEST_SENTENCE)
    missing: str = Field(max_length=LONGEST_SENTENCE)
    confidence: float


class Doubted(Noun):
    """One sentence that does not stand in what it cites."""

    sentence: int
    why: str = Field(max_length=LONGEST_SENTENCE)


class Judgement(Noun):
    """The answer to `judge`."""

    doubts: tuple[Doubted, ...] = Field(max_length=MOST_DOUBTS)


@lru_cache(maxsize=8)
def reading_of(names: tuple[str, ...]) -> type[Reading]:
    """The answer to `classify` where only these intents can be named. That is asked, not held: an
    unknown name is dropped by whoever reads it, which is cheaper than to ask again."""
    if not names:
        return Reading
    named = Field(json_schema_extra={"enum": list(names)})
    wish = create_model("Wish", __base__=Wish, intent=(str, named))
    return create_model(
        "Reading", __base__=Reading, intents=(tuple[wish, ...], Field(max_length=MOST_WISHES))
    )


ANSWERS: Sequence[type[Noun]] = (Reading, Written, Judgement)


def share(stated: float, most: float) -> float:
    """A stated confidence as one, never above what is believed."""
    return round(max(0.0, min(stated, most)), 4) if stated == stated else 0.0
