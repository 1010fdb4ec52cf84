"""Parks a turn until a person has answered."""

from deskhand import wiring
from deskhand.domain.turn import Judged, Parked
from deskhand.runtime import parking_step
from deskhand.stages.ask_person import ask_person


@parking_step
def handler(turn: Judged, task_token: str) -> Parked:
    """The question to a person."""
    return ask_person(
        turn,
        task_token=task_token,
        policy=wiring.policy(),
        tools=wiring.tools(),
        link=wiring.approval_links().link,
        now=wiring.clock()(),
    )
