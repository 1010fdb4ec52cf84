"""The question back with which the offline model finds out which record is meant."""

from collections.abc import Sequence

from deskhand.adapters.models.meant_records import unclear_among, wish_of
from deskhand.domain.policy import Intent
from deskhand.domain.turn import Retrieved
from deskhand.text.requests import asks_to_be_done


def which_record(turn: Retrieved, intents: Sequence[Intent]) -> str:
    """What the customer has to tell us: which record they mean, or the right number of it."""
    needs = [intent for intent in intents if "fact" in intent.evidence or intent.actions]
    found = turn.evidence
    if not needs or found.customer is None:
        return ""
    if any(fact.kind == "order" for fact in found.facts):
        unclear = _unclear(turn, [intent.name for intent in needs if intent.actions])
        return f"Which one do you mean: {_either(unclear)}?" if unclear else ""
    if found.choices:
        return f"Which one do you mean: {_either(found.choices)}?"
    if found.missing:
        return (
            f"I cannot find {_either(found.missing)}. Could you check the number in your "
            "confirmation mail and send it to me once more?"
        )
    return ""


def _unclear(turn: Retrieved, acting: Sequence[str]) -> Sequence[str]:
    """The records among which nobody can tell which one something is to be done with."""
    if not asks_to_be_done(turn.classification.question):
        return ()
    guesses = [one for one in turn.classification.intents if one.intent in acting]
    found = (unclear_among(turn.evidence.facts, wish_of(turn, one)) for one in guesses)
    return next((some for some in found if some), ())


def _either(things: Sequence[str]) -> str:
    *most, last = things
    return f"{', '.join(most)} or {last}" if most else last
