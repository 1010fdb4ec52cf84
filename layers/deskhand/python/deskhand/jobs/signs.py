"""Counts what a turn has done and refused, so that what is out of the ordinary is noticed."""

from collections.abc import Sequence
from datetime import datetime

from deskhand.domain.receipt import Receipt
from deskhand.domain.turn import Judged, Turn
from deskhand.ports import Stops

UNUSUAL_PLACES = frozenset({"UNUSUAL_PLACE"})
"""The codes of rules that speak of where something goes."""


def note_signs(turn: Turn, receipts: Sequence[Receipt], stops: Stops, *, at: datetime) -> None:
    """One sign for each action that was done, denied, or wanted in an unusual place."""
    for receipt in receipts:
        if receipt.kind == "action":
            stops.note(receipt.name, "done", at=at)
    if not isinstance(turn, Judged):
        return
    names = {proposed.id: proposed.name for proposed in turn.draft.actions}
    about = [one for one in turn.verdict.objections if one.about in names]
    for action in sorted({names[one.about] for one in about if one.cure == "explain"}):
        stops.note(action, "refused", at=at)
    for action in sorted({names[one.about] for one in about if one.code in UNUSUAL_PLACES}):
        stops.note(action, "unusual_place", at=at)
