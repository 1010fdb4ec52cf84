"""What the DeskTable does with what is large or old: parts in S3, the limits of AWS, expiry."""

import json
from datetime import timedelta

import pytest

from deskhand.adapters.dynamodb.items import Due, Key, Put
from deskhand.domain.ticket import Message
from deskhand.domain.turn import Ended, Turn
from deskhand.errors import Rejected
from tests.builders import CONVERSATION, NOON, StoppedClock, a_turn, an_arrival
from tests.contract.conftest import BUCKET, TABLE, MockedAws, a_desk_over
from tests.contract.steps import arrive, claimed, end, texts

KEY = Key("C#inbox:T1", "turn#t1")


def test_items_are_forgotten_when_the_retention_is_over(aws: MockedAws) -> None:
    arrive(a_desk_over(aws.table(retention_days=7, clock=StoppedClock()), StoppedClock()), "m1")

    items = aws.dynamodb.scan(TableName=TABLE)["Items"]
    until = int((NOON + timedelta(days=7)).timestamp())
    assert {int(item["expires_at"]["N"]) for item in items} == {until}


def test_a_turn_too_large_for_an_item_lies_in_s3(aws: MockedAws) -> None:
    desk = a_desk_over(aws.table(), StoppedClock())
    long = "ä" * 200_000
    desk.conversations.append(an_arrival(long))

    turn = claimed(desk)

    assert texts(turn.messages) == [long]
    assert desk.conversations.turn(CONVERSATION, turn.id) == turn
    objects = aws.s3.list_objects_v2(Bucket=BUCKET)["Contents"]
    assert all(found["Key"].startswith("parts/") for found in objects)
    assert max(sizes(aws)) < 400_000
    end(desk, turn)
    assert isinstance(desk.conversations.turn(CONVERSATION, turn.id), Ended)


def test_fifty_long_messages_fit_one_transaction(aws: MockedAws) -> None:
    desk = a_desk_over(aws.table(), StoppedClock())
    for number in range(50):
        says = {"id": f"m{number}"}
        desk.conversations.append(an_arrival("x" * 100_000, says=says))

    turn = claimed(desk)

    assert len(turn.messages) == 50
    assert desk.conversations.turn(CONVERSATION, turn.id) == turn


def test_a_transaction_too_large_for_dynamodb_puts_only_what_it_must_into_s3(
    aws: MockedAws,
) -> None:
    wide = [Put(Key(f"C#{number}", "head"), json.dumps("x" * 290_000)) for number in range(13)]
    table = aws.table()

    assert not table.write(*wide)

    assert 3_000_000 < sum(sizes(aws)) < 4_000_000
    assert len(aws.s3.list_objects_v2(Bucket=BUCKET)["Contents"]) == 1
    assert [table.get(put.key) is not None for put in wide] == [True] * 13


def test_without_a_bucket_a_large_record_is_refused_clearly(aws: MockedAws) -> None:
    desk = a_desk_over(aws.table(parts=False), StoppedClock())

    with pytest.raises(Rejected, match=r"too large for an item.*no bucket for large parts is set"):
        desk.conversations.append(an_arrival("x" * 400_000))


def test_a_large_part_that_is_gone_is_named(aws: MockedAws) -> None:
    table = aws.table()
    table.write(Put(KEY, json.dumps("x" * 400_000)))
    (found,) = aws.s3.list_objects_v2(Bucket=BUCKET)["Contents"]
    aws.s3.delete_object(Bucket=BUCKET, Key=found["Key"])

    with pytest.raises(Rejected, match=f"{found['Key']} is gone"):
        table.get(KEY)
    with pytest.raises(Rejected, match="lies in S3, and no bucket"):
        aws.table(parts=False).get(KEY)


def test_what_aws_would_refuse_we_refuse_though_the_local_aws_takes_it(aws: MockedAws) -> None:
    table = aws.table()

    with pytest.raises(Rejected, match="101 items: DynamoDB takes 100"):
        table.write(*(Put(Key("C#1", f"message#{number}"), "{}") for number in range(101)))
    with pytest.raises(Rejected, match=r"item of .* bytes: DynamoDB takes 400000"):
        table.write(Put(KEY, "{}", due=Due("x" * 400_000, NOON)))


def sizes(aws: MockedAws) -> list[int]:
    pages = aws.dynamodb.get_paginator("scan").paginate(TableName=TABLE)
    items = [item for page in pages for item in page["Items"]]
    return [len(item.get("data", item.get("part"))["S"].encode()) for item in items]


def test_a_turn_of_any_size_is_a_turn(aws: MockedAws) -> None:
    """The same whether it was read from the table or from S3."""
    desk = a_desk_over(aws.table(), StoppedClock())
    for number, size in enumerate((10, 290_000, 310_000)):
        ticket = f"T{number}"
        desk.conversations.append(an_arrival("x" * size, ticket_id=ticket))
        turn = desk.conversations.open_turn(f"inbox:{ticket}", now=NOON, lease_s=60)
        assert turn is not None
        stored = desk.conversations.turn(f"inbox:{ticket}", desk.conversations.claim(turn).id)
        assert isinstance(stored, Turn)
        assert [len(message.text) for message in stored.messages] == [size]
        assert isinstance(stored.messages[0], Message)
        assert type(stored) is type(a_turn())
