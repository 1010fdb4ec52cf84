"""Conversations that go on: the next turn, parked turns, people's answers, and the sweep."""

from typing import Any

import pytest

from deskhand.domain.classification import IntentGuess
from deskhand.domain.ledger import LedgerEntry
from deskhand.domain.turn import Drafted, Ended, Ending, Judged, Turn
from deskhand.domain.verdict import Objection, Verdict
from deskhand.errors import Rejected, Unavailable
from deskhand.jobs.approve import Decision, decide
from deskhand.jobs.dispatch import dispatch
from deskhand.jobs.settle import settle
from deskhand.stages.ask_person import ask_person
from deskhand.tools.registry import OURS
from tests.builders import (
    CONVERSATION,
    a_draft,
    a_judged_turn,
    a_policy,
    a_reading,
    a_refund,
    an_arrival,
    an_order_fact,
    some_evidence,
)
from tests.memory_house import MemoryHouse, ended

ASK = Objection(code="REFUND_ABOVE_LIMIT", words="above 50.00 a person decides", cure="approval")


def an_ending(house: MemoryHouse, **bent: Any) -> Ending:
    given = {"kind": "answered", "why": "everything was answered", "at": house.clock()}
    return Ending.model_validate(given | bent)


def a_parked_turn(house: MemoryHouse) -> Judged:
    """A refund of 80.00 that waits for a person, its execution too."""
    action = a_refund(80_00, "1002")
    turn = house.stored(
        a_judged_turn(
            "Please refund order 1002",
            draft=a_draft(actions=(action,)),
            evidence=some_evidence(facts=(an_order_fact("1002", refundable_cents=80_00),)),
            reading=a_reading("refund_request"),
            verdict=Verdict(decision="await_approval", objections=(ASK,), actions=(action,)),
        )
    )
    assert isinstance(turn, Judged)
    parked = ask_person(
        turn,
        task_token="token-1",
        policy=house.policy,
        tools=OURS,
        link=house.links.link,
        now=house.clock(),
    )
    assert house.turns.park(turn, parked)
    house.workflow.set_status(turn.id, "running")
    house.workflow.park("token-1")
    waiting = house.conversations.turn(CONVERSATION, turn.id)
    assert isinstance(waiting, Judged)
    return waiting


def approval_id(house: MemoryHouse) -> str:
    return house.approvals.of(CONVERSATION)[0].id


def test_a_message_starts_a_turn_and_the_next_one_waits_for_its_end() -> None:
    house = MemoryHouse()
    for number in (1, 2):
        arrival = an_arrival(says={"id": f"m{number}"})
        house.desk.open_ticket(arrival)
        dispatch(arrival, turns=house.turns)
    assert len(house.workflow.started) == 1

    first = house.conversations.turns(CONVERSATION)[0]
    assert isinstance(first, Turn)
    assert house.turns.end(first, an_ending(house))
    assert len(house.workflow.started) == 2
    assert not house.turns.end(first, an_ending(house))


def test_the_same_delivery_again_starts_nothing() -> None:
    house = MemoryHouse()
    for _ in range(3):
        dispatch(an_arrival(), turns=house.turns)
    assert len(house.workflow.started) == 1


def test_what_is_nobody_asking_ends_ignored() -> None:
    house = MemoryHouse()
    dispatch(an_arrival(noise="an auto-reply"), turns=house.turns)
    assert house.workflow.started == []
    assert ended(house)[0].ending.why == "an auto-reply"


def test_the_agent_is_silent_while_a_person_has_the_conversation() -> None:
    house = MemoryHouse()
    house.arrives()
    house.turns.hand_over(house.opened(), ASK)
    dispatch(an_arrival(says={"id": "m2"}), turns=house.turns)

    assert house.workflow.started == []
    assert [turn.ending.kind for turn in ended(house)] == ["handed_over", "ignored"]


def test_what_waited_when_a_person_took_over_is_ignored_too() -> None:
    house = MemoryHouse()
    house.arrives()
    turn = house.opened()
    house.arrives("and?", number="m2")
    house.turns.hand_over(turn, ASK)

    kinds = [(turn.ending.kind, turn.ending.codes) for turn in ended(house)]
    assert kinds == [("handed_over", (ASK.code,)), ("ignored", ("OWNED_BY_PERSON",))]


