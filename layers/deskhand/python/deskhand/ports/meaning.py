"""Words and meaning: who embeds, and who writes."""

from collections.abc import Sequence
from typing import Protocol

from deskhand.domain.classification import Classification
from deskhand.domain.draft import Doubt, Draft
from deskhand.domain.file import OpenedFile
from deskhand.domain.policy import Intent
from deskhand.domain.tool import ToolSpec
from deskhand.domain.turn import Drafted, Retrieved, Turn
from deskhand.domain.usage import Spent, Usage

Vector = Sequence[float]


class Embedder(Protocol):
    """Turns texts into unit vectors whose dot product says how near they are in meaning."""

    @property
    def fingerprint(self) -> str:
        """Which model with which weights this is; thresholds and indexes fit one only."""
        ...

    def embed(self, texts: Sequence[str]) -> Sequence[Vector]:
        """One unit vector a text, in order (in practice a float32 array of shape (texts,
        dimensions))."""
        ...


class LanguageModel(Protocol):
    """Reads and writes; everything that it gives is untrusted."""

    def classify(self, turn: Turn, *, intents: dict[str, Intent]) -> Classification:
        """What the turn's messages are about; called only where the local classifier is not
        sure."""
        ...

    def draft(
        self,
        turn: Retrieved,
        *,
        intents: dict[str, Intent],
        tools: Sequence[ToolSpec],
        files: Sequence[OpenedFile] = (),
    ) -> Draft:
        """What to say and to do, with what supports each sentence. Minds `turn.lessons` when it
        is asked again. `attachments_read` names those of the files that it was really shown."""
        ...


class GroundingJudge(Protocol):
    """Reads a draft beside what it cites; its word only ever makes the gate stricter."""

    def doubts(self, turn: Drafted) -> tuple[tuple[Doubt, ...], Usage]:
        """The claims of the draft that do not stand in what they cite, and what asking cost."""
        ...


class Spending(Protocol):
    """What language models have cost so far, noted call by call, failed calls too."""

    def note(self, conversation_id: str, usage: Usage) -> None:
        """Adds the price of one call to the conversation's and to the day's."""
        ...

    def spent(self, conversation_id: str) -> Spent:
        """What was noted until now, by every container."""
        ...
