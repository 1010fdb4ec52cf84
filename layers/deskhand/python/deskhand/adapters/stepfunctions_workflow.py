"""The state machine in Step Functions: one execution a turn, under the turn's own name."""

import json
from typing import Any, Literal

from deskhand.adapters.aws_errors import code_of, reached
from deskhand.domain.turn import Envelope, Turn
from deskhand.errors import Rejected

LARGEST_BYTES = 262_144
"""What an execution, and a step of it, takes and gives; the local AWS takes anything."""
WHAT = "the state machine"
NO_LONGER_WAITS = {"TaskTimedOut", "TaskDoesNotExist", "InvalidToken"}


class StepFunctionsWorkflow:
    """The port `Workflow` over one Standard state machine."""

    def __init__(self, client: Any, state_machine_arn: str) -> None:
        self._client = client
        self._state_machine_arn = state_machine_arn

    def start(self, turn: Turn, *, gather_s: int, approval_s: int) -> None:
        """Starts the turn's execution; one that was started already is a success."""
        envelope = Envelope.of(turn).model_dump(mode="json")
        times = {"gather_s": gather_s, "approval_s": approval_s}
        self._said(
            {"ExecutionAlreadyExists"},
            self._client.start_execution,
            stateMachineArn=self._state_machine_arn,
            name=turn.id,
            input=_small(json.dumps(envelope | times)),
        )

    def status(self, turn_id: str) -> Literal["running", "stopped", "unknown"]:
        """How the turn's execution stands."""
        execution = self._state_machine_arn.replace(":stateMachine:", ":execution:") + f":{turn_id}"
        found = self._said(
            {"ExecutionDoesNotExist"}, self._client.describe_execution, executionArn=execution
        )
        if found is None:
            return "unknown"
        return "running" if found["status"] == "RUNNING" else "stopped"

    def resume(self, task_token: str, envelope: Envelope) -> bool:
        """Lets a parked execution go on. False: it no longer waits."""
        told = self._said(
            NO_LONGER_WAITS,
            self._client.send_task_success,
            taskToken=task_token,
            output=_small(envelope.model_dump_json()),
        )
        return told is not None

    def _said(self, expected: set[str], call: Any, **arguments: Any) -> Any | None:
        """What the service answered; None where it said one of the expected errors."""
        from botocore.exceptions import ClientError

        with reached(WHAT):
            try:
                return call(**arguments)
            except ClientError as error:
                if code_of(error) in expected:
                    return None
                raise


def _small(text: str) -> str:
    """The text as it is. `Rejected`: the state machine would refuse it."""
    size = len(text.encode())
    if size > LARGEST_BYTES:
        raise Rejected(
            f"a claim check of {size} bytes: {WHAT} takes {LARGEST_BYTES}; what is large belongs "
            "into the turn"
        )
    return text
