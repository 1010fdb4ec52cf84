"""What an item of the table looks like, and the limits of DynamoDB that we keep ourselves."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, JsonValue, ValidationError

from deskhand.errors import Rejected

FORMAT = 1
"""The format in which this release writes records. It reads this one and older ones."""

ABSENT = -1
"""Expected of an item that must not be there yet."""
ANYTHING = -2
"""Expected of an item that is written whatever is there."""

ITEM_LIMIT_BYTES = 400_000
TRANSACTION_LIMIT_BYTES = 4_000_000
TRANSACTION_LIMIT_ITEMS = 100

NounT = TypeVar("NounT", bound=BaseModel)
Record = dict[str, JsonValue]
Raw = dict[str, dict[str, Any]]


class Key(NamedTuple):
    """Where an item lies."""

    pk: str
    sk: str


class Due(NamedTuple):
    """An item's place in the index."""

    bucket: str
    at: datetime


@dataclass(frozen=True)
class Item:
    """A record as it was read."""

    key: Key
    record: Record
    changes: int
    due: Due | None


@dataclass(frozen=True)
class Put:
    """A record to be written, if what is there has the expected number of changes."""

    key: Key
    record: str
    """As JSON."""
    expects: int = ANYTHING
    due: Due | None = None
    first: int = 1
    """The number of changes of an item that is new."""
    lasts: bool = False
    """Whether it is kept until somebody writes it anew, whatever the retention."""

    @classmethod
    def of(cls, key: Key, noun: BaseModel, **more: Any) -> "Put":
        """A noun to be written."""
        return cls(key, noun.model_dump_json(), **more)

    @property
    def changes(self) -> int:
        """What the item counts once this is written."""
        return self.first if self.expects < 0 else self.expects + 1


@dataclass(frozen=True)
class Delete:
    """An item to be taken away, if it is there."""

    key: Key


Write = Put | Delete


def moment(at: datetime) -> str:
    """The time as text that sorts as time does."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def raw_key(key: Key) -> Raw:
    """The key as DynamoDB takes it."""
    return {"pk": {"S": key.pk}, "sk": {"S": key.sk}}


def raw_item(put: Put, *, body: Mapping[str, str], mark: str, expires_at: int) -> Raw:
    """The item as DynamoDB takes it; `body` is its `data`, or its `part` in S3."""
    texts = {"pk": put.key.pk, "sk": put.key.sk, "write": mark, **body}
    if put.due is not None:
        texts |= {"due_bucket": put.due.bucket, "due_at": moment(put.due.at)}
    numbers = {"version": FORMAT, "changes": put.changes}
    if not put.lasts:
        numbers["expires_at"] = expires_at
    raw: Raw = {name: {"S": text} for name, text in texts.items()}
    return raw | {name: {"N": str(number)} for name, number in numbers.items()}


def item_of(raw: Raw, text: str) -> Item:
    """The item that DynamoDB gave; `text` is its record as JSON."""
    due = None
    if "due_bucket" in raw:
        due = Due(raw["due_bucket"]["S"], datetime.fromisoformat(raw["due_at"]["S"]))
    return Item(key_of(raw), json.loads(text), int(raw["changes"]["N"]), due)


def key_of(raw: Raw) -> Key:
    """Where the item that DynamoDB gave lies."""
    return Key(raw["pk"]["S"], raw["sk"]["S"])


def refuse_newer(raw: Raw) -> None:
    """Raises `Rejected` for a record in a format that a later release wrote."""
    version = int(raw.get("version", {}).get("N", "1"))
    if version > FORMAT:
        pk, sk = key_of(raw)
        raise Rejected(
            f"the record {pk} / {sk} has format {version}, this release reads up to {FORMAT}: "
            "deploy the release that wrote it, or a later one"
        )


def size_bytes(raw: Raw) -> int:
    """How DynamoDB counts an item's size, near enough: names and values in UTF-8."""
    return sum(
        len(name.encode()) + sum(len(str(value).encode()) for value in typed.values())
        for name, typed in raw.items()
    )


def noun_of(kind: type[NounT], item: Item) -> NounT:
    """The noun that an item holds. `Rejected`: it does not fit, and where."""
    try:
        return kind.model_validate(item.record)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(place) for place in first["loc"])
        what = f"the record {item.key.pk} / {item.key.sk} is no {kind.__name__}"
        raise Rejected(f"{what}: {where}: {first['msg']}") from error
