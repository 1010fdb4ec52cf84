"""Makes records fit: what an item or a transaction cannot hold goes to S3, or is refused.

The local AWS knows no such limits, so we keep them ourselves.
"""

from collections.abc import Sequence
from hashlib import sha256

from deskhand.adapters.dynamodb.items import (
    ITEM_LIMIT_BYTES,
    TRANSACTION_LIMIT_BYTES,
    TRANSACTION_LIMIT_ITEMS,
    Key,
    Put,
    Raw,
    size_bytes,
)
from deskhand.adapters.dynamodb.parts import Parts
from deskhand.errors import Rejected

LARGE_RECORD_BYTES = 300_000
LARGE_TRANSACTION_BYTES = 3_500_000
"""Leaves room for everything in the items beside their records."""


def fitted(puts: Sequence[Put], parts: Parts | None, mark: str) -> dict[Key, dict[str, str]]:
    """What stands in each item: its record as `data`, or as `part` where the record lies in S3."""
    sizes = {put.key: len(put.record.encode()) for put in puts}
    large = {key for key, size in sizes.items() if size > LARGE_RECORD_BYTES}
    left = sum(size for key, size in sizes.items() if key not in large)
    for key in sorted(sizes, key=lambda key: -sizes[key]):
        if left <= LARGE_TRANSACTION_BYTES:
            break
        if key not in large:
            large.add(key)
            left -= sizes[key]
    return {
        put.key: {"part": _put_away(put, parts, f"{mark}-{number}")}
        if put.key in large
        else {"data": put.record}
        for number, put in enumerate(puts)
    }


def refuse_too_much(items: Sequence[Raw], count: int) -> None:
    """Raises `Rejected` where AWS would refuse the write."""
    if count > TRANSACTION_LIMIT_ITEMS:
        raise Rejected(f"a transaction of {count} items: DynamoDB takes {TRANSACTION_LIMIT_ITEMS}")
    sizes = [size_bytes(item) for item in items]
    if max(sizes, default=0) > ITEM_LIMIT_BYTES:
        raise Rejected(f"an item of {max(sizes)} bytes: DynamoDB takes {ITEM_LIMIT_BYTES}")
    if sum(sizes) > TRANSACTION_LIMIT_BYTES:
        raise Rejected(
            f"a transaction of {sum(sizes)} bytes: DynamoDB takes {TRANSACTION_LIMIT_BYTES}"
        )


def folder_of(pk: str) -> str:
    """Where the large parts of one partition lie: its name may hold what S3 would rather not."""
    return sha256(pk.encode()).hexdigest()[:32]


def _put_away(put: Put, parts: Parts | None, name: str) -> str:
    if parts is None:
        raise Rejected(
            f"the record {put.key.pk} / {put.key.sk} is too large for an item of the table, "
            "and no bucket for large parts is set"
        )
    place = f"{folder_of(put.key.pk)}/{name}.json"
    parts.put(place, put.record)
    return place
