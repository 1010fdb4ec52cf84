"""A delivery does its work once, however often it comes and whoever dies over it."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from typing import Any

import pytest

from deskhand.adapters.memory.once import MemoryOnce
from deskhand.adapters.powertools_once import LONGEST_WORK_S, REMEMBERED_S, PowertoolsOnce
from deskhand.errors import Rejected, Unavailable
from deskhand.ports import Once
from scripts.local_stack import template as sam
from tests.builders import ROOT
from tests.contract.conftest import ENGINES, mocked_aws

TABLE = "taken-in"


class KilledError(BaseException):
    """The end of a process: no handler of ours or of anybody's sees it."""


@contextmanager
def a_dynamodb(engine: str, request: pytest.FixtureRequest) -> Iterator[Any]:
    """One with an empty IdempotencyTable as template.yaml has it."""
    properties = sam.read(ROOT / "template.yaml")["Resources"]["IdempotencyTable"]["Properties"]
    names = ("BillingMode", "AttributeDefinitions", "KeySchema")
    with mocked_aws(engine, request) as aws:
        aws.dynamodb.create_table(TableName=TABLE, **{name: properties[name] for name in names})
        try:
            yield aws.dynamodb
        finally:
            aws.dynamodb.delete_table(TableName=TABLE)


@pytest.fixture(params=ENGINES)
def dynamodb(request: pytest.FixtureRequest) -> Iterator[Any]:
    with a_dynamodb(request.param, request) as client:
        yield client


@pytest.fixture(params=["memory", *ENGINES])
def once(request: pytest.FixtureRequest) -> Iterator[Once]:
    if request.param == "memory":
        yield MemoryOnce()
        return
    with a_dynamodb(request.param, request) as client:
        yield PowertoolsOnce(TABLE, client)


def a_call(done: list[str]) -> Any:
    return lambda: done.append("done")


def test_the_same_delivery_does_its_work_once(once: Once) -> None:
    done: list[str] = []
    for _ in range(3):
        once.do("d1", a_call(done))
    once.do("d2", a_call(done))

    assert done == ["done", "done"]


@pytest.mark.parametrize("error", [Unavailable("the queue"), Rejected("no"), RuntimeError("a bug")])
def test_work_that_failed_is_done_when_the_delivery_comes_again(
    once: Once, error: Exception
) -> None:
    done: list[str] = []

    def fails() -> None:
        raise error

    with pytest.raises(type(error)):
        once.do("d1", fails)
    once.do("d1", a_call(done))

    assert done == ["done"]


def test_while_one_takes_it_in_the_other_is_told_to_come_again(once: Once) -> None:
    begun, go_on = Event(), Event()
    done: list[str] = []

    def slow() -> None:
        begun.set()
        assert go_on.wait(timeout=10)
        done.append("slow")

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(once.do, "d1", slow)
        assert begun.wait(timeout=10)
        with pytest.raises(Unavailable, match="right now"):
            once.do("d1", a_call(done))
        go_on.set()
        first.result()
    once.do("d1", a_call(done))

    assert done == ["slow"]


def test_an_intake_that_died_holds_its_delivery_up_for_seconds_not_for_a_week(
    dynamodb: Any,
) -> None:
    once, done = PowertoolsOnce(TABLE, dynamodb), []

    def dies() -> None:
        raise KilledError

    with pytest.raises(KilledError):
        once.do("d1", dies)
    with pytest.raises(Unavailable, match="right now"):
        once.do("d1", a_call(done))
    pass_by(dynamodb, seconds=LONGEST_WORK_S + 1)
    once.do("d1", a_call(done))
    once.do("d1", a_call(done))

    assert done == ["done"]


def test_who_takes_in_is_never_taken_for_dead_while_the_function_may_still_run() -> None:
    resources = sam.read(ROOT / "template.yaml")["Resources"]
    timeout_s = resources["IntakeFunction"]["Properties"]["Timeout"]

    assert timeout_s < LONGEST_WORK_S < timeout_s + 30


def test_a_delivery_is_forgotten_after_a_week(dynamodb: Any) -> None:
    once = PowertoolsOnce(TABLE, dynamodb)
    done: list[str] = []
    once.do("d1", a_call(done))
    pass_by(dynamodb, seconds=REMEMBERED_S - 60)
    once.do("d1", a_call(done))
    assert done == ["done"]

    pass_by(dynamodb, seconds=120)
    once.do("d1", a_call(done))
    assert done == ["done", "done"]


def test_nothing_of_the_delivery_stands_in_the_table_but_its_id(dynamodb: Any) -> None:
    PowertoolsOnce(TABLE, dynamodb).do("inbox:T1:m1", lambda: None)

    (item,) = dynamodb.scan(TableName=TABLE)["Items"]
    assert json.loads(item["data"]["S"]) == "inbox:T1:m1"
    assert item["id"]["S"].startswith("deskhand.intake#")


def test_a_table_that_is_out_of_reach_is_worth_another_try(dynamodb: Any) -> None:
    done: list[str] = []
    with pytest.raises(Unavailable, match="taken in before"):
        PowertoolsOnce("no-such-table", dynamodb).do("d1", a_call(done))
    assert done == []


def test_work_whose_record_was_lost_afterwards_is_told_and_done_again_later(dynamodb: Any) -> None:
    once, done = PowertoolsOnce(TABLE, Forgetful(dynamodb)), []

    with pytest.raises(Unavailable, match="taken in before"):
        once.do("d1", a_call(done))
    pass_by(dynamodb, seconds=LONGEST_WORK_S + 1)
    PowertoolsOnce(TABLE, dynamodb).do("d1", a_call(done))

    assert done == ["done", "done"]


class Forgetful:
    """A DynamoDB that cannot be told how things came out."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def update_item(self, **_: Any) -> None:
        raise ConnectionError("the line was cut")


def pass_by(dynamodb: Any, *, seconds: int) -> None:
    """Moves what is kept into the past: Powertools reads the clock of the machine."""
    for item in dynamodb.scan(TableName=TABLE)["Items"]:
        item["expiration"]["N"] = str(int(item["expiration"]["N"]) - seconds)
        if "in_progress_expiration" in item:
            was = int(item["in_progress_expiration"]["N"])
            item["in_progress_expiration"]["N"] = str(was - seconds * 1000)
        dynamodb.put_item(TableName=TABLE, Item=item)
