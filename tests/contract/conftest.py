"""Desks for the contract suites: one in memory, one on moto, one on DynamoDB Local."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from deskhand.adapters.dynamodb.approvals import DynamoDbApprovals
from deskhand.adapters.dynamodb.audit import DynamoDbAudit
from deskhand.adapters.dynamodb.conversations import DynamoDbConversations
from deskhand.adapters.dynamodb.desk import DynamoDesk
from deskhand.adapters.dynamodb.ledger import DynamoDbLedger
from deskhand.adapters.dynamodb.outbox import DynamoDbOutbox
from deskhand.adapters.dynamodb.parts import Parts
from deskhand.adapters.dynamodb.retrievals import DynamoDbRetrievals
from deskhand.adapters.dynamodb.spending import DynamoDbSpending
from deskhand.adapters.dynamodb.stops import DynamoDbStops
from deskhand.adapters.dynamodb.table import DeskTable
from deskhand.adapters.memory.approvals import MemoryApprovals
from deskhand.adapters.memory.audit import MemoryAudit
from deskhand.adapters.memory.conversations import MemoryConversations
from deskhand.adapters.memory.desk import MemoryBuiltInDesk
from deskhand.adapters.memory.ledger import MemoryLedger
from deskhand.adapters.memory.outbox import MemoryOutbox
from deskhand.adapters.memory.retrievals import MemoryRetrievals
from deskhand.adapters.memory.spending import MemorySpending
from deskhand.adapters.memory.state import MemoryDesk
from deskhand.adapters.memory.stops import MemoryStops
from deskhand.domain.stop import Sign, StopRule
from deskhand.ports import (
    Approvals,
    Audit,
    BuiltInDesk,
    Conversations,
    Ledger,
    Outbox,
    Retrievals,
    Spending,
)
from deskhand.ports.once import Stops
from scripts.local_stack import LocalStack
from scripts.local_stack import template as sam
from scripts.search_server import shared_search_server
from tests.builders import ROOT, StoppedClock
from tests.contract.racing import RACERS
from tests.contract.shops import SHOPS, Shop
from tests.dynamodb_local.server import dynamodb_local

REGION = "us-east-1"
_numbers = count(1)
TABLE, BUCKET = "desk", "parts-of-the-desk"
ENGINES = ("moto", "dynamodb_local")

STOP_RULES: dict[str, dict[Sign, StopRule]] = {
    "refund_order": {"done": StopRule(at_least=3, times_usual=2.0)},
    "any_other_action": {
        "done": StopRule(at_least=5, times_usual=2.0),
        "refused": StopRule(at_least=4, times_usual=2.0),
    },
}
"""By these the desks of the contract suites stop an action."""


@dataclass(frozen=True)
class Desk:
    """The ports of the state over one store, and the clock that they share."""

    clock: StoppedClock
    conversations: Conversations
    approvals: Approvals
    outbox: Outbox
    ledger: Ledger
    stops: Stops
    built_in: BuiltInDesk
    audit: Audit
    retrievals: Retrievals
    spending: Spending


def a_desk_in_memory() -> Desk:
    clock = StoppedClock()
    state = MemoryDesk(clock)
    return Desk(
        clock,
        MemoryConversations(state),
        MemoryApprovals(state),
        MemoryOutbox(state),
        MemoryLedger(),
        MemoryStops(STOP_RULES),
        MemoryBuiltInDesk(clock),
        MemoryAudit(state),
        MemoryRetrievals(state),
        MemorySpending(clock),
    )


def a_desk_over(table: DeskTable, clock: StoppedClock) -> Desk:
    return Desk(
        clock,
        DynamoDbConversations(table),
        DynamoDbApprovals(table),
        DynamoDbOutbox(table),
        DynamoDbLedger(table),
        DynamoDbStops(table, STOP_RULES),
        DynamoDesk(table),
        DynamoDbAudit(table),
        DynamoDbRetrievals(table),
        DynamoDbSpending(table),
    )


@cache
def the_table_of_the_template() -> dict[str, Any]:
    """`DeskTable` as template.yaml has it, so that the tests' table cannot drift from ours."""
    properties = sam.read(ROOT / "template.yaml")["Resources"]["DeskTable"]["Properties"]
    names = ("BillingMode", "AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes")
    return {name: properties[name] for name in names}


