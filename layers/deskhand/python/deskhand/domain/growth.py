"""How a turn grows by what a stage found, and how it goes back when the gate sends it back."""

from deskhand.domain.classification import Classification
from deskhand.domain.draft import Draft
from deskhand.domain.evidence import Evidence
from deskhand.domain.turn import (
    Classified,
    Drafted,
    Judged,
    Look,
    Retrieved,
    Turn,
    grow,
)
from deskhand.domain.verdict import Verdict

Found = Classification | Evidence | Draft | Verdict

FIELD: dict[type[Found], tuple[type[Turn], str]] = {
    Classification: (Classified, "classification"),
    Evidence: (Retrieved, "evidence"),
    Draft: (Drafted, "draft"),
}


def grown(turn: Turn, found: Found) -> Turn:
    """The turn with what a stage found, at the stage that this makes of it."""
    if isinstance(found, Verdict):
        return _judged(turn, found)
    stage, field = FIELD[type(found)]
    return grow(turn, stage, **{field: found}, next_step="go_on")


def _judged(turn: Turn, verdict: Verdict) -> Turn:
    if not isinstance(turn, Drafted):
        raise TypeError(f"a {type(turn).__name__} has no draft to judge")
    if verdict.decision == "look_again":
        return grow(
            turn,
            Classified,
            looks=turn.looks + 1,
            lessons=verdict.objections,
            looked=(*turn.looked, Look(draft=turn.draft, verdict=verdict)),
            next_step="look_again",
        )
    # In shadow everything leads to Act, which only records: nobody is asked, nothing waits.
    next_step = "send" if verdict.mode == "shadow" else verdict.decision
    return grow(turn, Judged, verdict=verdict, next_step=next_step)
