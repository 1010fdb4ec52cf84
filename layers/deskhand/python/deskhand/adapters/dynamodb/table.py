"""The DeskTable: consistent reads, and writes that happen all at once or not at all."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from deskhand.adapters.aws_errors import reached
from deskhand.adapters.dynamodb.items import (
    FORMAT,
    Item,
    Key,
    Raw,
    Write,
    item_of,
    key_of,
    moment,
    raw_key,
    refuse_newer,
)
from deskhand.adapters.dynamodb.parts import Parts
from deskhand.adapters.dynamodb.writing import WHAT, Writer
from deskhand.errors import Rejected, Unavailable
from deskhand.ports import Clock

INDEX = "due"
MOST_AT_ONCE = 100
"""So many items DynamoDB gives in one answer, if together they are small enough."""
TRIES = 20


class DeskTable:
    """One table of the desk. Items are forgotten `retention_days` after they were last written."""

    def __init__(
        self,
        client: Any,
        name: str,
        *,
        parts: Parts | None = None,
        retention_days: int = 90,
        clock: Clock = lambda: datetime.now(UTC),
    ) -> None:
        self._client = client
        self._name = name
        self._parts = parts
        self._retention = timedelta(days=retention_days)
        self._writer = Writer(client, name, parts, self._retention)
        self.clock = clock

    def get(self, key: Key) -> Item | None:
        """The item as it is now, or None."""
        with reached(WHAT):
            answer = self._client.get_item(
                TableName=self._name, Key=raw_key(key), ConsistentRead=True
            )
        return self._item(answer["Item"]) if "Item" in answer else None

    def get_all(self, keys: Iterable[Key]) -> Iterator[Item]:
        """The items that are there, as they are now, in no order."""
        return map(self._item, self._raw_all(keys))

    def query(self, pk: str, prefix: str) -> Iterator[Item]:
        """The items of one partition whose sort key begins so, as they are now."""
        pages = self._pages(
            KeyConditionExpression="pk = :pk AND begins_with(sk, :prefix)",
            ExpressionAttributeValues={":pk": {"S": pk}, ":prefix": {"S": prefix}},
            ConsistentRead=True,
        )
        return (self._item(raw) for raw in pages)

    def due(self, bucket: str, *, before: datetime | None = None) -> Iterator[Item]:
        """The items of one bucket (due by then), earliest first, each read again."""
        condition = "due_bucket = :bucket"
        values = {":bucket": {"S": bucket}}
        if before is not None:
            condition += " AND due_at <= :before"
            values[":before"] = {"S": moment(before)}
        for item in self._indexed(condition, values, forward=True):
            if item.due and item.due.bucket == bucket and not (before and item.due.at > before):
                yield item

    def dated(self, bucket: str, since: datetime, until: datetime) -> Iterator[Item]:
        """The items of one bucket from then on and before then, earliest first, as the index has
        them: for what never changes."""
        values = {
            ":bucket": {"S": bucket},
            ":since": {"S": moment(since)},
            ":until": {"S": moment(until)},
        }
        for raw in self._pages(
            IndexName=INDEX,
            KeyConditionExpression="due_bucket = :bucket AND due_at BETWEEN :since AND :until",
            ExpressionAttributeValues=values,
        ):
            item = self._item(raw)
            if item.due and item.due.at < until:
                yield item

    def latest(self, bucket: str) -> Iterator[Item]:
        """The items of one bucket, latest first, each read again."""
        values = {":bucket": {"S": bucket}}
        return self._indexed("due_bucket = :bucket", values, forward=False)

    def write(self, *writes: Write) -> frozenset[Key]:
        """Writes all or nothing: empty when all is written, else what was not as expected."""
        return self._writer.write(writes, now=self.clock())

    def add(self, key: Key, name: str, more: int = 1) -> int:
        """So many more in an item that only counts; gives the number. Several at once all count,
        and one whose answer was lost on the way may count twice."""
        expires_at = int((self.clock() + self._retention).timestamp())
        with reached(WHAT):
            answer = self._client.update_item(
                TableName=self._name,
                Key=raw_key(key),
                UpdateExpression=(
                    "ADD #name :more SET #version = :version, expires_at = :expires_at"
                ),
                ExpressionAttributeNames={"#name": name, "#version": "version"},
                ExpressionAttributeValues={
                    ":more": {"N": str(more)},
                    ":version": {"N": str(FORMAT)},
                    ":expires_at": {"N": str(expires_at)},
                },
                ReturnValues="UPDATED_NEW",
            )
        return int(answer["Attributes"][name]["N"])

    def counts(self, first: Key, name: str, *, before: Key) -> Iterator[int]:
        """One number of each item that counts, from the first on and before another one."""
        for raw in self._pages(
            KeyConditionExpression="pk = :pk AND sk BETWEEN :first AND :before",
            ExpressionAttributeValues={
                ":pk": {"S": first.pk},
                ":first": {"S": first.sk},
                ":before": {"S": before.sk},
            },
            ConsistentRead=True,
        ):
            yield _count(raw, name)

    def counted(self, keys: Iterable[Key], name: str) -> Mapping[Key, int]:
        """One number of each of these items that count, as it is now; left out where there is
        none yet."""
        return {key_of(raw): _count(raw, name) for raw in self._raw_all(keys)}

    def _raw_all(self, keys: Iterable[Key]) -> Iterator[Raw]:
        for some in _hundreds(keys):
            wanted = {self._name: {"Keys": [raw_key(key) for key in some], "ConsistentRead": True}}
            for _ in range(TRIES):
                with reached(WHAT):
                    answer = self._client.batch_get_item(RequestItems=wanted)
                yield from answer["Responses"].get(self._name, ())
                wanted = answer.get("UnprocessedKeys", {})
                if not wanted:
                    break
            else:
                raise Unavailable(f"{WHAT}, which gives too few items at once,")

    def _indexed(self, condition: str, values: dict[str, Any], *, forward: bool) -> Iterator[Item]:
        for raw in self._pages(
            IndexName=INDEX,
            KeyConditionExpression=condition,
            ExpressionAttributeValues=values,
            ScanIndexForward=forward,
        ):
            item = self.get(key_of(raw))
            if item is not None:
                yield item

    def _pages(self, **query: Any) -> Iterator[Raw]:
        while True:
            with reached(WHAT):
                page = self._client.query(TableName=self._name, **query)
            yield from page["Items"]
            if "LastEvaluatedKey" not in page:
                return
            query["ExclusiveStartKey"] = page["LastEvaluatedKey"]

    def _item(self, raw: Raw) -> Item:
        refuse_newer(raw)
        if "part" not in raw:
            return item_of(raw, raw["data"]["S"])
        if self._parts is None:
            raise Rejected(
                f"the record {raw['pk']['S']} / {raw['sk']['S']} lies in S3, "
                "and no bucket for large parts is set"
            )
        return item_of(raw, self._parts.get(raw["part"]["S"]))


def _count(raw: Raw, name: str) -> int:
    refuse_newer(raw)
    return int(raw.get(name, {"N": "0"})["N"])


def _hundreds(keys: Iterable[Key]) -> Iterator[list[Key]]:
    left = iter(keys)
    while some := list(islice(left, MOST_AT_ONCE)):
        yield some
