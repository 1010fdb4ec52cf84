"""Whoever takes over is told what was done, though the step that did it has died."""

from typing import Any

import pytest

from deskhand.domain.ledger import LedgerEntry, LedgerState
from deskhand.domain.receipt import Receipt
from deskhand.domain.turn import Envelope, Turn
from deskhand.errors import Unavailable
from deskhand.ports import Ledger
from deskhand.stages.escalate import escalate, hand_over, handoff_entry, reasons
from deskhand.stages.recall import UNREADABLE, recalled
from deskhand.tools.registry import OURS
from scripts.local_stack.handlers import load_handler
from tests.builders import (
    NOON,
    ROOT,
    a_classified_turn,
    a_draft,
    a_judged_turn,
    a_policy,
    a_refund,
    some_money,
)
from tests.memory_house import MemoryHouse
from tests.wired import wired_to

WHAT = "a refund of 42.00 EUR for order 1001"


def a_turn_that_refunds() -> Turn:
    return a_judged_turn(draft=a_draft(actions=(a_refund(42_00),)))


def refund_key(turn: Turn) -> str:
    return f"{turn.id}:{OURS.action_of(a_refund(42_00)).fingerprint}"


def a_receipt(key: str, kind: Any = "action") -> Receipt:
    return Receipt(
        key=key,
        kind=kind,
        name="refund_order" if kind == "action" else "reply",
        reference="R-1",
        words="42.00 EUR of order 1001 has been refunded (reference R-1).",
        money=some_money() if kind == "action" else None,
        read_back_at=NOON,
    )


def noted(
    house: MemoryHouse, key: str, state: LedgerState, what: str, receipt: Receipt | None = None
) -> None:
    entry = LedgerEntry(
        key=key,
        what=what,
        conversation_id="c",
        turn_id="t",
        state="begun",
        begun_at=NOON,
        receipt=None,
    )
    house.ledger.begin(entry)
    house.ledger.record(entry.model_copy(update={"state": state, "receipt": receipt}))


