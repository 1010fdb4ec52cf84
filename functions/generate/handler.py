"""Drafts an answer sentence by sentence, and the actions that it needs."""

from deskhand import wiring
from deskhand.domain.draft import Draft
from deskhand.domain.turn import Retrieved
from deskhand.runtime import step
from deskhand.stages.generate import generate

wiring.before_snapshot(wiring.policy, wiring.tools, wiring.language_model)


@step
def handler(turn: Retrieved) -> Draft:
    """What the model wants to say and to do."""
    return generate(
        turn,
        model=wiring.language_model(),
        policy=wiring.policy(),
        tools=wiring.tools(),
        judge=wiring.judge(),
        spending=wiring.spending(),
        files=wiring.files(turn.helpdesk),
    )
