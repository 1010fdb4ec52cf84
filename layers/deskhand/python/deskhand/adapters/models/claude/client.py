"""Asks Claude over either door, in time, and notes what every answer cost."""

import random
import time
from collections.abc import Callable

from deskhand.adapters.models.claude.ask import Answered, AnswerT, Ask
from deskhand.adapters.models.claude.asking import Asking, Means, Note
from deskhand.adapters.models.claude.doors import Door
from deskhand.domain.models import ModelChoice, Models
from deskhand.errors import Rejected

BY_CHANCE = random.SystemRandom().random
"""Of the machine: what Python counts by itself would be the same in all that one snapshot makes."""


class ClaudeClient:
    """The port `Asked`: Claude at Anthropic's API or in Bedrock, as the door has it."""

    def __init__(
        self,
        door: Door,
        models: Models,
        note: Note,
        *,
        seconds: Callable[[], float] = time.monotonic,
        pause: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = BY_CHANCE,
    ) -> None:
        """`note` is told of each answer that has to be paid, the useless ones too."""
        self._tasks = models.tasks
        self._means = Means(
            door=door, prices=models.prices, note=note, seconds=seconds, pause=pause, chance=chance
        )

    def ask(self, ask: Ask[AnswerT]) -> Answered[AnswerT]:
        """The answer, whole and valid, with what all calls for it used. `Unavailable`: nobody
        could be reached in time. `Rejected`: refused, cut off, or not of the shape."""
        return Asking(self._means, ask, self._choice(ask)).answered()

    def _choice(self, ask: Ask[AnswerT]) -> ModelChoice:
        choice = self._tasks.get(ask.task)
        if choice is None and ask.task == "redraft":
            choice = self._tasks.get("draft")
        if choice is None:
            raise Rejected(f"no language model is chosen: models.toml has no [{ask.task}]")
        return choice
