"""Does what was permitted, reads it back, replies, and closes the ticket out."""

from deskhand import wiring
from deskhand.domain.turn import Ending, Judged, Turn
from deskhand.runtime import step
from deskhand.stages.act import act


@step
def handler(turn: Judged) -> Ending | Turn:
    """The ending; or the turn, to be judged again or handed over."""
    return act(turn, policy=wiring.policy(), world=wiring.world(turn.helpdesk))
