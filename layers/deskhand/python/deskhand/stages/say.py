"""Says something to the customer at most once, and proves that it was said."""

from deskhand.domain.ledger import LedgerEntry
from deskhand.domain.receipt import Receipt
from deskhand.domain.ticket import CloseOut
from deskhand.domain.turn import Judged
from deskhand.domain.verdict import Objection
from deskhand.errors import DeskhandError, Rejected, Unavailable
from deskhand.stages.world import World


def say(turn: Judged, text: str, *, close_out: CloseOut, world: World) -> Receipt | Objection:
    """The receipt of the turn's one public reply, or why a person has to see to it.

    An earlier try that was not heard of again is looked up by its marker; where it is not found,
    nothing is said a second time.
    """
    key = f"{turn.id}:reply"
    entry = LedgerEntry(
        key=key,
        what="the reply",
        conversation_id=turn.conversation_id,
        turn_id=turn.id,
        state="begun",
        begun_at=world.clock(),
    )
    earlier = world.ledger.begin(entry)
    if earlier is not None and earlier.receipt is not None:
        return earlier.receipt
    if earlier is not None and earlier.state == "refused":
        return _failure(earlier.words)
    try:
        message_id = (
            world.helpdesk.reply(turn.ticket_id, text, marker=key, close_out=close_out)
            if earlier is None
            else _read_back(turn, key, world)
        )
    except Unavailable:
        message_id = _read_back(turn, key, world)
    except Rejected as refusal:
        words = f"the helpdesk refused the reply: {refusal}"
        world.ledger.record(entry.model_copy(update={"state": "refused", "words": words}))
        return _failure(words)
    if not message_id:
        words = "nobody knows whether the reply arrived"
        world.ledger.record(entry.model_copy(update={"state": "unknown", "words": words}))
        return _failure(words)
    receipt = Receipt(
        key=key,
        kind="reply",
        name="reply",
        reference=message_id,
        words=f"The reply was sent ({message_id}).",
        read_back_at=world.clock(),
    )
    confirmed = {"state": "confirmed", "reference": message_id, "receipt": receipt}
    world.ledger.record(entry.model_copy(update=confirmed))
    return receipt


def _read_back(turn: Judged, marker: str, world: World) -> str:
    """The id of the reply with that marker; empty when it is not there or cannot be looked up."""
    try:
        return world.helpdesk.find(turn.ticket_id, marker) or ""
    except DeskhandError:
        return ""


def _failure(words: str) -> Objection:
    return Objection(code="REPLY_FAILED", words=words, cure="person", priority="high")
