"""State machine and queue as we rely on them, shown on the emulator: a new version must pass."""

import json
from collections.abc import Iterator
from uuid import uuid4

import pytest
from botocore.exceptions import ClientError

from scripts.local_stack import InProcessStack, LocalStack, Stack
from tests.contract.local_aws.by_hand import (
    item,
    output,
    run,
    seen,
    send,
    small_stack,
    small_stack_in_process,
    start,
    status,
    until,
)

pytestmark = pytest.mark.local_aws


@pytest.fixture(scope="module")
def aws() -> Iterator[LocalStack]:
    with small_stack() as stack:
        yield stack


@pytest.fixture(scope="module")
def aws_in_process() -> Iterator[InProcessStack]:
    with small_stack_in_process() as stack:
        yield stack


@pytest.fixture(params=["aws", "aws_in_process"])
def either(request: pytest.FixtureRequest) -> Stack:
    stack: Stack = request.getfixturevalue(request.param)
    return stack


# --- the state machine ---------------------------------------------------------------------------


def test_a_condition_chooses_the_way(either: Stack) -> None:
    assert run(either, {"decision": "done", "said": 'a "quote" {% $x %}\n'}) == {
        "decision": "done",
        "said": 'a "quote" {% $x %}\n',
        "attempt": 0,
    }


def test_an_error_is_tried_again_by_its_name(either: Stack) -> None:
    assert run(either, {"unavailable_times": 2})["attempt"] == 2


def test_an_error_that_stays_is_caught_by_its_name(either: Stack) -> None:
    assert run(either, {"unavailable_times": 9}) == {"caught": "Unavailable"}


def test_an_error_that_nobody_retries_is_caught_by_its_name(either: Stack) -> None:
    assert run(either, {"rejected": True}) == {"caught": "Rejected"}


def test_a_task_token_wakes_the_execution_that_waits_for_it(either: Stack) -> None:
    execution = start(either, {"id": "woken", "decision": "ask", "patience_s": 20})
    token = until(lambda: item(either, "token:woken"))["task_token"]["S"]
    answer = {"taskToken": token, "output": json.dumps({"approved": True})}

    assert status(either, execution)["status"] == "RUNNING"
    either.boto3_client("stepfunctions").send_task_success(**answer)

    assert output(either, execution) == {"answer": {"approved": True}}
    with pytest.raises(ClientError, match=r"TaskDoesNotExist|TaskTimedOut"):
        either.boto3_client("stepfunctions").send_task_success(**answer)


def test_waiting_for_an_answer_ends_at_a_limit_that_the_input_gives(either: Stack) -> None:
    waited = run(either, {"id": "late", "decision": "ask", "patience_s": 1})

    assert waited == {"caught": "States.Timeout"}


def test_a_function_that_breaks_before_it_keeps_the_token_fails_its_state(either: Stack) -> None:
    broken = {"id": "broken", "decision": "ask", "patience_s": 20, "break_first": True}

    assert run(either, broken) == {"caught": "KeyError"}


def test_the_same_name_never_starts_a_second_execution(either: Stack) -> None:
    states, name = either.boto3_client("stepfunctions"), f"turn-{uuid4()}"
    first = start(either, {"decision": "done"}, name=name)
    output(either, first)

    with pytest.raises(states.exceptions.ExecutionAlreadyExists):
        start(either, {"decision": "done"}, name=name)


# --- the queue -----------------------------------------------------------------------------------


def test_messages_of_a_group_arrive_in_order(either: Stack) -> None:
    sent = [f"{number:02}" for number in range(15)]
    for body in sent:
        send(either, body, group="orderly")

    def arrived() -> bool:
        return len(seen(either, "orderly")) >= len(sent)

    until(arrived)
    assert seen(either, "orderly") == sent


def test_a_poisoned_message_ends_with_the_dead_letters_and_others_go_on(either: Stack) -> None:
    send(either, "poison", group="ill")
    send(either, "fine", group="well")

    until(lambda: seen(either, "well"))
    letter = until(lambda: item(either, "letter:ill"))

    # Sent only now: in one batch with the poison it is received as often, and given up with it.
    send(either, "behind it", group="ill")
    assert letter["body"]["S"] == "poison"
    until(lambda: seen(either, "ill"))
    assert seen(either, "ill") == ["behind it"]
