"""Judges the draft by policy."""

from deskhand import wiring
from deskhand.domain.turn import Drafted
from deskhand.domain.verdict import Verdict
from deskhand.runtime import step
from deskhand.stages.gate import judge


@step
def handler(turn: Drafted) -> Verdict:
    """The decision, with everything that spoke against the draft."""
    return judge(
        turn,
        policy=wiring.policy(),
        permissions=wiring.permissions(),
        counters=wiring.counters(turn),
        tools=wiring.tools(),
    )
