"""What a model is told of a conversation: the last messages as they are, the rest in short."""

from dataclasses import dataclass

from deskhand.domain.ticket import Message
from deskhand.domain.turn import Turn

RECENT = 4
"""So many messages are told word for word."""


@dataclass(frozen=True)
class Remembered:
    """The conversation before this turn, as far as it belongs to what is asked now."""

    summary: str
    """The older part in a few sentences; empty where there is none."""
    recent: tuple[Message, ...]


def remembered(turn: Turn) -> Remembered:
    """What was said before that this turn's question may lean on."""
    return Remembered(summary="", recent=turn.history[-RECENT:])
