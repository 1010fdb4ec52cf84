"""What the DeskTable does when answers get lost, the index lags behind, or AWS says no."""

from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import (
    ClientError,
    EndpointConnectionError,
    IncompleteReadError,
    NoCredentialsError,
)

from deskhand.adapters.dynamodb.items import Delete, Due, Key, Put
from deskhand.adapters.dynamodb.table import DeskTable
from deskhand.errors import Rejected, Unavailable
from tests.builders import CONVERSATION, NOON, StoppedClock
from tests.contract.conftest import TABLE, MockedAws, a_desk_over
from tests.contract.steps import arrive, claimed, end, texts

KEY = Key("C#inbox:T1", "turn#t1")


class LateIndex:
    """A client whose index answers from before something else was written."""

    def __init__(self, client: Any, meanwhile: Put | Delete) -> None:
        self._client = client
        self._meanwhile = meanwhile

    def query(self, **request: Any) -> Any:
        answer = self._client.query(**request)
        DeskTable(self._client, TABLE).write(self._meanwhile)
        return answer

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)


def test_the_index_is_not_believed_where_the_table_says_otherwise(aws: MockedAws) -> None:
    table = aws.table()
    table.write(Put(KEY, '"old"', due=Due("notes", NOON)))
    late = LateIndex(aws.dynamodb, Put(KEY, '"new"', due=Due("notes", NOON + timedelta(days=1))))
    assert list(DeskTable(late, TABLE).due("notes", before=NOON)) == []
    late = LateIndex(aws.dynamodb, Delete(KEY))
    assert list(DeskTable(late, TABLE).due("notes", before=NOON + timedelta(days=9))) == []


class Stutter:
    """A client whose answers get lost once: every write is sent, and then sent again."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def __getattr__(self, name: str) -> Any:
        call = getattr(self._client, name)
        if name not in {"put_item", "delete_item", "transact_write_items"}:
            return call

        def twice(**request: Any) -> Any:
            call(**request)
            return call(**request)

        return twice


def test_a_write_whose_answer_was_lost_is_our_own_when_it_is_sent_again(aws: MockedAws) -> None:
    desk = a_desk_over(aws.table(client=Stutter(aws.dynamodb)), StoppedClock())

    arrive(desk, "m1")
    turn = claimed(desk)
    assert texts(turn.messages) == ["m1"]
    saved = desk.conversations.save(turn, now=NOON, lease_s=60)
    assert saved is not None
    assert desk.conversations.commit_to_send(saved)
    end(desk, saved, reply="Here.")
    assert len(desk.conversations.turns(CONVERSATION)) == 1


class Failing:
    """A client that always fails in one way."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def __getattr__(self, name: str) -> Any:
        def fail(**request: Any) -> Any:
            raise self._error

        return fail


def said(code: str, status: int = 400, **more: Any) -> ClientError:
    metadata = {"HTTPStatusCode": status}
    return ClientError(
        {"Error": {"Code": code, "Message": "so it is"}, "ResponseMetadata": metadata, **more},
        "PutItem",
    )


CANCELLED = [{"Code": "None"}, {"Code": "ThrottlingError"}]
CONFLICT = [{"Code": "None"}, {"Code": "TransactionConflict"}]


@pytest.mark.parametrize(
    "error",
    [
        said("ProvisionedThroughputExceededException"),
        said("ThrottlingException"),
        said("InternalServerError", 500),
        said("SomethingNew", 503),
        EndpointConnectionError(endpoint_url="http://127.0.0.1:1"),
        IncompleteReadError(actual_bytes=1, expected_bytes=2),
        said("TransactionCanceledException", CancellationReasons=CANCELLED),
        said("TransactionCanceledException", CancellationReasons=CONFLICT),
    ],
    ids=str,
)
def test_what_may_be_tried_again_is_unavailable(error: Exception) -> None:
    table = DeskTable(Failing(error), TABLE)

    with pytest.raises(Unavailable, match="the desk table"):
        table.write(Put(KEY, "{}"), Put(Key("C#2", "head"), "{}"))


@pytest.mark.parametrize(
    "error",
    [said("AccessDeniedException"), said("ResourceNotFoundException"), NoCredentialsError()],
    ids=str,
)
def test_what_trying_again_does_not_change_is_rejected(error: Exception) -> None:
    table = DeskTable(Failing(error), TABLE)

    with pytest.raises(Rejected, match="the desk table"):
        table.get(KEY)
    with pytest.raises(Rejected, match="the desk table"):
        table.write(Put(KEY, "{}"))
