"""Reads what the messages of a turn want."""

from deskhand import wiring
from deskhand.domain.classification import Classification
from deskhand.domain.turn import Turn
from deskhand.runtime import step
from deskhand.stages.classify import classify

wiring.before_snapshot(wiring.policy, wiring.embedder, wiring.fitted_intents, wiring.language_model)


@step
def handler(turn: Turn) -> Classification:
    """The reading of the turn's messages."""
    return classify(
        turn,
        embedder=wiring.embedder(),
        fitted=wiring.fitted_intents(),
        model=wiring.language_model(),
        policy=wiring.policy(),
        spending=wiring.spending(),
    )