def test_handing_over_delivers_the_packet_and_then_tells_the_customer() -> None:
    house = MemoryHouse()
    house.arrives()
    house.turns.hand_over(house.opened(), ASK)

    ticket = house.desk.ticket("T1")
    assert ASK.words in ticket.notes[0].text
    assert ticket.messages[-1].text == a_policy().replies.handed_over
    assert (ticket.status, "handed-over" in ticket.tags) == ("open", True)
    assert house.outbox.of(CONVERSATION) == ()


def test_a_yes_resumes_the_parked_turn_for_the_gate() -> None:
    house = MemoryHouse()
    turn = a_parked_turn(house)
    yes = decide(approval_id(house), Decision(decision="approve", by="Mia"), turns=house.turns)

    assert (yes.state, yes.taken) == ("approved", True)
    ((token, check),) = house.workflow.resumed
    assert (token, check.decision) == ("token-1", "judge_again")
    stored = house.conversations.turn(CONVERSATION, turn.id)
    assert type(stored) is Drafted
    assert stored.decisions == (yes.approval,)


def test_a_double_click_is_one_decision() -> None:
    house = MemoryHouse()
    a_parked_turn(house)
    first = decide(approval_id(house), Decision(decision="approve", by="Mia"), turns=house.turns)
    second = decide(approval_id(house), Decision(decision="reject", by="Tom"), turns=house.turns)

    assert (first.taken, second.taken) == (True, False)
    assert "Mia approved it on 2026-11-21 12:00 UTC" in second.words
    assert len(house.workflow.resumed) == 1


def test_a_no_leads_to_a_person_with_the_reason() -> None:
    house = MemoryHouse()
    turn = a_parked_turn(house)
    decision = Decision(decision="reject", by="Mia", reason="call them")
    decide(approval_id(house), decision, turns=house.turns)

    assert house.workflow.resumed[0][1].decision == "escalate"
    stored = house.conversations.turn(CONVERSATION, turn.id)
    assert type(stored) is Judged
    assert stored.decisions[0].reason == "call them"


def test_an_edit_needs_words_and_an_approval_has_to_exist() -> None:
    house = MemoryHouse()
    a_parked_turn(house)
    with pytest.raises(Rejected, match="an edit needs"):
        decide(approval_id(house), Decision(decision="edit", by="Mia"), turns=house.turns)
    with pytest.raises(Rejected, match="there is no approval"):
        decide("nothing.1", Decision(decision="approve", by="Mia"), turns=house.turns)


def test_a_yes_after_the_time_is_told_and_changes_nothing() -> None:
    house = MemoryHouse()
    a_parked_turn(house)
    house.clock.pass_by(days=2)
    late = decide(approval_id(house), Decision(decision="approve", by="Mia"), turns=house.turns)
    assert (late.state, late.taken) == ("expired", False)
    assert "nobody answered until 2026-11-22 12:00 UTC" in late.words
    assert house.approvals.of(CONVERSATION)[0].state == "expired"
    assert house.workflow.resumed[0][1].decision == "escalate"


def test_a_yes_to_a_turn_that_has_ended_is_told() -> None:
    house = MemoryHouse()
    turn = a_parked_turn(house)
    house.conversations.end(Ended(turn=turn, ending=an_ending(house, kind="handed_over")))
    late = decide(approval_id(house), Decision(decision="approve", by="Mia"), turns=house.turns)
    assert (late.state, late.taken) == ("ended", False)
    assert "has ended (handed over)" in late.words
    assert house.approvals.open() == ()


def test_a_yes_waits_until_the_turn_that_runs_has_ended() -> None:
    house = MemoryHouse()
    a_parked_turn(house)
    house.arrives("any news?", number="m2")
    running = house.opened()
    decide(approval_id(house), Decision(decision="approve", by="Mia"), turns=house.turns)
    assert house.workflow.resumed == []

    house.turns.end(running, an_ending(house))
    assert house.workflow.resumed[0][1].decision == "judge_again"


