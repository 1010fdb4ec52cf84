"""Finds a past turn by its conversation, by how its id begins, or by both."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from deskhand.domain.noun import Noun
from deskhand.domain.turn import Ended, Turn
from deskhand.ports import Clock, Conversations, Retrievals

LOOKS_BACK = timedelta(days=31)
MOST_READ = 20_000
"""How far back, and among how many, a turn is looked for whose conversation is not named."""


class Past(Noun):
    """A past turn; without its id a conversation's last is meant."""

    turn: str = ""
    conversation: str = ""


@dataclass(frozen=True)
class PastTurns:
    """Where past turns are kept."""

    conversations: Conversations
    retrievals: Retrievals
    clock: Clock

    def turn(self, past: Past) -> Turn | None:
        """The last turn that fits, as far as it came, or None."""
        conversation_id = past.conversation or self._conversation_of(past.turn)
        stored = self.conversations.turns(conversation_id) if conversation_id else ()
        turns = (one.turn if isinstance(one, Ended) else one for one in stored)
        fitting = [turn for turn in turns if turn.id.startswith(past.turn)]
        return fitting[-1] if fitting else None

    def missing(self, past: Past) -> str:
        """That there is none, in words that say what to do."""
        if past.conversation:
            named = f"turn {past.turn}" if past.turn else "turn"
            return f"there is no {named} in conversation {past.conversation}"
        return (
            f"no turn whose id begins with {past.turn!r} needed an article and ended within the"
            f" last {LOOKS_BACK.days} days; name its conversation, too"
        )

    def _conversation_of(self, turn: str) -> str:
        until = self.clock() + timedelta(days=1)
        kept = islice(self.retrievals.between(until - LOOKS_BACK, until), MOST_READ)
        fitting = [one.conversation_id for one in kept if one.turn_id.startswith(turn)]
        return fitting[-1] if fitting and turn else ""
