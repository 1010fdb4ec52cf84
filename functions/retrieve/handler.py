"""Finds the passages and the account's facts that an answer may stand on."""

from deskhand import wiring
from deskhand.domain.evidence import Evidence
from deskhand.domain.turn import Classified
from deskhand.runtime import step
from deskhand.stages.retrieve import retrieve

wiring.before_snapshot(wiring.policy, wiring.embedder, wiring.tools)


@step
def handler(turn: Classified) -> Evidence:
    """Everything a draft may stand on."""
    return retrieve(
        turn,
        embedder=wiring.embedder(),
        knowledge=wiring.knowledge(),
        reranker=wiring.reranker(),
        connectors=wiring.connectors(),
        policy=wiring.policy(),
        tools=wiring.tools(),
        today=wiring.clock()().date(),
    )
