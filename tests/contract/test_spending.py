"""What `Spending` promises: every call counts, for its conversation and for its day."""

from datetime import UTC, datetime
from typing import Any

import pytest

from deskhand.adapters.dynamodb.spending import DynamoDbSpending
from deskhand.domain.usage import Spent, Usage
from deskhand.errors import Rejected
from tests.builders import CONVERSATION, StoppedClock
from tests.contract.conftest import TABLE, Desk, MockedAws
from tests.contract.steps import arrive, claimed

OTHER = "inbox:T2"


def paid(desk: Desk, microusd: int, conversation_id: str = CONVERSATION) -> None:
    desk.spending.note(conversation_id, Usage(model="claude", calls=1, cost_microusd=microusd))


def test_at_first_nothing_is_spent(desk: Desk) -> None:
    assert desk.spending.spent(CONVERSATION) == Spent()


def test_calls_add_up_for_their_conversation_and_for_the_day(desk: Desk) -> None:
    paid(desk, 300)
    paid(desk, 45)
    paid(desk, 7, OTHER)

    spent = desk.spending.spent(CONVERSATION)
    assert spent == Spent(conversation_microusd=345, day_microusd=352)
    assert desk.spending.spent(OTHER) == Spent(conversation_microusd=7, day_microusd=352)


def test_at_midnight_utc_another_day_begins_and_the_conversation_goes_on(desk: Desk) -> None:
    desk.clock.now = datetime(2026, 11, 21, 23, 59, 59, tzinfo=UTC)
    paid(desk, 300)

    desk.clock.pass_by(seconds=1)
    paid(desk, 20)

    spent = desk.spending.spent(CONVERSATION)
    assert spent == Spent(conversation_microusd=320, day_microusd=20)


def test_what_costs_nothing_changes_nothing(desk: Desk) -> None:
    paid(desk, 0)

    assert desk.spending.spent(CONVERSATION) == Spent()


def test_a_conversation_that_has_spent_goes_on_as_any_other(desk: Desk) -> None:
    arrive(desk, "m1")
    paid(desk, 300)

    turn = claimed(desk)
    assert [message.id for message in turn.messages] == ["m1"]
    assert desk.conversations.turns(CONVERSATION) == (turn,)


def items(aws: MockedAws) -> dict[str, dict[str, Any]]:
    return {item["pk"]["S"]: item for item in aws.dynamodb.scan(TableName=TABLE)["Items"]}


def test_the_sums_lie_beside_the_conversation_and_are_forgotten_with_it(aws: MockedAws) -> None:
    spending = DynamoDbSpending(aws.table(clock=StoppedClock()))
    spending.note(CONVERSATION, Usage(cost_microusd=300))

    kept = items(aws)
    assert set(kept) == {f"C#{CONVERSATION}", "M#2026-11-21"}
    assert all("expires_at" in item for item in kept.values())


def test_both_sums_are_read_at_once_and_each_is_written_once(aws: MockedAws) -> None:
    counting = Counting(aws.dynamodb)
    spending = DynamoDbSpending(aws.table(client=counting, clock=StoppedClock()))

    spending.spent(CONVERSATION)
    spending.note(CONVERSATION, Usage(cost_microusd=1))

    assert counting.calls == ["batch_get_item", "update_item", "update_item"]


def test_a_sum_of_a_later_release_is_not_misread(aws: MockedAws) -> None:
    spending = DynamoDbSpending(aws.table(clock=StoppedClock()))
    spending.note(CONVERSATION, Usage(cost_microusd=300))
    item = items(aws)[f"C#{CONVERSATION}"] | {"version": {"N": "2"}}
    aws.dynamodb.put_item(TableName=TABLE, Item=item)

    with pytest.raises(Rejected, match="format 2"):
        spending.spent(CONVERSATION)


class Counting:
    """A client that remembers what it was asked for."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self.calls: list[str] = []

    def __getattr__(self, name: str) -> Any:
        self.calls.append(name)
        return getattr(self._client, name)
