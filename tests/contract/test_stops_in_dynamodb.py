"""What the anomaly stop leaves in the table, and what it costs."""

from typing import Any

from deskhand.adapters.dynamodb.stops import DynamoDbStops
from tests.builders import NOON, StoppedClock
from tests.contract.conftest import STOP_RULES, TABLE, MockedAws


def items(aws: MockedAws) -> dict[str, dict[str, Any]]:
    return {item["sk"]["S"]: item for item in aws.dynamodb.scan(TableName=TABLE)["Items"]}


def test_a_standing_stop_never_expires_and_its_counts_do(aws: MockedAws) -> None:
    stops = DynamoDbStops(aws.table(clock=StoppedClock()), STOP_RULES)
    for _ in range(3):
        stops.note("refund_order", "done", at=NOON)

    assert "expires_at" not in items(aws)["action#refund_order"]
    assert "expires_at" in items(aws)["hour#2026-11-21T12#0"]

    stops.release("refund_order", by="Bo", at=NOON)
    assert "expires_at" in items(aws)["action#refund_order"]


def test_the_week_is_read_only_once_the_hour_brought_enough(aws: MockedAws) -> None:
    counting = Counting(aws.dynamodb)
    stops = DynamoDbStops(aws.table(client=counting), STOP_RULES)
    for _ in range(2):
        stops.note("refund_order", "done", at=NOON)
    assert counting.calls == ["get_item", "update_item"] * 2

    stops.note("refund_order", "done", at=NOON)
    assert counting.calls[4:] == ["get_item", "update_item", "query", "put_item"]


class Counting:
    """A client that remembers what it was asked for."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self.calls: list[str] = []

    def __getattr__(self, name: str) -> Any:
        self.calls.append(name)
        return getattr(self._client, name)
