"""What a message is about, before anything is looked up."""

from typing import Annotated, Literal

from pydantic import Field

from deskhand.domain.noun import Noun
from deskhand.domain.usage import Usage

Confidence = Annotated[float, Field(ge=0.0, le=1.0)]
Sentiment = Literal["angry", "unhappy", "neutral", "happy"]
Urgency = Literal["low", "normal", "high"]


class IntentGuess(Noun):
    """One thing the customer wants, how sure we are, and the words it was read from."""

    intent: str
    confidence: Confidence
    part: str


class Entities(Noun):
    """What is named in the text; nothing here is believed until a system of record confirms it."""

    references: tuple[str, ...] = ()
    """Order numbers and the like, as written, without a leading `#`."""
    amounts_cents: tuple[int, ...] = ()
    emails: tuple[str, ...] = ()


class Classification(Noun):
    """The whole reading of a turn's messages."""

    intents: tuple[IntentGuess, ...]
    """Surest first, one for each thing asked; empty when nothing is in scope."""
    question: str
    """What is asked, understandable without the conversation around it."""
    language: str = "en"
    sentiment: Sentiment = "neutral"
    urgency: Urgency = "normal"
    entities: Entities = Entities()
    wants_person: bool = False
    read_by: str = "local classifier"
    usage: Usage = Usage()

    @property
    def intent(self) -> str:
        """The surest intent's name, or `out_of_scope`."""
        return self.intents[0].intent if self.intents else "out_of_scope"
