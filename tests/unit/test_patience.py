"""How long anything waits before a person has it: retries, time limits and alarms, added up."""

import json
import re
import tomllib
from typing import Any

import pytest

from deskhand.adapters.aws import aws_client, single_try_client
from scripts.local_stack import template as sam
from tests.builders import ROOT

HANDED_OVER_WITHIN_S = 180
"""So long after a stage that cannot work began, a person has the ticket."""
ONE_MORE_TRY_S = 1
"""The longest pause of an AWS client before the one time that it asks again."""
FOR_THE_REST_S = 4

PROPOSED = re.compile(r"^# (?=\[judge\]|model = |max_tokens = |timeout_s = )", re.MULTILINE)
"""The lines of the judge that policies/models.toml proposes."""

MACHINE = json.loads((ROOT / "functions" / "ticket.asl.json").read_text(encoding="utf-8"))
TASKS = {name: state for name, state in MACHINE["States"].items() if state["Type"] == "Task"}
RESOURCES = sam.read(ROOT / "template.yaml")["Resources"]
GLOBALS = sam.read(ROOT / "template.yaml")["Globals"]["Function"]
FUNCTIONS = {
    name: GLOBALS | resource["Properties"]
    for name, resource in RESOURCES.items()
    if resource["Type"] == "AWS::Serverless::Function"
}
SERVICES = ("dynamodb", "sqs", "stepfunctions", "s3", "secretsmanager", "lambda")


def limit_s(task: str) -> int:
    """How long one try of a task may run before Lambda ends it."""
    return longest_s(f"{task}Function")[-1]


def longest_s(function: str) -> tuple[int, ...]:
    """The time limits that a function may have, the one of a stack as it is by default last."""
    limit = FUNCTIONS[function]["Timeout"]
    return tuple(limit["Fn::If"][1:]) if isinstance(limit, dict) else (limit,)


def pauses_s(task: str) -> float:
    """All pauses between the tries of a task together; jitter makes them shorter, never longer."""
    (retry,) = TASKS[task]["Retry"]
    steps = range(retry["MaxAttempts"])
    grown = (retry["IntervalSeconds"] * retry["BackoffRate"] ** step for step in steps)
    return float(sum(min(pause, retry["MaxDelaySeconds"]) for pause in grown))


def worst_s(task: str, one_try_s: int) -> float:
    """Every try of a task fails in its last moment."""
    (retry,) = TASKS[task]["Retry"]
    return float((retry["MaxAttempts"] + 1) * one_try_s + pauses_s(task))


@pytest.mark.parametrize("task", ["Classify", "Retrieve", "Generate"])
def test_where_the_model_or_the_knowledge_base_is_down_a_person_has_it_in_three_minutes(
    task: str,
) -> None:
    assert worst_s(task, limit_s(task)) + limit_s("Escalate") <= HANDED_OVER_WITHIN_S


@pytest.mark.parametrize(
    ("function", "asked"),
    [("Classify", ("classify",)), ("Generate", ("draft", "judge")), ("Generate", ("redraft",))],
)
def test_a_model_that_says_nothing_leaves_a_function_the_time_to_say_so(
    function: str, asked: tuple[str, ...]
) -> None:
    """With its second try and its fallback, as an ask ends within the time of its choice."""
    words = (ROOT / "policies" / "models.toml").read_text(encoding="utf-8")
    choices = tomllib.loads(PROPOSED.sub("", words))
    silent_s = sum(choices[task]["timeout_s"] for task in asked)
    assert limit_s(function) >= silent_s + FOR_THE_REST_S


def test_where_a_collection_sleeps_and_never_wakes_a_person_has_it_in_five_minutes() -> None:
    asleep_s, awake_s = longest_s("RetrieveFunction")
    assert asleep_s > awake_s
    assert worst_s("Retrieve", asleep_s) + limit_s("Escalate") <= 300


