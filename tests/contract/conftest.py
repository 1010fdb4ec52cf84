"""Desks for the contract suites: one in memory, one on moto, one on the local AWS."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import count
from typing import Any

import boto3
import pytest
from moto import mock_aws

from deskhand.adapters.dynamodb.approvals import DynamoDbApprovals
from deskhand.adapters.dynamodb.conversations import DynamoDbConversations
from deskhand.adapters.dynamodb.desk import DynamoDesk
from deskhand.adapters.dynamodb.ledger import DynamoDbLedger
from deskhand.adapters.dynamodb.outbox import DynamoDbOutbox
from deskhand.adapters.dynamodb.parts import Parts
from deskhand.adapters.dynamodb.table import DeskTable
from deskhand.adapters.memory.approvals import MemoryApprovals
from deskhand.adapters.memory.conversations import MemoryConversations
from deskhand.adapters.memory.desk import MemoryBuiltInDesk
from deskhand.adapters.memory.ledger import MemoryLedger
from deskhand.adapters.memory.outbox import MemoryOutbox
from deskhand.adapters.memory.state import MemoryDesk
from deskhand.ports import Approvals, BuiltInDesk, Conversations, Ledger, Outbox
from scripts.local_stack import LocalStack
from scripts.local_stack import template as sam
from tests.builders import ROOT, StoppedClock
from tests.contract.racing import RACERS

REGION = "us-east-1"
_numbers = count(1)
TABLE, BUCKET = "desk", "parts-of-the-desk"


@dataclass(frozen=True)
class Desk:
    """The ports of the state over one store, and the clock that they share."""

    clock: StoppedClock
    conversations: Conversations
    approvals: Approvals
    outbox: Outbox
    ledger: Ledger
    built_in: BuiltInDesk


def a_desk_in_memory() -> Desk:
    clock = StoppedClock()
    state = MemoryDesk(clock)
    return Desk(
        clock,
        MemoryConversations(state),
        MemoryApprovals(state),
        MemoryOutbox(state),
        MemoryLedger(),
        MemoryBuiltInDesk(clock),
    )


def a_desk_over(table: DeskTable, clock: StoppedClock) -> Desk:
    return Desk(
        clock,
        DynamoDbConversations(table),
        DynamoDbApprovals(table),
        DynamoDbOutbox(table),
        DynamoDbLedger(table),
        DynamoDesk(table),
    )


@cache
def the_table_of_the_template() -> dict[str, Any]:
    """`DeskTable` as template.yaml has it, so that the tests' table cannot drift from ours."""
    properties = sam.read(ROOT / "template.yaml")["Resources"]["DeskTable"]["Properties"]
    names = ("BillingMode", "AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes")
    return {name: properties[name] for name in names}


@dataclass(frozen=True)
class MockedAws:
    """moto's AWS with our table and a bucket for large parts."""

    dynamodb: Any
    s3: Any

    def table(self, *, client: Any = None, parts: bool = True, **settings: Any) -> DeskTable:
        kept = Parts(self.s3, BUCKET) if parts else None
        return DeskTable(client or self.dynamodb, TABLE, parts=kept, **settings)


@contextmanager
def mocked_aws() -> Iterator[MockedAws]:
    with mock_aws():
        dynamodb = boto3.client("dynamodb", region_name=REGION)
        dynamodb.create_table(TableName=TABLE, **the_table_of_the_template())
        s3 = boto3.client("s3", region_name=REGION)
        s3.create_bucket(Bucket=BUCKET)
        yield MockedAws(dynamodb, s3)


@pytest.fixture
def aws() -> Iterator[MockedAws]:
    with mocked_aws() as mocked:
        yield mocked


@pytest.fixture(params=["memory", "dynamodb"])
def desk(request: pytest.FixtureRequest) -> Desk:
    if request.param == "memory":
        return a_desk_in_memory()
    clock = StoppedClock()
    mocked: MockedAws = request.getfixturevalue("aws")
    return a_desk_over(mocked.table(clock=clock), clock)


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


@pytest.fixture(params=["memory", pytest.param("local_aws", marks=pytest.mark.local_aws)])
def racing_desk(request: pytest.FixtureRequest) -> Desk:
    """A desk that stands races: moto is no judge of them."""
    if request.param == "memory":
        return a_desk_in_memory()
    stack: LocalStack = request.getfixturevalue("local_aws")
    table = DeskTable(stack.boto3_client("dynamodb"), stack.outputs["DeskTableName"])
    return a_desk_over(table, StoppedClock())


@pytest.fixture
def ticket() -> str:
    """A ticket that no other test has: they share the local AWS."""
    return f"race-{next(_numbers)}"


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(RACERS) as executor:
        yield executor
