"""A language model that writes what a test tells it to, and otherwise as the offline one does."""

from collections.abc import Callable, Sequence

from deskhand import wiring
from deskhand.domain.classification import Classification
from deskhand.domain.draft import Draft
from deskhand.domain.policy import Intent
from deskhand.domain.tool import ToolSpec
from deskhand.domain.turn import Retrieved, Turn

Writes = Callable[[Retrieved, Draft], Draft]


class ScriptedModel:
    """`writes` gets the turn and the offline draft, and gives the draft that is used."""

    def __init__(self, writes: Writes) -> None:
        self._writes = writes
        self._offline = wiring.language_model()

    def classify(self, turn: Turn, *, intents: dict[str, Intent]) -> Classification:
        return self._offline.classify(turn, intents=intents)

    def draft(
        self,
        turn: Retrieved,
        *,
        intents: dict[str, Intent],
        tools: Sequence[ToolSpec],
        files: Sequence[object] = (),
    ) -> Draft:
        return self._writes(turn, self._offline.draft(turn, intents=intents, tools=tools))
