"""Writes to the table all at once or not at all, and knows its own write when it sees it."""

import random
import time
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from deskhand.adapters.aws_errors import code_of, reached
from deskhand.adapters.dynamodb.fitting import fitted, refuse_too_much
from deskhand.adapters.dynamodb.items import (
    ABSENT,
    ANYTHING,
    Delete,
    Key,
    Put,
    Raw,
    Write,
    raw_item,
    raw_key,
)
from deskhand.adapters.dynamodb.parts import Parts
from deskhand.errors import Unavailable

WHAT = "the desk table"
TRIES = 8
"""How often a write is tried that collides with another one in the same moment."""
LONGEST_PAUSE_S = 0.2


class Writer:
    """Writes to one table.

    Every write leaves its own mark in the items. When an answer is lost on the way and the SDK
    sends the write again, its condition fails against what it wrote itself: the mark tells that
    apart from somebody else's write, whether or not DynamoDB still knows the request.
    """

    def __init__(self, client: Any, name: str, parts: Parts | None, retention: timedelta) -> None:
        self._client = client
        self._name = name
        self._parts = parts
        self._retention = retention

    def write(self, writes: Sequence[Write], *, now: datetime) -> frozenset[Key]:
        """Writes all or nothing: empty when all is written, else what was not as expected."""
        mark = uuid.uuid4().hex
        bodies = fitted([one for one in writes if isinstance(one, Put)], self._parts, mark)
        expires_at = int((now + self._retention).timestamp())
        operations = [
            self._operation(one, bodies.get(one.key, {}), mark, expires_at) for one in writes
        ]
        refuse_too_much([one["Item"] for one in operations if "Item" in one], len(operations))
        for attempt in range(TRIES):
            try:
                return self._send(writes, operations, mark)
            except _CollidedError:
                time.sleep(random.uniform(0, min(LONGEST_PAUSE_S, 0.01 * 2**attempt)))
        raise Unavailable(f"{WHAT} is busy: others keep writing the same items")

    def _operation(
        self, write: Write, body: dict[str, str], mark: str, expires_at: int
    ) -> dict[str, Any]:
        if isinstance(write, Delete):
            return {"TableName": self._name, "Key": raw_key(write.key)}
        item = raw_item(write, body=body, mark=mark, expires_at=expires_at)
        return {"TableName": self._name, "Item": item, **_condition(write.expects)}

    def _send(
        self, writes: Sequence[Write], operations: Sequence[dict[str, Any]], mark: str
    ) -> frozenset[Key]:
        from botocore.exceptions import ClientError

        with reached(WHAT):
            try:
                if len(writes) == 1:
                    self._send_one(writes[0], operations[0])
                else:
                    self._client.transact_write_items(
                        TransactItems=[
                            {_verb(write): operation}
                            for write, operation in zip(writes, operations, strict=True)
                        ]
                    )
            except ClientError as error:
                return _lost(writes, error, mark)
        return frozenset()

    def _send_one(self, write: Write, operation: dict[str, Any]) -> None:
        if isinstance(write, Delete):
            self._client.delete_item(**operation)
        else:
            self._client.put_item(**operation)


def _verb(write: Write) -> str:
    return "Delete" if isinstance(write, Delete) else "Put"


def _condition(expects: int) -> dict[str, Any]:
    if expects == ANYTHING:
        return {}
    told = {"ReturnValuesOnConditionCheckFailure": "ALL_OLD"}
    if expects == ABSENT:
        return {"ConditionExpression": "attribute_not_exists(pk)", **told}
    return {
        "ConditionExpression": "#changes = :changes",
        "ExpressionAttributeNames": {"#changes": "changes"},
        "ExpressionAttributeValues": {":changes": {"N": str(expects)}},
        **told,
    }


def _lost(writes: Sequence[Write], error: Any, mark: str) -> frozenset[Key]:
    """What was not as expected; empty when it is so because this very write made it so."""
    found: dict[Key, Raw] = {}
    code = code_of(error)
    if code == "TransactionConflictException":
        raise _CollidedError from error
    if code == "ConditionalCheckFailedException":
        found = {writes[0].key: error.response.get("Item", {})}
    elif code == "TransactionCanceledException":
        reasons = error.response.get("CancellationReasons", ())
        found = {
            write.key: reason.get("Item", {})
            for write, reason in zip(writes, reasons, strict=False)
            if reason.get("Code") == "ConditionalCheckFailed"
        }
        others = {str(reason.get("Code")) for reason in reasons} - {
            "None",
            "ConditionalCheckFailed",
        }
        if not found and others == {"TransactionConflict"}:
            raise _CollidedError from error
        if not found and others & {"ThrottlingError", "ProvisionedThroughputExceeded"}:
            raise Unavailable(f"{WHAT} is busy: {', '.join(sorted(others))}") from error
    if not found:
        raise error
    if any(item.get("write", {}).get("S") == mark for item in found.values()):
        return frozenset()
    return frozenset(found)


class _CollidedError(Exception):
    """Another transaction was writing the same items in this moment."""
