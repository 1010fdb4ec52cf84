"""What `Ledger` promises about things that may happen at most once."""

from datetime import timedelta
from typing import Any

import pytest

from deskhand.domain.ledger import LedgerEntry, LedgerState
from deskhand.domain.receipt import Receipt
from tests.builders import CONVERSATION, NOON, some_money
from tests.contract.conftest import Desk

STATES: tuple[LedgerState, ...] = ("begun", "done", "unknown", "confirmed", "refused")
FORWARD = {
    ("begun", "done"),
    ("begun", "unknown"),
    ("begun", "confirmed"),
    ("begun", "refused"),
    ("done", "unknown"),
    ("done", "confirmed"),
    ("done", "refused"),
    ("unknown", "confirmed"),  # cleared up by reading it back
    ("unknown", "refused"),
}


def an_entry(state: LedgerState = "begun", **bent: Any) -> LedgerEntry:
    given = {
        "key": "t1:refund",
        "what": "a refund of 42.00 EUR for order 1001",
        "conversation_id": CONVERSATION,
        "turn_id": "t1",
        "state": state,
        "begun_at": NOON,
    }
    return LedgerEntry.model_validate(given | bent)


def a_receipt() -> Receipt:
    return Receipt(
        key="t1:refund",
        kind="action",
        name="refund_order",
        reference="re_1",
        words="42.00 EUR went back.",
        money=some_money(),
        read_back_at=NOON,
    )


def test_a_new_key_is_ours(desk: Desk) -> None:
    assert desk.ledger.load("t1:refund") is None
    assert desk.ledger.begin(an_entry()) is None
    assert desk.ledger.load("t1:refund") == an_entry()


def test_a_key_that_was_begun_is_never_ours_again(desk: Desk) -> None:
    desk.ledger.begin(an_entry())

    assert desk.ledger.begin(an_entry(turn_id="t2")) == an_entry()
    assert desk.ledger.load("t1:refund") == an_entry()


@pytest.mark.parametrize("state", STATES)
def test_beginning_again_tells_how_far_it_got(desk: Desk, state: LedgerState) -> None:
    desk.ledger.begin(an_entry())
    reached = an_entry(state, words="why", receipt=a_receipt() if state == "confirmed" else None)
    desk.ledger.record(reached)

    expected = an_entry() if state == "begun" else reached
    assert desk.ledger.begin(an_entry()) == expected


def test_different_keys_know_nothing_of_each_other(desk: Desk) -> None:
    desk.ledger.begin(an_entry())

    assert desk.ledger.begin(an_entry(key="t1:reply")) is None


@pytest.mark.parametrize("before", STATES)
@pytest.mark.parametrize("after", STATES)
def test_an_entry_moves_forward_only(desk: Desk, before: LedgerState, after: LedgerState) -> None:
    desk.ledger.begin(an_entry())
    desk.ledger.record(an_entry(before, words="before"))
    stored = desk.ledger.load("t1:refund")
    assert stored is not None

    desk.ledger.record(an_entry(after, words="after"))

    moved = desk.ledger.load("t1:refund")
    assert moved is not None
    if (before, after) in FORWARD:
        assert (moved.state, moved.words) == (after, "after")
    else:
        assert moved == stored


def test_a_reference_that_was_known_is_not_forgotten(desk: Desk) -> None:
    desk.ledger.begin(an_entry())
    later = NOON + timedelta(minutes=1)
    desk.ledger.record(an_entry("done", reference="re_1", begun_at=later))
    desk.ledger.record(an_entry("unknown", words="the bank is silent", begun_at=later))

    stored = desk.ledger.load("t1:refund")
    assert stored is not None
    assert (stored.state, stored.reference, stored.begun_at) == ("unknown", "re_1", NOON)


def test_what_was_never_begun_can_still_be_recorded(desk: Desk) -> None:
    desk.ledger.record(an_entry("refused", words="no"))

    assert desk.ledger.begin(an_entry()) == an_entry("refused", words="no")
