"""What a turn wanted of the articles, and whether it was there: what the gap report counts."""

from typing import Self

from pydantic import AwareDatetime

from deskhand.domain.noun import Noun
from deskhand.domain.turn import Ended, Judged

NO_GAP = frozenset({"superseded", "ignored"})
"""Endings after which another turn, or nobody, looks for the same."""
LONGEST_QUESTION = 1_000
"""More characters than this tell no embedder, and no person, anything more about a gap."""


class Retrieval(Noun):
    """One turn that needed an article. It is forgotten when the turn is."""

    conversation_id: str
    turn_id: str
    ticket_id: str
    at: AwareDatetime
    """When the turn ended."""
    thin: bool
    """Whether the articles did not hold what was asked."""
    intent: str
    question: str = ""
    """What was asked, understandable by itself, or how that begins; kept only where nothing
    answered it."""

    @classmethod
    def of(cls, ended: Ended) -> Self | None:
        """What the gate found of a turn that is over; None where it wanted nothing of articles."""
        turn, ending = ended.turn, ended.ending
        if not isinstance(turn, Judged) or ending.kind in NO_GAP:
            return None
        if turn.verdict.articles == "unasked":
            return None
        thin = turn.verdict.articles == "thin"
        return cls(
            conversation_id=turn.conversation_id,
            turn_id=turn.id,
            ticket_id=turn.ticket_id,
            at=ending.at,
            thin=thin,
            intent=turn.classification.intent,
            question=turn.classification.question[:LONGEST_QUESTION] if thin else "",
        )