@pytest.mark.parametrize("task", TASKS)
def test_no_two_containers_come_back_to_a_busy_service_in_the_same_moment(task: str) -> None:
    (retry,) = TASKS[task]["Retry"]
    assert retry["JitterStrategy"] == "FULL"
    assert retry["BackoffRate"] > 1
    assert 1 <= retry["MaxAttempts"] <= 4


@pytest.mark.parametrize("task", sorted(set(TASKS) - {"AskPerson"}))
def test_a_function_is_ended_by_its_own_limit_before_the_machine_gives_it_up(task: str) -> None:
    """Else a function that nobody waits for any longer would go on, and might write yet."""
    assert TASKS[task]["TimeoutSeconds"] > max(longest_s(f"{task}Function"))


@pytest.mark.parametrize("task", TASKS)
def test_whatever_else_ends_a_step_leads_to_a_person_at_once(task: str) -> None:
    """A function out of time or memory is not tried again: it would be, as often, and in vain."""
    (caught,) = TASKS[task]["Catch"]
    assert caught["ErrorEquals"] == ["States.ALL"]
    assert caught["Next"] == ("Unescalated" if task == "Escalate" else "Escalate")


@pytest.fixture(autouse=True)
def _a_region(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")


@pytest.mark.parametrize("service", SERVICES)
def test_a_client_asks_once_more_and_then_leaves_it_to_the_machine(service: str) -> None:
    retries = aws_client(service).meta.config.retries
    assert retries == {"mode": "standard", "total_max_attempts": 2}


def test_what_must_not_be_done_twice_is_asked_once() -> None:
    retries = single_try_client("sesv2").meta.config.retries
    assert retries == {"mode": "standard", "total_max_attempts": 1}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_service_that_says_nothing_leaves_a_function_the_time_to_say_so(function: str) -> None:
    config = aws_client("dynamodb").meta.config
    silent_s = 2 * (config.connect_timeout + config.read_timeout) + ONE_MORE_TRY_S
    assert min(longest_s(function)) >= silent_s + FOR_THE_REST_S


def test_a_message_waits_for_a_dispatch_that_runs_and_not_much_longer() -> None:
    parameters = sam.read(ROOT / "template.yaml")["Parameters"]
    hidden_s = parameters["QueueVisibilitySeconds"]["Default"]
    assert hidden_s == 6 * FUNCTIONS["DispatchFunction"]["Timeout"]
    assert hidden_s >= 6 * FUNCTIONS["DeadLettersFunction"]["Timeout"]


def test_the_sweep_is_not_tried_again_as_the_next_one_comes() -> None:
    schedule = FUNCTIONS["SettleFunction"]["Events"]["EachMinute"]["Properties"]
    assert schedule["RetryPolicy"] == {"MaximumRetryAttempts": 0, "MaximumEventAgeInSeconds": 60}
    assert FUNCTIONS["SettleFunction"]["Timeout"] < 60


def alarms() -> list[dict[str, Any]]:
    return [
        resource["Properties"]
        for resource in RESOURCES.values()
        if resource["Type"] == "AWS::CloudWatch::Alarm"
    ]


def watched() -> set[tuple[str, str]]:
    """The single metrics that the template's alarms watch, each with its dimensions."""
    single = (alarm for alarm in alarms() if "MetricName" in alarm)
    return {(alarm["MetricName"], json.dumps(alarm.get("Dimensions", ""))) for alarm in single}


@pytest.mark.parametrize("metric", ["ExecutionsFailed", "ExecutionsTimedOut", "ExecutionsAborted"])
def test_somebody_hears_of_every_way_in_which_an_execution_dies(metric: str) -> None:
    dimension = [{"Name": "StateMachineArn", "Value": {"Ref": "TicketMachine"}}]
    assert (metric, json.dumps(dimension)) in watched()


def test_every_alarm_reaches_whoever_wants_to_hear_it() -> None:
    assert len(alarms()) >= 8
    for alarm in alarms():
        assert alarm["AlarmDescription"]
        assert alarm["TreatMissingData"] == "notBreaching"
        assert alarm["AlarmActions"]["Fn::If"][0] == "SomebodyHearsAlarms"