class Counted:
    """A ledger that remembers what it was asked for."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.asked: list[str] = []

    def load(self, key: str) -> LedgerEntry | None:
        self.asked.append(key)
        return self.ledger.load(key)


def with_what_was_done(house: MemoryHouse, turn: Turn) -> Turn:
    return recalled(turn, ledger=house.ledger, tools=OURS)


def test_what_was_done_by_a_step_that_died_is_in_the_packet() -> None:
    house, turn = MemoryHouse(), a_turn_that_refunds()
    key = refund_key(turn)
    noted(house, key, "confirmed", WHAT, a_receipt(key))

    ending = escalate(
        with_what_was_done(house, turn), error="Sandbox.Timedout", policy=a_policy(), now=NOON
    )
    assert [receipt.key for receipt in ending.receipts] == [key]
    assert ending.handoff is not None
    assert "has been refunded (reference R-1)" in ending.handoff.summary


@pytest.mark.parametrize("state", ["begun", "done", "unknown"])
def test_of_what_nobody_knows_a_person_is_told_that_nobody_knows(state: LedgerState) -> None:
    house, turn = MemoryHouse(), a_turn_that_refunds()
    noted(house, refund_key(turn), state, WHAT)

    (why, *_) = reasons(with_what_was_done(house, turn), "Sandbox.Timedout")
    assert why.words == f"nobody knows whether {WHAT} came about"
    assert (why.code, why.priority) == ("TOOL_ERROR", "high")


def test_what_was_refused_or_never_begun_is_not_spoken_of() -> None:
    house, turn = MemoryHouse(), a_turn_that_refunds()
    assert with_what_was_done(house, turn) == turn
    noted(house, refund_key(turn), "refused", WHAT)
    assert with_what_was_done(house, turn) == turn


def test_what_the_turn_knows_already_is_told_once() -> None:
    house, turn = MemoryHouse(), a_turn_that_refunds()
    key = refund_key(turn)
    noted(house, key, "confirmed", WHAT, a_receipt(key))
    noted(house, f"{turn.id}:reply", "unknown", "the reply")

    once = with_what_was_done(house, turn)
    assert with_what_was_done(house, once) == once


def test_a_turn_that_has_drafted_nothing_has_begun_nothing() -> None:
    house, turn = MemoryHouse(), a_classified_turn()
    noted(house, f"{turn.id}:reply", "unknown", "the reply")
    assert with_what_was_done(house, turn) == turn


@pytest.mark.parametrize("state", ["begun", "unknown", "confirmed"])
def test_a_customer_who_may_have_our_reply_is_not_told_another_thing(state: LedgerState) -> None:
    house, turn = MemoryHouse(), a_turn_that_refunds()
    key = f"{turn.id}:reply"
    noted(house, key, state, "the reply", a_receipt(key, "reply") if state == "confirmed" else None)

    done = with_what_was_done(house, turn)
    ending = hand_over(done, reasons(done, "KeyError"), policy=a_policy(), now=NOON)
    assert handoff_entry(done, ending, a_policy()).tell_customer == ""


def test_a_customer_whose_reply_was_refused_is_told_that_a_colleague_takes_over() -> None:
    house, turn = MemoryHouse(), a_turn_that_refunds()
    noted(house, f"{turn.id}:reply", "refused", "the reply")

    done = with_what_was_done(house, turn)
    ending = hand_over(done, reasons(done, "KeyError"), policy=a_policy(), now=NOON)
    assert handoff_entry(done, ending, a_policy()).tell_customer == a_policy().replies.handed_over


def test_a_turn_whose_execution_died_is_handed_over_with_what_it_had_done() -> None:
    house = MemoryHouse()
    turn = house.stored(a_turn_that_refunds())
    key = refund_key(turn)
    noted(house, key, "confirmed", WHAT, a_receipt(key))
    (why,) = reasons(turn, "KeyError")

    assert house.turns.hand_over(turn, why)
    ended = house.conversations.turn(turn.conversation_id, turn.id)
    assert ended is not None
    assert [one.key for one in ended.ending.receipts] == [key]  # type: ignore[union-attr]


def test_the_machines_last_step_tells_people_and_the_audit_what_a_step_that_died_had_begun() -> (
    None
):
    house = MemoryHouse()
    turn = house.stored(a_turn_that_refunds())
    noted(house, refund_key(turn), "unknown", WHAT)
    house.ledger = ledger = Counted(house.ledger)  # type: ignore[assignment]
    check = Envelope.of(turn).model_copy(update={"error": "Sandbox.Timedout"})

    with wired_to(house):
        load_handler(ROOT / "functions" / "escalate").handler(check.model_dump(mode="json"), None)

    words = f"nobody knows whether {WHAT} came about"
    assert words in house.desk.ticket("T1").notes[0].text
    [entry] = house.audit.of(turn.conversation_id)
    assert [(one.came_to, one.words) for one in entry.actions] == [("tried", words)]
    assert ledger.asked == [refund_key(turn), f"{turn.id}:reply"]


def test_whoever_hands_over_asks_the_ledger_once() -> None:
    house = MemoryHouse()
    house.ledger = ledger = Counted(house.ledger)  # type: ignore[assignment]
    turn = house.stored(a_turn_that_refunds())
    (why,) = reasons(turn, "KeyError")

    assert house.turns.hand_over(turn, why)
    assert ledger.asked == [refund_key(turn), f"{turn.id}:reply"]


def test_a_ledger_that_cannot_be_read_keeps_nobody_from_taking_over() -> None:
    class Broken:
        def load(self, key: str) -> LedgerEntry | None:
            raise ZeroDivisionError("a bug")

    done = recalled(a_turn_that_refunds(), ledger=Broken(), tools=OURS)  # type: ignore[arg-type]
    assert done.troubles == (UNREADABLE,)


def test_a_ledger_that_is_away_for_a_moment_is_asked_again() -> None:
    class Away:
        def load(self, key: str) -> LedgerEntry | None:
            raise Unavailable("the table")

    with pytest.raises(Unavailable):
        recalled(a_turn_that_refunds(), ledger=Away(), tools=OURS)  # type: ignore[arg-type]
