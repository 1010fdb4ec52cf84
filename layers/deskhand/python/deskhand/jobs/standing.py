"""How an approval stands, in words that are true for whoever asks, however late they come."""

from datetime import UTC, datetime
from typing import Literal

from deskhand.domain.approval import Approval
from deskhand.domain.noun import Noun
from deskhand.domain.turn import Ended, Ending, Turn

State = Literal["open", "approved", "rejected", "expired", "withdrawn", "ended"]


class Standing(Noun):
    """An approval with what has become of it."""

    approval: Approval
    state: State
    """As the approval's own; `ended` where the turn that asked was over before the answer."""
    words: str
    taken: bool = False
    """Whether it stands so by the word of the person who is told."""


def standing_of(approval: Approval, stored: Turn | Ended | None, *, now: datetime) -> Standing:
    """How it stands at this moment, the turn that asked being stored so."""
    state = _state(approval, stored, now)
    return Standing(approval=approval, state=state, words=_words(approval, state, stored))


def _state(approval: Approval, stored: Turn | Ended | None, now: datetime) -> State:
    if approval.state == "withdrawn":
        return "withdrawn"
    if isinstance(stored, Ended) and approval.id not in {one.id for one in stored.turn.decisions}:
        return "ended"
    if approval.state == "open" and approval.expires_at <= now:
        return "expired"
    return approval.state


def _words(approval: Approval, state: State, stored: Turn | Ended | None) -> str:
    ending = stored.ending if isinstance(stored, Ended) else None
    who, when = approval.decided_by, in_minutes(approval.decided_at or approval.expires_at)
    match state:
        case "open":
            return f"Nobody has answered yet. It waits until {in_minutes(approval.expires_at)}."
        case "approved":
            how = " in other words" if approval.edited_reply else ""
            how += f" with {approval.changes}" if approval.changes else ""
            return f"{who} approved it on {when}{how}. {_came_to(ending)}"
        case "rejected":
            why = f": {approval.reason}" if approval.reason else ""
            return f"{who} rejected it on {when}{why}. A person takes the ticket over."
        case "expired":
            until = in_minutes(approval.expires_at)
            return f"It expired: nobody answered until {until}. A person takes the ticket over."
        case "withdrawn":
            return f"The customer took it back on {when}, before anybody had answered."
        case "ended":
            kind = ending.kind.replace("_", " ") if ending else "gone"
            return f"The turn that asked has ended ({kind}) before an answer came: it was not done."


def _came_to(ending: Ending | None) -> str:
    """What came of a yes."""
    if ending is None:
        return "The agent makes sure that it may still be done, and does it."
    done = [receipt.words for receipt in ending.receipts if receipt.kind == "action"]
    ended = f"The turn has ended: {ending.kind.replace('_', ' ')}."
    return " ".join([*done, ended])


def in_minutes(at: datetime) -> str:
    """The time as a person reads it: `2026-11-21 12:00 UTC`."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
