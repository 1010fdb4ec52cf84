"""The question back with which the offline model finds out which record is meant."""

from collections.abc import Sequence

from deskhand.domain.policy import Intent
from deskhand.domain.turn import Retrieved


def which_record(turn: Retrieved, intents: Sequence[Intent]) -> str:
    """What the customer has to tell us: which record they mean, or the right number of it."""
    needs = [intent for intent in intents if "fact" in intent.evidence or intent.actions]
    found = turn.evidence
    if not needs or found.customer is None or any(fact.kind == "order" for fact in found.facts):
        return ""
    if found.choices:
        return f"Which one do you mean: {_either(found.choices)}?"
    if found.missing:
        return (
            f"I cannot find {_either(found.missing)}. Could you check the number in your "
            "confirmation mail and send it to me once more?"
        )
    return ""


def _either(things: Sequence[str]) -> str:
    *most, last = things
    return f"{', '.join(most)} or {last}" if most else last
