"""Hands a conversation over with everything found so far."""

from deskhand import wiring
from deskhand.domain.turn import Ended, Turn
from deskhand.runtime import last_step
from deskhand.stages.escalate import escalate


@last_step
def handler(turn: Turn, error: str) -> Ended:
    """The turn with all that was done for it, and the ending that gives it to a person."""
    done = wiring.turns().recalled(turn)
    ending = escalate(done, error=error, policy=wiring.policy(), now=wiring.clock()())
    return Ended(turn=done, ending=ending)
