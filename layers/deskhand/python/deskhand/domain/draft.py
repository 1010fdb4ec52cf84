"""What the model wants to say and to do: untrusted until the gate has judged it."""

import hashlib
import json

from pydantic import JsonValue

from deskhand.domain.classification import Confidence
from deskhand.domain.noun import Noun
from deskhand.domain.usage import Usage


class Claim(Noun):
    """One sentence and the ids of the passages, facts or proposed actions that support it."""

    text: str
    supports: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    """The words of the supports that it rests on, as they stand there; empty where the sentence
    itself stands there."""


class Doubt(Noun):
    """A sentence that a second model does not find in what it cites, and why."""

    claim: str
    why: str


class ProposedAction(Noun):
    """An action by its tool's name, with the arguments that the model filled in."""

    name: str
    arguments: dict[str, JsonValue]

    @property
    def fingerprint(self) -> str:
        """The hash of the name and the arguments as they stand here."""
        text = json.dumps([self.name, self.arguments], sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @property
    def id(self) -> str:
        """How a claim cites the action that it speaks of."""
        return f"action:{self.name}:{self.fingerprint}"


class Draft(Noun):
    """An answer sentence by sentence, the actions it needs, or a question back."""

    claims: tuple[Claim, ...] = ()
    actions: tuple[ProposedAction, ...] = ()
    question: str = ""
    """What the customer has to tell us before we can go on; empty when nothing is missing."""
    missing: str = ""
    """What the evidence does not say though the customer asked it; empty when all parts are
    covered."""
    attachments_read: tuple[str, ...] = ()
    """The names of the attachments that the model has seen."""
    doubts: tuple[Doubt, ...] = ()
    """What a judge, if there is one, said against the claims."""
    withheld: str = ""
    """Why no model was asked, in words; empty where one was, or where none was needed."""
    confidence: Confidence = 0.0
    written_by: str = ""
    usage: Usage = Usage()
