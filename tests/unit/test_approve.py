"""A person's answer is taken once, and whoever answers is told what is true."""

from datetime import timedelta
from typing import Any

import pytest

from deskhand.domain.approval import Approval
from deskhand.domain.draft import ProposedAction
from deskhand.domain.receipt import Receipt
from deskhand.domain.turn import Drafted
from deskhand.domain.verdict import Objection, Verdict
from deskhand.errors import Rejected
from deskhand.jobs.approve import Decision, decide, look
from deskhand.jobs.settle import settle
from deskhand.jobs.standing import Standing
from deskhand.text.replies import compose_reply
from tests.builders import (
    CONVERSATION,
    a_draft,
    a_judged_turn,
    a_policy,
    a_refund,
    a_turn,
    an_approval,
)
from tests.memory_house import MemoryHouse
from tests.unit.test_turns import a_parked_turn, an_ending, approval_id


def answer(house: MemoryHouse, decision: str = "approve", by: str = "Mia", **bent: Any) -> Standing:
    given = Decision.model_validate({"decision": decision, "by": by} | bent)
    return decide(approval_id(house), given, turns=house.turns)


def stored(house: MemoryHouse) -> Approval:
    return house.approvals.of(CONVERSATION)[0]


def with_amount(amount_cents: Any) -> list[dict[str, Any]]:
    arguments = {"order_id": "1002", "amount_cents": amount_cents}
    return [{"name": "refund_order", "arguments": arguments}]


def test_the_same_answer_twice_is_told_the_same_both_times() -> None:
    house = MemoryHouse()
    a_parked_turn(house)
    first, second = answer(house), answer(house)

    assert (first.taken, second.taken) == (True, True)
    assert first.words == second.words
    assert len(house.workflow.resumed) == 1


def test_another_answer_of_the_same_person_changes_nothing() -> None:
    house = MemoryHouse()
    a_parked_turn(house)
    answer(house)
    second = answer(house, "edit", reply="Other words.")

    assert not second.taken
    assert stored(house).edited_reply == ""


def test_looking_changes_nothing() -> None:
    house = MemoryHouse()
    a_parked_turn(house)
    house.clock.pass_by(days=3)

    assert look(approval_id(house), turns=house.turns).state == "expired"
    assert stored(house).state == "open"
    assert house.workflow.resumed == []


def test_a_second_click_lets_a_turn_go_on_that_a_crash_left_behind() -> None:
    house = MemoryHouse()
    a_parked_turn(house)
    said = {"state": "approved", "decided_by": "Mia", "decided_at": house.clock()}
    house.approvals.decide(stored(house).model_copy(update=said))  # and then it crashed
    again = answer(house)

    assert again.taken
    assert [check.decision for _, check in house.workflow.resumed] == ["judge_again"]


def test_a_sweep_lets_it_go_on_if_nobody_clicks_again() -> None:
    house = MemoryHouse()
    a_parked_turn(house)
    said = {"state": "rejected", "decided_by": "Mia", "decided_at": house.clock()}
    house.approvals.decide(stored(house).model_copy(update=said))
    house.clock.pass_by(minutes=1)
    settle(house.turns)

    assert [check.decision for _, check in house.workflow.resumed] == ["escalate"]


def test_arguments_that_a_person_changed_are_what_they_said_yes_to() -> None:
    house = MemoryHouse()
    turn = a_parked_turn(house)
    (asked,) = stored(house).actions
    edited = answer(house, "edit", actions=with_amount(60_00))

    (given,) = edited.approval.actions
    assert edited.approval.covers(given)
    assert not edited.approval.covers(asked)
    assert "refund_order amount_cents 6000 instead of" in edited.words
    waiting = house.conversations.turn(CONVERSATION, turn.id)
    assert type(waiting) is Drafted
    assert waiting.draft.actions == (given,)
    assert answer(house, "edit", actions=with_amount(60_00)).taken
    assert not answer(house, "edit", actions=with_amount(70_00)).taken


