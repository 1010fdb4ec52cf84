"""What one may count on when the local AWS runs on one's own machine."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.local_stack import DeploymentFailedError, InProcessStack, LocalStack
from scripts.local_stack.ports import answers
from tests.contract.local_aws.by_hand import post, small_stack, small_stack_in_process, until

pytestmark = pytest.mark.local_aws
ROOT = Path(__file__).resolve().parents[2]

STARTS_AND_HANGS = """
import time
from tests.contract.local_aws.by_hand import small_stack
with small_stack() as stack:
    print(stack.endpoint_url, stack._home, flush=True)
    time.sleep(600)
"""


def test_nobody_else_on_the_network_reaches_it_and_none_of_my_keys_reach_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "mine")
    with small_stack() as stack:
        assert "ANTHROPIC_API_KEY" not in post(stack, "/hooks/any", b"{}")["told"]
        # Another address of this machine has that port free only if the server has not taken all.
        with socket.socket() as other:
            other.bind(("127.0.0.2", int(stack.endpoint_url.rpartition(":")[2])))


def test_a_stack_is_told_what_its_caller_wants_it_to_know() -> None:
    with LocalStack(
        template=small_stack().template, environment={"ANTHROPIC_API_KEY": "given"}
    ) as stack:
        assert "ANTHROPIC_API_KEY" in post(stack, "/hooks/any", b"{}")["told"]


def test_it_is_gone_when_whoever_started_it_was_killed() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", STARTS_AND_HANGS], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as starter:
        assert starter.stdout is not None
        address, folder = starter.stdout.readline().split()
        assert answers(f"{address}/_ministack/health")

        starter.send_signal(signal.SIGKILL)

        until(lambda: not answers(f"{address}/_ministack/health"))
        assert not Path(folder).exists()


def test_the_surroundings_are_as_before_when_a_stack_of_this_process_is_closed() -> None:
    before = dict(os.environ)
    with small_stack_in_process():
        assert os.environ["AWS_ENDPOINT_URL"].startswith("http://127.0.0.1:")
        with pytest.raises(RuntimeError, match="another InProcessStack is open"):
            small_stack_in_process().__enter__()

    assert dict(os.environ) == before


def test_two_stacks_of_this_process_share_nothing_one_after_the_other() -> None:
    for _ in range(2):
        with small_stack_in_process() as stack:
            s3 = stack.boto3_client("s3")
            assert "Contents" not in s3.list_objects_v2(Bucket=stack.outputs["Bucket"])
            s3.put_object(Bucket=stack.outputs["Bucket"], Key="left behind", Body=b"")


def test_a_function_without_a_handler_is_named(tmp_path: Path) -> None:
    (tmp_path / "template.yaml").write_text(
        "Transform: AWS::Serverless-2016-10-31\n"
        "Resources: {Lost: {Type: 'AWS::Serverless::Function', Properties: {CodeUri: lost/}}}\n"
    )
    stack = InProcessStack(template=tmp_path / "template.yaml")

    with pytest.raises(DeploymentFailedError, match=r"lost has no handler\.py"):
        stack.__enter__()
