"""Each way in which a turn can be broken, broken: nothing is lost, nothing happens twice."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from deskhand import wiring
from deskhand.adapters.stepfunctions_workflow import StepFunctionsWorkflow
from deskhand.domain.draft import Draft
from deskhand.domain.outbox import OutboxEntry
from deskhand.domain.ticket import CloseOut
from deskhand.domain.turn import Ended, Envelope, Retrieved, Turn
from deskhand.errors import Unavailable
from deskhand.jobs.dispatch import dispatch
from deskhand.jobs.settle import settle
from tests.builders import a_message, a_policy, an_arrival
from tests.flow.conftest import House
from tests.flow.scripted import ScriptedModel

SMALL = "I want my money back for order HR-1001 please."
STAGES = ["embedder", "knowledge", "language_model", "permissions", "ledger"]


class Broken:
    """Stands behind any port and fails in the way that it was told."""

    def __init__(self, error: Exception, times: int = 1_000) -> None:
        self.error, self.times, self.calls = error, times, 0

    def __getattr__(self, name: str) -> Any:
        if self.calls < self.times:
            self.calls += 1
            raise self.error
        raise AssertionError("asked more often than a test expects")


@pytest.mark.parametrize("port", STAGES)
def test_a_stage_that_raises_hands_over_with_the_reason(house: House, port: str) -> None:
    house.furnish(**{port: Broken(ZeroDivisionError("a bug"))})
    house.says(f"bug-{port}", SMALL)

    (turn,) = house.ended(f"bug-{port}")
    assert turn.ending.kind == "handed_over"
    assert "STEP_FAILED" in turn.ending.codes
    assert house.ticket(f"bug-{port}").notes


def test_what_is_unavailable_for_a_moment_is_tried_again(house: House) -> None:
    failed: list[str] = []

    def fails_once(turn: Retrieved, offline: Draft) -> Draft:
        if not failed:
            failed.append(turn.id)
            raise Unavailable("the language model")
        return offline

    house.furnish(language_model=ScriptedModel(fails_once))
    house.says("moment", "Where is my order HR-1003?")

    (turn,) = house.ended("moment")
    assert turn.ending.kind == "answered"
    assert failed == [turn.turn.id]


def test_what_stays_unavailable_is_handed_over(house: House) -> None:
    house.furnish(language_model=Broken(Unavailable("the language model")))
    house.says("stays", "Where is my order HR-1003?")

    (turn,) = house.ended("stays")
    assert turn.ending.kind == "handed_over"
    assert "TOOL_ERROR" in turn.ending.codes


def test_a_step_invoked_twice_does_nothing_twice(house: House) -> None:
    house.says("twice", SMALL)
    (turn,) = house.ended("twice")
    check = Envelope(conversation_id="inbox:twice", turn_id=turn.turn.id).model_dump(mode="json")

    for stage in ("classify", "retrieve", "generate", "gate", "act", "escalate"):
        assert house.stack.invoke(stage, check)["decision"] == "ended"

    assert len(house.said("twice")) == 1
    assert house.ended("twice") == (turn,)


def test_acting_again_after_a_crash_refunds_nobody_twice(house: House) -> None:
    """Act dies after the refund and before the reply; the machine runs it again."""
    made: list[str] = []
    desk = wiring.built_in_desk()

    class Dies:
        def __getattr__(self, name: str) -> Any:
            return getattr(desk, name)

        def reply(self, ticket_id: str, text: str, *, marker: str, close_out: CloseOut) -> str:
            made.append(marker)
            if len(made) == 1:
                raise Unavailable("the helpdesk")
            return desk.reply(ticket_id, text, marker=marker, close_out=close_out)

    billing = wiring.connectors().billing
    refunds: list[str] = []

    class Counting:
        def refund(self, *given: Any, **more: Any) -> str:
            refunds.append(more["idempotency_key"])
            return billing.refund(*given, **more)

        def __getattr__(self, name: str) -> Any:
            return getattr(billing, name)

    from dataclasses import replace

    house.furnish(built_in_desk=Dies())
    connectors = wiring.connectors()
    billing = connectors.billing
    wiring.replace({"connectors": replace(connectors, billing=Counting())})
    house.says("crash", SMALL)

    (turn,) = house.ended("crash")
    assert len(refunds) == 1
    assert turn.ending.kind == "handed_over"
    assert [receipt.name for receipt in turn.ending.receipts] == ["refund_order"]
    assert "REPLY_FAILED" in turn.ending.codes


def test_a_crash_between_the_ending_and_the_next_turn_loses_no_message(house: House) -> None:
    """The second message comes while the first turn runs; whoever ends it dies at once."""
    workflow = wiring.workflow()
    asked: list[str] = []

    class DiesOnce:
        def __getattr__(self, name: str) -> Any:
            return getattr(workflow, name)

        def start(self, turn: Turn, *, gather_s: int, approval_s: int) -> None:
            asked.append(turn.id)
            if len(asked) == 2:
                raise RuntimeError("the function died here")
            workflow.start(turn, gather_s=gather_s, approval_s=approval_s)

    def writes_again(turn: Retrieved, offline: Draft) -> Draft:
        if len(asked) == 1 and not house_said:
            house_said.append(1)
            _arrives(house, "between", "And when will it arrive?", "m-second")
        return offline

    house_said: list[int] = []
    house.furnish(workflow=DiesOnce())
    wiring.replace({"language_model": ScriptedModel(writes_again)})
    house.says("between", "Where is my order HR-1003?")
    house.until(lambda: len(asked) >= 2)
    house.clock.pass_by(seconds=a_policy().replies.lease_s + 60)
    settle(wiring.turns())

    first, second = house.ended("between", 2)
    assert first.ending.kind == "superseded"
    assert second.ending.kind == "answered"
    assert len(second.turn.messages) == 2


def test_an_execution_that_dies_of_the_runtime_is_handed_over_by_settle(house: House) -> None:
    """`States.ALL` does not catch what kills the machine itself: here, an unreadable input."""
    stack = house.stack
    machine = stack.outputs["StateMachineArn"]
    client = stack.boto3_client("stepfunctions")

    class Garbled(StepFunctionsWorkflow):
        def start(self, turn: Turn, *, gather_s: int, approval_s: int) -> None:
            check = Envelope(conversation_id=turn.conversation_id, turn_id=turn.id)
            client.start_execution(
                stateMachineArn=machine, name=turn.id, input=check.model_dump_json()
            )

    house.furnish(workflow=Garbled(client, machine))
    house.says("runtime", "Where is my order HR-1003?")
    (stored,) = house.turns("runtime")
    assert isinstance(stored, Turn)
    house.until(lambda: wiring.workflow().status(stored.id) == "stopped")
    assert settle(wiring.turns()).conversations == 0
    house.clock.pass_by(seconds=a_policy().replies.lease_s + 60)
    settle(wiring.turns())

    (turn,) = house.ended("runtime")
    assert turn.ending.kind == "handed_over"
    assert "EXECUTION_DIED" in turn.ending.codes
    assert any("HR-1003" in note.text for note in house.ticket("runtime").notes)


def test_a_lease_left_behind_before_the_start_is_taken_up(house: House) -> None:
    arrival = _arrives(house, "left", "Where is my order HR-1003?", "m1", dispatched=False)
    wiring.conversations().append(arrival)
    wiring.conversations().open_turn("inbox:left", now=house.clock(), lease_s=900)
    house.clock.pass_by(seconds=960)
    settle(wiring.turns())

    (turn,) = house.ended("left")
    assert turn.ending.kind == "answered"


def test_two_deliveries_of_one_message_at_once_are_one_turn(house: House) -> None:
    arrival = _arrives(house, "double", "Where is my order HR-1003?", "m1", dispatched=False)
    turns = wiring.turns()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: dispatch(arrival, turns=turns), range(8)))

    (turn,) = house.ended("double")
    assert len(turn.turn.messages) == 1
    assert len(house.said("double")) == 1


def test_a_burst_while_a_turn_runs_is_answered_together(house: House) -> None:
    """The turn that was running says nothing; the next one answers all of it, once."""
    sent: list[int] = []

    def burst(turn: Retrieved, offline: Draft) -> Draft:
        if not sent:
            for number in range(3):
                sent.append(number)
                _arrives(house, "burst", f"and please hurry {number}", f"burst-{number}")
        return offline

    house.furnish()
    wiring.replace({"language_model": ScriptedModel(burst)})
    house.says("burst", "Where is my order HR-1003?")

    first, second = house.ended("burst", 2)
    assert first.ending.kind == "superseded"
    assert [len(turn.turn.messages) for turn in (first, second)] == [1, 4]
    assert len(house.said("burst")) == 1


def test_a_packet_that_could_not_be_delivered_is_delivered_once_later(house: House) -> None:
    desk = wiring.built_in_desk()
    down = [True]

    class Down:
        def __getattr__(self, name: str) -> Any:
            if down[0] and name == "note":
                raise Unavailable("the helpdesk")
            return getattr(desk, name)

    house.furnish(built_in_desk=Down())
    house.says("packet", "I want to speak to a human please.")
    (turn,) = house.ended("packet")
    waiting: tuple[OutboxEntry, ...] = wiring.outbox().of("inbox:packet")
    assert turn.ending.kind == "handed_over"
    assert [entry.kind for entry in waiting] == ["handoff"]

    down[0] = False
    house.clock.pass_by(minutes=5)
    for _ in range(3):
        settle(wiring.turns())
    assert len(house.ticket("packet").notes) == 1
    assert len(house.said("packet")) == 1
    assert wiring.outbox().of("inbox:packet") == ()


def test_a_dead_letter_hands_its_conversation_over(house: House) -> None:
    _arrives(house, "poison", "Where is my order HR-1003?", "m1", dispatched=False)
    record = {
        "messageId": "sqs-1",
        "body": json.dumps({"not": "an arrival"}),
        "attributes": {"SentTimestamp": str(int(house.clock().timestamp() * 1000))},
        "messageAttributes": {
            "helpdesk": {"stringValue": "inbox", "dataType": "String"},
            "ticket_id": {"stringValue": "poison", "dataType": "String"},
        },
    }
    assert house.stack.invoke("dead_letters", {"Records": [record]}) == {"batchItemFailures": []}

    (turn,) = house.ended("poison")
    assert turn.ending.kind == "handed_over"
    assert "POISON_MESSAGE" in turn.ending.codes


def test_a_lost_reservation_leads_back_to_the_gate(house: House) -> None:
    """Somebody else took the place under the limit between the verdict and the deed, once."""
    ledger = wiring.ledger()
    tries: list[str] = []

    class Lost:
        def __getattr__(self, name: str) -> Any:
            return getattr(ledger, name)

        def reserve(self, reservation: Any, *, seen: Any) -> bool:
            tries.append(reservation.key)
            return len(tries) > 1 and ledger.reserve(reservation, seen=seen)

    house.furnish(ledger=Lost())
    house.says("reservation", SMALL)

    (turn,) = house.ended("reservation")
    assert turn.ending.kind == "answered"
    assert (turn.turn.rejudged, len(set(tries))) == (1, 1)
    walked = [record.stage for record in turn.turn.stages]
    assert walked[-4:] == ["gate", "act", "gate", "act"]


def test_a_handing_over_that_fails_is_made_good_by_settle(house: House) -> None:
    """Even `Escalate` dies: the machine fails, and the lease that nobody frees is found."""
    conversations = wiring.conversations()
    dead = [True]

    class Dies:
        def __getattr__(self, name: str) -> Any:
            if dead[0] and name == "end":
                raise ZeroDivisionError("a bug")
            return getattr(conversations, name)

    house.furnish(conversations=Dies())
    house.says("twice-dead", "I want to speak to a human please.")
    (stored,) = house.turns("twice-dead")
    assert isinstance(stored, Turn)
    house.until(lambda: wiring.workflow().status(stored.id) == "stopped")
    dead[0] = False
    house.clock.pass_by(seconds=a_policy().replies.lease_s + 60)
    settle(wiring.turns())

    (turn,) = house.ended("twice-dead")
    assert turn.ending.kind == "handed_over"
    assert "EXECUTION_DIED" in turn.ending.codes


def test_every_accepted_message_belongs_to_exactly_one_ended_turn(house: House) -> None:
    for number in range(3):
        house.says("counted", f"Where is my order HR-1003? ({number})")

    def answered() -> list[str]:
        return [
            message.id
            for turn in house.ended("counted")
            if turn.ending.kind != "superseded"
            for message in turn.turn.messages
        ]

    house.until(lambda: len(answered()) >= 3)
    house.until(lambda: all(isinstance(turn, Ended) for turn in house.turns("counted")))
    assert len(answered()) == len(set(answered())) == 3


def _arrives(
    house: House, ticket: str, text: str, message_id: str, *, dispatched: bool = True
) -> Any:
    house.clock.pass_by(seconds=1)
    message = a_message(text, id=message_id, said_at=house.clock())
    arrival = an_arrival(message=message, ticket_id=ticket)
    wiring.built_in_desk().open_ticket(arrival)
    if dispatched:
        dispatch(arrival, turns=wiring.turns())
    return arrival
