"""A call of a function waits for a free worker where as many are busy as there may be."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from scripts.local_stack.workers import share_workers

lambda_svc = pytest.importorskip("ministack.services.lambda_svc")
CALLS = 12


def a_function(name: str) -> dict[str, Any]:
    return {"config": {"FunctionName": name}}


class Workers:
    """Executes calls, and holds each until so many run at once as the test expects."""

    def __init__(self, expected: int) -> None:
        self.lock = threading.Lock()
        self.running: Counter[str] = Counter()
        self.most: Counter[str] = Counter()
        self.together = threading.Barrier(expected)

    def execute(self, function: dict[str, Any], event: Any, _request_id: str) -> Any:
        name = function["config"]["FunctionName"]
        with self.lock:
            self.running[name] += 1
            self.most[name] = max(self.most[name], self.running[name])
        self.together.wait(5)
        with self.lock:
            self.running[name] -= 1
        if event == "fails":
            raise ZeroDivisionError
        return event


def test_no_more_workers_of_one_function_run_at_once_and_every_call_is_answered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    workers = Workers(expected=3)
    monkeypatch.setattr(lambda_svc, "_execute_function_warm", workers.execute)
    share_workers(most=3)

    def call(number: int) -> Any:
        return lambda_svc._execute_function_warm(a_function("act"), number, "r")

    with ThreadPoolExecutor(CALLS) as pool:
        assert list(pool.map(call, range(CALLS))) == list(range(CALLS))
    assert workers.most == {"act": 3}


def test_a_busy_function_keeps_no_other_one_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    workers = Workers(expected=4)
    monkeypatch.setattr(lambda_svc, "_execute_function_warm", workers.execute)
    share_workers(most=2)

    def call(name: str) -> Any:
        return lambda_svc._execute_function_warm(a_function(name), name, "r")

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(call, ["act", "act", "gate", "gate"])) == ["act"] * 2 + ["gate"] * 2


def test_a_call_that_fails_leaves_its_place_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    workers = Workers(expected=1)
    monkeypatch.setattr(lambda_svc, "_execute_function_warm", workers.execute)
    share_workers(most=1)

    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            lambda_svc._execute_function_warm(a_function("act"), "fails", "r")
    assert lambda_svc._execute_function_warm(a_function("act"), "works", "r") == "works"
