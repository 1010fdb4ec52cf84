"""What one address has begun with us lately, and how often it was answered by itself."""

from datetime import datetime

from pydantic import AwareDatetime, PositiveInt

from deskhand.domain.noun import Noun


class Begun(Noun):
    """A conversation that an address has begun."""

    conversation_id: str
    verified: bool
    """Whether the helpdesk knew who wrote."""
    at: AwareDatetime


class Answered(Noun):
    """An automatic answer that went to an address."""

    turn_id: str
    conversation_id: str
    episode: PositiveInt
    at: AwareDatetime


class Sender(Noun):
    """One address, as it has shown itself within the last day."""

    begun: tuple[Begun, ...] = ()
    """In the order in which we learned of them, which is the same for everybody who looks."""
    answered: tuple[Answered, ...] = ()

    def answers_since(self, since: datetime, *, conversation_id: str, episode: int) -> int:
        """How many answers went out from then on, as it counts for this episode: what came before
        a person gave its conversation back was seen by that person, and does not count."""
        return sum(
            one.at >= since and (one.conversation_id != conversation_id or one.episode >= episode)
            for one in self.answered
        )

    def before(self, conversation_id: str) -> tuple[Begun, ...]:
        """What was begun before that conversation, newest first."""
        known = [one.conversation_id for one in self.begun]
        place = known.index(conversation_id) if conversation_id in known else 0
        return self.begun[:place][::-1]
