"""The storm walks the machine as its file has it, and refuses what it does not know."""

from collections.abc import Mapping
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from deskhand.domain.turn import Envelope
from deskhand.errors import Rejected, Unavailable
from scripts.storm.expressions import UnknownConstructError, evaluated
from scripts.storm.faults import Died
from scripts.storm.graph import Graph
from scripts.storm.machine import Execution, Machine
from scripts.storm.run import MACHINE
from tests.builders import StoppedClock, a_turn

NAMES = {"states": {"input": {"a": "x", "b": 2}, "result": {"Payload": 3}}, "approval_s": 60}


def a_task(**bent: Any) -> dict[str, Any]:
    given = {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Arguments": {
            "FunctionName": "${ActFunctionArn}",
            "Payload": "{% $states.input %}",
        },
        "Output": "{% $states.result.Payload %}",
        "TimeoutSeconds": 60,
        "Retry": [
            {
                "ErrorEquals": ["Unavailable"],
                "IntervalSeconds": 1,
                "MaxAttempts": 2,
                "BackoffRate": 2,
                "MaxDelaySeconds": 10,
            }
        ],
        "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Caught"}],
        "Next": "Done",
    }
    return given | bent


def a_graph(**task: Any) -> Graph:
    states = {"Only": a_task(**task), "Done": {"Type": "Succeed"}, "Caught": {"Type": "Succeed"}}
    return Graph.of({"QueryLanguage": "JSONata", "StartAt": "Only", "States": states})


class Walk:
    """One execution of a small machine, whose function does what it is told to, in order."""

    def __init__(self, graph: Graph, *does: Any) -> None:
        self.clock, self.calls = StoppedClock(), 0
        self._does = list(does)
        self.machine = Machine(graph, self._invoke, self.clock, Random(1))
        turn = a_turn()
        self.machine.start(turn, gather_s=0, approval_s=60)
        self.execution: Execution = self.machine.executions[turn.id]

    def _invoke(self, function: str, event: Mapping[str, Any]) -> Any:
        assert function == "act"
        self.calls += 1
        does = self._does.pop(0)
        if isinstance(does, BaseException):
            raise does
        return does

    def to_its_end(self) -> str:
        while self.execution.is_running and self.machine.awake():
            self.machine.advance(self.execution)
            self.clock.pass_by(seconds=20)
        return self.execution.state


def test_our_machine_can_be_walked() -> None:
    graph = Graph.read(MACHINE)
    assert graph.start == "Gather"
    assert ("Gate", "Decide") in graph.exits


def test_an_answer_leads_on() -> None:
    walk = Walk(a_graph(), {"decision": "ended"})
    assert walk.to_its_end() == "Done"
    assert walk.execution.input == {"decision": "ended"}


def test_what_is_unavailable_is_tried_again_as_often_as_the_file_says() -> None:
    assert Walk(a_graph(), Unavailable("x"), Unavailable("x"), {}).to_its_end() == "Done"
    walk = Walk(a_graph(), *[Unavailable("x")] * 3)
    assert (walk.to_its_end(), walk.calls) == ("Caught", 3)


@pytest.mark.parametrize("error", [Rejected("no"), Died("here"), KeyError("a bug")])
def test_any_other_failure_is_caught_at_once(error: BaseException) -> None:
    walk = Walk(a_graph(), error)
    assert (walk.to_its_end(), walk.calls) == ("Caught", 1)


def test_a_failure_that_nobody_catches_stops_the_execution() -> None:
    walk = Walk(a_graph(Catch=[]), Rejected("no"))
    walk.to_its_end()
    assert walk.machine.status(walk.execution.name) == "stopped"


def test_a_function_that_takes_too_long_has_timed_out() -> None:
    walk = Walk(a_graph(TimeoutSeconds=60), {})
    true = walk.machine._invoke

    def slow(function: str, event: Mapping[str, Any]) -> Any:
        walk.clock.pass_by(seconds=61)
        return true(function, event)

    walk.machine._invoke = slow
    assert walk.to_its_end() == "Caught"


def waiting(*does: Any) -> Walk:
    token = "{% $merge([$states.input, {'task_token': $states.context.Task.Token}]) %}"
    arguments = {"FunctionName": "${ActFunctionArn}", "Payload": token}
    walk = Walk(
        a_graph(
            Resource="arn:aws:states:::lambda:invoke.waitForTaskToken",
            Arguments=arguments,
            Output="{% $states.result %}",
        ),
        *does,
    )
    walk.machine.advance(walk.execution)
    return walk


def test_an_execution_that_waits_goes_on_by_its_token_once() -> None:
    walk = waiting({})
    token, answer = walk.execution.token, Envelope(conversation_id="c", turn_id="t")

    assert walk.machine.awake() == []
    assert walk.machine.resume(token, answer)
    assert not walk.machine.resume(token, answer)
    assert walk.execution.input["turn_id"] == "t"
    assert walk.to_its_end() == "Done"


def test_an_execution_that_nobody_answers_times_out() -> None:
    walk = waiting({})
    walk.clock.now += timedelta(seconds=61)
    assert walk.to_its_end() == "Caught"


def test_starting_an_execution_again_is_harmless() -> None:
    walk = Walk(a_graph(), {})
    walk.machine.start(a_turn(), gather_s=0, approval_s=60)
    assert list(walk.machine.executions.values()) == [walk.execution]
    assert walk.machine.status("another") == "unknown"


@pytest.mark.parametrize(
    ("value", "comes_to"),
    [
        ("{% $states.input %}", {"a": "x", "b": 2}),
        ("{% $states.input.a = 'x' %}", True),
        ("{% $states.input.a = 'y' %}", False),
        (
            "{% $merge([$states.input, {'c': $states.result.Payload}]) %}",
            {"a": "x", "b": 2, "c": 3},
        ),
        (
            "{% $sift($states.input, function($value, $key) { $not($key in ['a', 'z']) }) %}",
            {"b": 2},
        ),
        ({"deep": "{% $approval_s %}"}, {"deep": 60}),
        (60, 60),
    ],
)
def test_the_expressions_of_our_machine_mean_what_jsonata_means(value: Any, comes_to: Any) -> None:
    assert evaluated(value, NAMES) == comes_to


@pytest.mark.parametrize(
    "strange",
    ["{% $count($states.input) %}", "{% $states.nowhere %}", "{% $states.input.a != 'x' %}", ["a"]],
)
def test_an_expression_that_is_not_known_is_refused(strange: Any) -> None:
    with pytest.raises(UnknownConstructError):
        evaluated(strange, NAMES)


@pytest.mark.parametrize(
    "bent",
    [
        {"Type": "Parallel"},
        {"ResultPath": "$.x"},
        {"Resource": "arn:aws:states:::sqs:sendMessage"},
        {"Retry": [{"ErrorEquals": ["x"], "Comment": "?"}]},
        {"Catch": [{"ErrorEquals": ["x"], "ResultPath": "$", "Next": "Done"}]},
        {"Next": "Nowhere"},
        {"Arguments": {"FunctionName": "another", "Payload": 1}},
    ],
)
def test_a_machine_with_something_unknown_is_not_walked(bent: dict[str, Any]) -> None:
    with pytest.raises(UnknownConstructError):
        a_graph(**bent)