@dataclass(frozen=True)
class MockedAws:
    """A DynamoDB with our table, and moto's bucket for large parts."""

    dynamodb: Any
    s3: Any

    def table(self, *, client: Any = None, parts: bool = True, **settings: Any) -> DeskTable:
        kept = Parts(self.s3, BUCKET) if parts else None
        return DeskTable(client or self.dynamodb, TABLE, parts=kept, **settings)


@pytest.fixture(scope="session")
def real_dynamodb() -> Iterator[Any]:
    """DynamoDB Local, empty at first, for all tests of one process."""
    with dynamodb_local() as client:
        yield client


@pytest.fixture(scope="session")
def opensearch(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[str]:
    """The address of one real OpenSearch for all tests of all processes."""
    own = tmp_path_factory.getbasetemp()
    with shared_search_server((own if worker_id == "master" else own.parent) / "search") as url:
        yield url


@cache
def moto_client(service: str) -> Any:
    """Making a client takes longer than most tests; moto forgets what was kept, not who asks."""
    keys = {"aws_access_key_id": "moto", "aws_secret_access_key": "moto"}
    return boto3.client(service, region_name=REGION, **keys)


@contextmanager
def mocked_aws(engine: str, request: pytest.FixtureRequest) -> Iterator[MockedAws]:
    """AWS with an empty table of ours."""
    local = request.getfixturevalue("real_dynamodb") if engine == "dynamodb_local" else None
    with mock_aws():
        dynamodb = local or moto_client("dynamodb")
        dynamodb.create_table(TableName=TABLE, **the_table_of_the_template())
        s3 = moto_client("s3")
        s3.create_bucket(Bucket=BUCKET)
        try:
            yield MockedAws(dynamodb, s3)
        finally:
            dynamodb.delete_table(TableName=TABLE)


@pytest.fixture(params=ENGINES)
def aws(request: pytest.FixtureRequest) -> Iterator[MockedAws]:
    with mocked_aws(request.param, request) as mocked:
        yield mocked


@pytest.fixture(params=["memory", *ENGINES])
def desk(request: pytest.FixtureRequest) -> Iterator[Desk]:
    if request.param == "memory":
        yield a_desk_in_memory()
        return
    with mocked_aws(request.param, request) as mocked:
        clock = StoppedClock()
        yield a_desk_over(mocked.table(clock=clock), clock)


@pytest.fixture(scope="session")
def local_aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    """The local AWS in a process of its own, with the table of our template and nothing else."""
    resources = sam.read(ROOT / "template.yaml")["Resources"]
    small = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Transform": "AWS::Serverless-2016-10-31",
        "Resources": {"DeskTable": resources["DeskTable"]},
        "Outputs": {"DeskTableName": {"Value": {"Ref": "DeskTable"}}},
    }
    path = tmp_path_factory.mktemp("template") / "template.yaml"
    path.write_text(json.dumps(small), encoding="utf-8")
    with LocalStack(auth=False, template=path) as stack:
        yield stack


@pytest.fixture(scope="session")
def racing_table(real_dynamodb: Any) -> DeskTable:
    """A table that the races share: moto is no judge of them."""
    real_dynamodb.create_table(TableName="races", **the_table_of_the_template())
    return DeskTable(real_dynamodb, "races")


@pytest.fixture(params=["memory", "dynamodb_local"])
def racing_desk(request: pytest.FixtureRequest) -> Desk:
    """A desk that stands races."""
    if request.param == "memory":
        return a_desk_in_memory()
    return a_desk_over(request.getfixturevalue("racing_table"), StoppedClock())


@pytest.fixture
def ticket() -> str:
    """A ticket that no other test has: they share a table."""
    return f"race-{next(_numbers)}"


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(RACERS) as executor:
        yield executor


@pytest.fixture(params=SHOPS)
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shop]:
    """Every system of record in turn, with the same customers and orders."""
    with ExitStack() as closing:
        yield SHOPS[request.param](tmp_path, closing)