def test_a_crash_after_storing_the_answer_resumes_without_storing_it_twice() -> None:
    house = MemoryHouse()
    turn = a_parked_turn(house)
    resume, house.workflow.resume = house.workflow.resume, _dies  # type: ignore[method-assign]
    with pytest.raises(RuntimeError):
        decide(approval_id(house), Decision(decision="reject", by="Mia"), turns=house.turns)
    house.workflow.resume = resume  # type: ignore[method-assign]
    house.clock.pass_by(minutes=5)
    settle(house.turns)

    assert [check.decision for _, check in house.workflow.resumed] == ["escalate"]
    stored = house.conversations.turn(CONVERSATION, turn.id)
    assert isinstance(stored, Judged)
    assert len(stored.decisions) == 1


def test_a_changed_request_ends_the_turn_that_asked() -> None:
    house = MemoryHouse()
    turn = a_parked_turn(house)
    approval = house.approvals.of(CONVERSATION)[0]
    house.approvals.decide(approval.model_copy(update={"state": "withdrawn"}))
    house.turns.go_on(CONVERSATION)

    stored = house.conversations.turn(CONVERSATION, turn.id)
    assert isinstance(stored, Ended)
    assert stored.ending.kind == "superseded"
    assert house.workflow.resumed[0][1].decision == "ended"
    head = house.conversations.load(CONVERSATION)
    assert head is not None
    assert head.waiting == 0


def test_ending_a_turn_closes_the_question_that_it_had_asked() -> None:
    house = MemoryHouse()
    turn = a_parked_turn(house)
    house.turns.hand_over(turn, ASK)
    assert house.approvals.of(CONVERSATION)[0].state == "expired"


# --- the sweep -----------------------------------------------------------------------------------


def test_a_quiet_desk_has_nothing_to_settle() -> None:
    assert settle(MemoryHouse().turns).model_dump() == {
        "conversations": 0,
        "approvals": 0,
        "notes": 0,
        "failures": (),
    }


@pytest.mark.parametrize(
    ("status", "ends", "starts"), [("unknown", 0, 1), ("running", 0, 0), ("stopped", 1, 0)]
)
def test_a_lease_that_ran_out_is_seen_to(status: Any, ends: int, starts: int) -> None:
    house = MemoryHouse()
    house.arrives()
    turn = house.opened()
    house.workflow.set_status(turn.id, status)
    if status == "unknown":
        house.workflow = type(house.workflow)()
    house.clock.pass_by(hours=1)

    assert settle(house.turns).conversations == 1
    assert len(ended(house)) == ends
    assert len(house.workflow.started) == starts
    assert settle(house.turns).conversations == 0


def test_an_approval_that_nobody_answered_is_settled() -> None:
    house = MemoryHouse()
    a_parked_turn(house)
    house.clock.pass_by(days=2)
    assert settle(house.turns).approvals == 1
    assert house.workflow.resumed[0][1].decision == "escalate"


def test_one_failure_stops_no_other() -> None:
    house = MemoryHouse()
    house.arrives()
    house.opened()
    house.clock.pass_by(hours=1)

    def down(turn_id: str) -> Any:
        raise Unavailable("the state machine")

    house.workflow.status = down  # type: ignore[method-assign]
    swept = settle(house.turns)
    assert (swept.conversations, swept.failures) == (1, ("the state machine",))


def _dies(*given: Any, **more: Any) -> Any:
    raise RuntimeError("the function died here")


def test_intents_that_the_tests_name_are_in_the_policy() -> None:
    assert {"refund_request", "order_status"} <= set(a_policy().intents)
    assert IntentGuess(intent="refund_request", confidence=1.0, part="").intent


def test_the_audit_tells_what_was_begun_by_a_step_that_died() -> None:
    house = MemoryHouse()
    turn = house.stored(a_judged_turn(draft=a_draft(actions=(a_refund(),))))
    action = OURS.action_of(a_refund())
    begun = LedgerEntry(
        key=f"{turn.id}:{action.fingerprint}",
        what="a refund of 42.00 EUR for order 1001",
        conversation_id=CONVERSATION,
        turn_id=turn.id,
        state="begun",
        begun_at=house.clock(),
    )
    house.ledger.begin(begun)
    died = Objection(code="EXECUTION_DIED", words="the machine stopped", cure="person")

    assert house.turns.hand_over(turn, died)
    [entry] = house.audit.of(CONVERSATION)
    assert [(one.name, one.came_to) for one in entry.actions] == [("refund_order", "tried")]
    assert entry.actions[0].words == f"nobody knows whether {begun.what} came about"
