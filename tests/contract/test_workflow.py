"""What `Workflow` promises about executions, in memory and on the local AWS's Step Functions."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest

from deskhand.adapters.memory.workflow import MemoryWorkflow
from deskhand.adapters.stepfunctions_workflow import LARGEST_BYTES, StepFunctionsWorkflow
from deskhand.domain.turn import Envelope, Turn
from deskhand.errors import Rejected
from deskhand.ports import Workflow
from scripts.local_stack import LocalStack
from tests.builders import a_turn

PATIENCE_S = 15
_numbers = count(1)


@dataclass(frozen=True)
class Machine:
    """A state machine that parks every turn, and what a test can see of it."""

    workflow: Workflow
    inputs: Callable[[], list[dict[str, Any]]]
    """What each execution was started with, in order."""
    parked: Callable[[], str]
    """The task token of the one execution, once it waits."""
    outcome: Callable[[Turn], Any]
    """What the turn's execution was resumed with."""
    stop: Callable[[Turn], object]


@pytest.fixture(params=["memory", pytest.param("stepfunctions", marks=pytest.mark.local_aws)])
def machine(request: pytest.FixtureRequest) -> Machine:
    if request.param == "memory":
        return a_machine_in_memory()
    return a_machine_on(request.getfixturevalue("local_aws"))


def a_machine_in_memory() -> Machine:
    workflow = MemoryWorkflow()

    def park() -> str:
        workflow.park("token-1")
        return "token-1"

    def inputs() -> list[dict[str, Any]]:
        return [
            started.envelope.model_dump()
            | {"gather_s": started.gather_s, "approval_s": started.approval_s}
            for started in workflow.started
        ]

    return Machine(
        workflow,
        inputs=inputs,
        parked=park,
        outcome=lambda turn: workflow.resumed[-1][1].model_dump(),
        stop=lambda turn: workflow.set_status(turn.id, "stopped"),
    )


def a_machine_on(stack: LocalStack) -> Machine:
    sqs, states = stack.boto3_client("sqs"), stack.boto3_client("stepfunctions")
    name = f"machine-{next(_numbers)}"
    queue = sqs.create_queue(QueueName=name)["QueueUrl"]
    definition = {
        "StartAt": "Ask",
        "States": {
            "Ask": {
                "Type": "Task",
                "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
                "Parameters": {
                    "QueueUrl": queue,
                    "MessageBody": {"token.$": "$$.Task.Token", "input.$": "$"},
                },
                "TimeoutSeconds": 60,
                "End": True,
            }
        },
    }
    arn = states.create_state_machine(
        name=name, definition=json.dumps(definition), roleArn="arn:aws:iam::000000000000:role/any"
    )["stateMachineArn"]
    seen: list[Any] = []

    def look() -> list[Any]:
        answer = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10, WaitTimeSeconds=1)
        seen.extend(json.loads(one["Body"]) for one in answer.get("Messages", ()))
        return seen

    def execution(turn: Turn) -> str:
        return f"{arn.replace(':stateMachine:', ':execution:')}:{turn.id}"

    def outcome(turn: Turn) -> Any:
        described: dict[str, Any] = {}

        def over() -> bool:
            described.update(states.describe_execution(executionArn=execution(turn)))
            return bool(described["status"] != "RUNNING")

        until(over)
        return json.loads(described["output"])

    return Machine(
        StepFunctionsWorkflow(states, arn),
        inputs=lambda: [one["input"] for one in until(look)],
        parked=lambda: str(until(look)[0]["token"]),
        outcome=outcome,
        stop=lambda turn: states.stop_execution(executionArn=execution(turn)),
    )


def until(look: Callable[[], Any]) -> Any:
    deadline = time.monotonic() + PATIENCE_S
    while not (found := look()):
        assert time.monotonic() < deadline, "it did not happen in time"
        threading.Event().wait(0.02)
    return found


def test_a_turns_execution_starts_with_its_claim_check_and_the_times_to_wait(
    machine: Machine,
) -> None:
    turn = a_turn()
    machine.workflow.start(turn, gather_s=3, approval_s=600)

    expected = Envelope.of(turn).model_dump() | {"gather_s": 3, "approval_s": 600}
    assert machine.inputs() == [expected]
    assert machine.workflow.status(turn.id) == "running"


def test_starting_a_turn_that_was_started_is_a_success(machine: Machine) -> None:
    turn = a_turn()
    machine.workflow.start(turn, gather_s=0, approval_s=600)
    machine.workflow.start(turn, gather_s=5, approval_s=600)

    assert [given["gather_s"] for given in machine.inputs()] == [0]


def test_a_turn_that_was_over_is_not_started_again(machine: Machine) -> None:
    turn = a_turn()
    machine.workflow.start(turn, gather_s=0, approval_s=600)
    machine.stop(turn)

    machine.workflow.start(turn, gather_s=5, approval_s=600)
    assert machine.workflow.status(turn.id) == "stopped"


def test_a_turn_that_was_never_started_is_unknown(machine: Machine) -> None:
    assert machine.workflow.status("0" * 32) == "unknown"


def test_a_parked_execution_goes_on_once(machine: Machine) -> None:
    turn = a_turn(next_step="judge_again")
    machine.workflow.start(turn, gather_s=0, approval_s=600)
    token = machine.parked()

    assert machine.workflow.resume(token, Envelope.of(turn))
    assert machine.outcome(turn) == Envelope.of(turn).model_dump()
    assert not machine.workflow.resume(token, Envelope.of(turn))


def test_a_token_that_nobody_waits_with_is_told_apart(machine: Machine) -> None:
    assert not machine.workflow.resume("no such token", Envelope.of(a_turn()))


class Untouched:
    """A client of Step Functions that nobody may call."""

    def __getattr__(self, name: str) -> Any:
        def call(**_: object) -> None:
            raise AssertionError(f"{name} was called")

        return call


def test_a_claim_check_that_aws_would_refuse_is_refused_with_its_size() -> None:
    workflow = StepFunctionsWorkflow(Untouched(), "arn:aws:states:::stateMachine:tickets")
    large = a_turn().model_copy(update={"conversation_id": "x" * LARGEST_BYTES})

    with pytest.raises(Rejected, match=rf"of \d+ bytes: the state machine takes {LARGEST_BYTES}"):
        workflow.start(large, gather_s=0, approval_s=1)
    with pytest.raises(Rejected, match="belongs into the turn"):
        workflow.resume("a token", Envelope.of(large))


def test_a_claim_check_does_not_grow_with_the_turn() -> None:
    """However long the conversation, what the machine carries is far below its limit."""
    long = a_turn(*("x" * 10_000 for _ in range(50)))
    assert len(Envelope.of(long).model_dump_json()) < LARGEST_BYTES / 100
