"""Desks for the contract suites: one in memory, one on moto, one on the local AWS."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
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

REGION = "us-east-1"
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
def local_table(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], DeskTable]]:
    """Makes tables' adapters over the table of our template, deployed on the local AWS."""
    resources = sam.read(ROOT / "template.yaml")["Resources"]
    small = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Transform": "AWS::Serverless-2016-10-31",
        "Resources": {"DeskTable": resources["DeskTable"]},
        "Outputs": {"DeskTableName": {"Value": {"Ref": "DeskTable"}}},
    }
    path: Path = tmp_path_factory.mktemp("template") / "template.yaml"
    path.write_text(json.dumps(small), encoding="utf-8")
    with LocalStack(auth=False, template=path) as stack:
        client, name = stack.boto3_client("dynamodb"), stack.outputs["DeskTableName"]
        yield lambda: DeskTable(client, name)
