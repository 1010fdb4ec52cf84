"""What happens to a conversation again and again, as steps for tests."""

from collections.abc import Iterable
from typing import Any

from deskhand.domain.approval import Approval
from deskhand.domain.conversation import Conversation
from deskhand.domain.outbox import OutboxEntry
from deskhand.domain.ticket import Message
from deskhand.domain.turn import Ended, Ending, EndingKind, Judged, Turn
from deskhand.domain.verdict import Verdict
from tests.builders import (
    CONVERSATION,
    NOON,
    a_draft,
    a_reading,
    an_approval,
    an_arrival,
    some_evidence,
)
from tests.contract.conftest import Desk

LEASE_S = 120


def arrive(desk: Desk, name: str, **bent: Any) -> None:
    """A new message whose text is its id."""
    assert desk.conversations.append(an_arrival(name, says={"id": name}, **bent))


def head(desk: Desk) -> Conversation:
    found = desk.conversations.load(CONVERSATION)
    assert found is not None
    return found


def opened(desk: Desk, conversation_id: str = CONVERSATION) -> Turn:
    turn = desk.conversations.open_turn(conversation_id, now=NOON, lease_s=LEASE_S)
    assert turn is not None
    return turn


def claimed(desk: Desk, conversation_id: str = CONVERSATION) -> Turn:
    return desk.conversations.claim(opened(desk, conversation_id))


def judged(desk: Desk, conversation_id: str = CONVERSATION) -> Judged:
    """A claimed turn that was stored with its verdict."""
    turn = claimed(desk, conversation_id)
    saved = desk.conversations.save(
        Judged(
            **dict(turn),
            classification=a_reading(),
            evidence=some_evidence(),
            draft=a_draft(),
            verdict=Verdict(decision="await_approval"),
        ),
        now=NOON,
        lease_s=LEASE_S,
    )
    assert isinstance(saved, Judged)
    return saved


def parked(desk: Desk) -> tuple[Judged, Approval]:
    """A turn that waits for a person, as it is stored, and its approval."""
    turn = judged(desk)
    approval = an_approval(turn)
    assert desk.conversations.park(turn, approval, note=a_note(turn))
    stored = desk.conversations.turn(turn.conversation_id, turn.id)
    assert isinstance(stored, Judged)
    return stored, approval


def a_note(turn: Turn, **bent: Any) -> OutboxEntry:
    given = {
        "id": f"{turn.id}:asked",
        "conversation_id": turn.conversation_id,
        "helpdesk": turn.helpdesk,
        "ticket_id": turn.ticket_id,
        "kind": "approval",
        "text": "May I?",
        "due_at": NOON,
    }
    return OutboxEntry.model_validate(given | bent)


def ending(kind: EndingKind = "answered", **bent: Any) -> Ending:
    return Ending.model_validate({"kind": kind, "why": "a test says so", "at": NOON} | bent)


def end(desk: Desk, turn: Turn, kind: EndingKind = "answered", **bent: Any) -> Ended:
    ended = Ended(turn=turn, ending=ending(kind, **bent))
    assert desk.conversations.end(ended)
    return ended


def texts(messages: Iterable[Message]) -> list[str]:
    return [message.text for message in messages]
