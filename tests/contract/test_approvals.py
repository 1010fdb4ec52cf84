"""What `Approvals` promises about questions to people."""

from datetime import timedelta
from typing import Any

import pytest

from deskhand.domain.approval import Approval
from deskhand.errors import Rejected
from tests.builders import CONVERSATION, NOON, an_approval, an_arrival
from tests.contract.conftest import Desk
from tests.contract.steps import LEASE_S, a_note, arrive, judged, parked

A_MOMENT = timedelta(microseconds=1)


def decided(approval: Approval, **bent: Any) -> Approval:
    given = {"state": "approved", "decided_by": "Bo", "decided_at": NOON}
    return approval.model_copy(update=given | bent)


def ask(desk: Desk, ticket: str, **bent: Any) -> Approval:
    """An approval on a ticket of its own."""
    desk.conversations.append(an_arrival(ticket_id=ticket))
    turn = desk.conversations.open_turn(f"inbox:{ticket}", now=NOON, lease_s=LEASE_S)
    assert turn is not None
    approval = an_approval(turn, **bent)
    assert desk.conversations.park(turn, approval, note=a_note(turn))
    return approval


def test_an_approval_is_found_by_its_id_alone(desk: Desk) -> None:
    arrive(desk, "m1")
    _, approval = parked(desk)

    assert desk.approvals.load(approval.id) == approval
    assert desk.approvals.load("t9.1") is None


def test_a_conversations_approvals_are_listed_oldest_first(desk: Desk) -> None:
    arrive(desk, "m1")
    _, first = parked(desk)
    arrive(desk, "m2")
    turn = judged(desk)
    second = an_approval(turn, asked_at=NOON - timedelta(minutes=1))
    desk.conversations.park(turn, second, note=a_note(turn))
    ask(desk, "T2")

    assert desk.approvals.of(CONVERSATION) == (second, first)
    assert desk.approvals.of("inbox:T9") == ()


def test_open_approvals_are_listed_oldest_first_whenever_they_expire(desk: Desk) -> None:
    new = ask(desk, "T1", asked_at=NOON, expires_at=NOON + timedelta(hours=1))
    old = ask(desk, "T2", asked_at=NOON - timedelta(hours=2), expires_at=NOON + timedelta(hours=9))
    done = ask(desk, "T3", asked_at=NOON - timedelta(hours=3))
    desk.approvals.decide(decided(done))

    assert desk.approvals.open() == (old, new)
    assert desk.approvals.open(limit=1) == (old,)


def test_a_decision_is_kept(desk: Desk) -> None:
    approval = ask(desk, "T1")
    yes = decided(approval, edited_reply="Done, with our apologies.")

    assert desk.approvals.decide(yes) == yes
    assert desk.approvals.load(approval.id) == yes
    assert desk.approvals.of(approval.conversation_id) == (yes,)
    assert desk.approvals.open() == ()


def test_an_earlier_decision_stays(desk: Desk) -> None:
    approval = ask(desk, "T1")
    first = desk.approvals.decide(decided(approval, state="rejected", reason="not this one"))

    assert desk.approvals.decide(decided(approval, decided_by="Cy")) == first
    assert desk.approvals.load(approval.id) == first


def test_the_same_decision_twice_is_one(desk: Desk) -> None:
    approval = ask(desk, "T1")

    assert desk.approvals.decide(decided(approval)) == desk.approvals.decide(decided(approval))


def test_what_is_no_decision_is_refused(desk: Desk) -> None:
    approval = ask(desk, "T1")

    with pytest.raises(Rejected, match="no decision"):
        desk.approvals.decide(approval)


def test_an_approval_that_is_not_there_cannot_be_decided(desk: Desk) -> None:
    approval = ask(desk, "T1").model_copy(update={"id": "t9.1"})

    with pytest.raises(Rejected, match=r"t9\.1"):
        desk.approvals.decide(decided(approval))
    with pytest.raises(Rejected, match=r"t9\.1"):
        desk.approvals.mark_resumed("t9.1")


def test_an_open_approval_is_due_once_it_has_expired(desk: Desk) -> None:
    approval = ask(desk, "T1")

    assert desk.approvals.due(before=approval.expires_at) == ()
    assert desk.approvals.due(before=approval.expires_at + A_MOMENT) == (approval,)


@pytest.mark.parametrize("state", ["approved", "rejected", "expired", "withdrawn"])
def test_a_decided_approval_is_due_until_its_turn_has_gone_on(desk: Desk, state: str) -> None:
    approval = ask(desk, "T1")
    answered = desk.approvals.decide(decided(approval, state=state))

    assert desk.approvals.due(before=NOON) == (answered,)
    desk.approvals.mark_resumed(approval.id)
    assert desk.approvals.due(before=NOON + timedelta(days=365)) == ()
    stored = desk.approvals.load(approval.id)
    assert stored == answered.model_copy(update={"resumed": True})


def test_what_is_due_comes_oldest_first_and_no_more_than_asked_for(desk: Desk) -> None:
    early, late = NOON + timedelta(hours=1), NOON + timedelta(hours=3)
    first = ask(desk, "T1", expires_at=early)
    second = desk.approvals.decide(decided(ask(desk, "T2"), decided_at=early + A_MOMENT))
    third = ask(desk, "T3", expires_at=late)

    tomorrow = NOON + timedelta(days=1)
    assert desk.approvals.due(before=tomorrow) == (first, second, third)
    assert desk.approvals.due(before=tomorrow, limit=2) == (first, second)