@pytest.mark.parametrize(
    ("actions", "words"),
    [
        (with_amount("6000"), "amount_cents has to stay of its kind"),
        (with_amount(60.5), "amount_cents has to stay of its kind"),
        (with_amount(True), "amount_cents has to stay of its kind"),
        (with_amount(None), "amount_cents has to stay of its kind"),
        ([{"name": "cancel_order", "arguments": {"order_id": "1002"}}], "has to be refund_order"),
        (with_amount(60_00) * 2, "has to be refund_order, in this order"),
        ([{"name": "refund_order", "arguments": {"order_id": "1002"}}], "takes order_id, amount"),
    ],
)
def test_an_edit_changes_values_and_nothing_else(actions: Any, words: str) -> None:
    house = MemoryHouse()
    a_parked_turn(house)
    with pytest.raises(Rejected, match=words):
        answer(house, "edit", actions=actions)
    assert stored(house).state == "open"


def test_a_plain_yes_carries_no_changes_whatever_is_sent_with_it() -> None:
    house = MemoryHouse()
    a_parked_turn(house)
    yes = answer(house, "approve", reply="Other words.", actions=with_amount(1))

    assert (yes.approval.edited_reply, yes.approval.instead_of) == ("", ())


def test_an_answer_in_the_last_moment_counts_and_the_next_one_does_not() -> None:
    house = MemoryHouse()
    a_parked_turn(house)
    house.clock.now = stored(house).expires_at - timedelta(microseconds=1)
    assert answer(house).taken

    late = MemoryHouse()
    a_parked_turn(late)
    late.clock.now = stored(late).expires_at
    assert answer(late).state == "expired"


@pytest.mark.parametrize("by", ["", "   ", "x" * 201])
def test_an_answer_needs_a_name(by: str) -> None:
    with pytest.raises(ValueError, match="by"):
        Decision(decision="approve", by=by)


def test_an_answer_reads_back_as_it_was_written() -> None:
    house = MemoryHouse()
    a_parked_turn(house)
    answer(house, "edit", reply="In my words.", actions=with_amount(60_00))
    kept = stored(house)

    assert Approval.model_validate_json(kept.model_dump_json()) == kept
    assert isinstance(kept.instead_of[0], ProposedAction)
    assert kept.instead_of[0].name == a_refund().name


def test_what_came_of_a_yes_is_told_to_who_looks_later() -> None:
    house = MemoryHouse()
    turn = a_parked_turn(house)
    answer(house)
    waiting = house.conversations.turn(CONVERSATION, turn.id)
    assert isinstance(waiting, Drafted)
    receipt = Receipt(
        key="k",
        kind="action",
        name="refund_order",
        reference="re_1",
        words="80.00 EUR has been refunded.",
        read_back_at=house.clock(),
    )
    house.turns.end(waiting, an_ending(house, receipts=(receipt,)))

    told = look(approval_id(house), turns=house.turns)
    assert told.state == "approved"
    assert told.words.endswith("80.00 EUR has been refunded. The turn has ended: answered.")


def test_what_the_customer_took_back_is_told_as_taken_back() -> None:
    house = MemoryHouse()
    a_parked_turn(house)
    back = {"state": "withdrawn", "decided_by": "customer", "decided_at": house.clock()}
    house.approvals.decide(stored(house).model_copy(update=back))
    told = answer(house)

    assert (told.state, told.taken) == ("withdrawn", False)
    assert "The customer took it back on 2026-11-21 12:00 UTC" in told.words
    assert house.workflow.resumed[0][1].decision == "ended"


@pytest.mark.parametrize(("about", "sent"), [(a_refund(80_00), False), (a_refund(1), True)])
def test_a_persons_words_go_out_only_if_what_they_said_yes_to_is_done(
    about: ProposedAction, sent: bool
) -> None:
    denied = Objection(code="TOO_LATE", words="It is too late.", cure="explain", about=about.id)
    yes = {"state": "approved", "decided_by": "Mia", "edited_reply": "Eighty euros are yours."}
    turn = a_judged_turn(
        draft=a_draft(actions=(a_refund(80_00), a_refund(1))),
        verdict=Verdict(decision="send", objections=(denied,)),
        decisions=(an_approval(a_turn(), **yes),),
    )
    reply = compose_reply(turn, receipts=(), policy=a_policy())

    assert ("Eighty euros are yours." in reply) is sent
    assert ("It is too late." in reply) is not sent
