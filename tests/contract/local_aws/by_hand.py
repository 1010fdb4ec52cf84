"""The small stack, and what the tests of the local AWS do with it by hand."""

import json
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

from scripts.local_stack import InProcessStack, LocalStack, Stack

SMALL = Path(__file__).with_name("template.yaml")
PARAMETERS = {"QueueVisibilitySeconds": "1"}


def small_stack() -> LocalStack:
    """In a process of its own, roles enforced; pauses take a fifth of their time."""
    return LocalStack(template=SMALL, parameters=PARAMETERS, name="small", wait_scale=0.2)


def small_stack_in_process() -> InProcessStack:
    return InProcessStack(template=SMALL, parameters=PARAMETERS, name="small")


def start(stack: Stack, given: dict[str, Any], *, name: str = "") -> str:
    arn: str = stack.boto3_client("stepfunctions").start_execution(
        stateMachineArn=stack.outputs["Machine"],
        name=name or f"run-{uuid4()}",
        input=json.dumps(given),
    )["executionArn"]
    return arn


def status(stack: Stack, execution: str) -> Any:
    return stack.boto3_client("stepfunctions").describe_execution(executionArn=execution)


def output(stack: Stack, execution: str) -> Any:
    until(lambda: status(stack, execution)["status"] != "RUNNING")
    ended = status(stack, execution)
    assert ended["status"] == "SUCCEEDED", ended
    return json.loads(ended["output"])


def run(stack: Stack, given: dict[str, Any]) -> Any:
    return output(stack, start(stack, given))


def send(stack: Stack, body: str, *, group: str) -> None:
    stack.boto3_client("sqs").send_message(
        QueueUrl=stack.outputs["Queue"],
        MessageBody=body,
        MessageGroupId=group,
        MessageDeduplicationId=str(uuid4()),
    )


def item(stack: Stack, key: str) -> Any:
    table = stack.outputs["Table"]
    return (
        stack.boto3_client("dynamodb")
        .get_item(TableName=table, Key={"pk": {"S": key}}, ConsistentRead=True)
        .get("Item")
    )


def seen(stack: Stack, group: str) -> list[str]:
    found = item(stack, f"group:{group}")
    return [body["S"] for body in found["seen"]["L"]] if found else []


def post(stack: Stack, path: str, body: bytes) -> Any:
    request = urllib.request.Request(stack.api_url + path, data=body, method="POST")
    request.add_header("content-type", "application/json")
    request.add_header("x-signature", "sha256=abc")
    with urllib.request.urlopen(request, timeout=20) as answer:
        assert answer.status == 202
        return json.loads(answer.read())


def until(look: Callable[[], Any], *, timeout_s: float = 30) -> Any:
    """What `look` gives as soon as it gives something."""
    deadline = time.monotonic() + timeout_s
    while not (found := look()):
        assert time.monotonic() < deadline, f"nothing within {timeout_s} s"
        time.sleep(0.02)
    return found
