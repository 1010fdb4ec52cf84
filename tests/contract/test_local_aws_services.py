"""Table, API, roles, storage and schedules as we rely on them, shown on the emulator."""

import base64
import urllib.error
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from scripts.local_stack import LocalStack, Stack
from tests.contract.local_aws.by_hand import item, post, run, small_stack, until

pytestmark = pytest.mark.local_aws


@pytest.fixture(scope="module")
def aws() -> Iterator[LocalStack]:
    with small_stack() as stack:
        due_now(stack)
        yield stack


def due_now(stack: Stack) -> None:
    """The stack's own schedule again, due in a moment: its minute is too long to wait for."""
    scheduler = stack.boto3_client("scheduler")
    target = scheduler.get_schedule(Name="each-minute")["Target"]
    due = datetime.now(UTC) + timedelta(seconds=1)
    scheduler.create_schedule(
        Name="once",
        ScheduleExpression=f"at({due:%Y-%m-%dT%H:%M:%S})",
        FlexibleTimeWindow={"Mode": "OFF"},
        Target={"Arn": target["Arn"], "RoleArn": target["RoleArn"]},
    )


# --- the table -----------------------------------------------------------------------------------


def test_one_of_many_conditional_writes_wins_and_the_others_see_who(aws: LocalStack) -> None:
    dynamodb = aws.boto3_client("dynamodb")

    def claim(number: int) -> str:
        try:
            dynamodb.put_item(
                TableName=aws.outputs["Table"],
                Item={"pk": {"S": "lease"}, "holder": {"S": str(number)}},
                ConditionExpression="attribute_not_exists(pk)",
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except dynamodb.exceptions.ConditionalCheckFailedException as refused:
            holder: str = refused.response["Item"]["holder"]["S"]
            return holder
        return str(number)

    with ThreadPoolExecutor(8) as threads:
        holders = set(threads.map(claim, range(32)))

    assert len(holders) == 1


def test_a_transaction_writes_all_or_nothing_and_says_what_was_in_its_way(aws: LocalStack) -> None:
    table = {"TableName": aws.outputs["Table"]}
    dynamodb = aws.boto3_client("dynamodb")
    dynamodb.put_item(**table, Item={"pk": {"S": "taken"}, "by": {"S": "somebody"}})
    free = {"Put": {**table, "Item": {"pk": {"S": "free"}}}}
    taken = {
        "Put": {
            **table,
            "Item": {"pk": {"S": "taken"}},
            "ConditionExpression": "attribute_not_exists(pk)",
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
    }

    with pytest.raises(dynamodb.exceptions.TransactionCanceledException) as refused:
        dynamodb.transact_write_items(TransactItems=[free, taken])

    reasons = refused.value.response["CancellationReasons"]
    assert [reason["Code"] for reason in reasons] == ["None", "ConditionalCheckFailed"]
    assert reasons[1]["Item"]["by"] == {"S": "somebody"}
    assert item(aws, "free") is None


def test_items_expire_by_the_attribute_that_the_template_names(aws: LocalStack) -> None:
    described = aws.boto3_client("dynamodb").describe_time_to_live(TableName=aws.outputs["Table"])

    assert described["TimeToLiveDescription"]["AttributeName"] == "expires_at"


# --- everything else -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [b'{ "a":1,\r\n "b": "\xc3\xbc\\u00fc" }\n', b"a=1&b=%20+x", b""],
    ids=["json with its spaces", "a form", "nothing"],
)
def test_a_webhook_arrives_byte_for_byte(aws: LocalStack, body: bytes) -> None:
    said = post(aws, "/hooks/zendesk?a=1", body)
    raw = base64.b64decode(said["body"]) if said["is_base64"] else (said["body"] or "").encode()

    assert raw == body
    assert said["route"] == "POST /hooks/{name}"
    assert (said["path"], said["query"]) == ({"name": "zendesk"}, {"a": "1"})
    assert said["signature"] == "sha256=abc"


def test_an_address_without_a_route_is_not_found(aws: LocalStack) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404") as refused:
        post(aws, "/elsewhere", b"{}")
    refused.value.close()


def test_a_function_has_the_rights_of_its_role_and_no_others(aws: LocalStack) -> None:
    assert post(aws, "/hooks/any", b"{}")["table"] == "AccessDeniedException"


def test_an_object_comes_back_as_it_was_put_and_a_missing_one_says_so(aws: LocalStack) -> None:
    s3, bucket = aws.boto3_client("s3"), aws.outputs["Bucket"]
    s3.put_object(Bucket=bucket, Key="parts/1", Body=b"\x00\xff")

    assert s3.get_object(Bucket=bucket, Key="parts/1")["Body"].read() == b"\x00\xff"
    with pytest.raises(s3.exceptions.NoSuchKey):
        s3.get_object(Bucket=bucket, Key="parts/2")


def test_what_a_function_prints_is_in_its_log(aws: LocalStack) -> None:
    run(aws, {"rejected": True})

    assert any("Rejected: never" in line for line in aws.logs("work"))


def test_a_schedule_calls_its_function(aws: LocalStack) -> None:
    assert int(until(lambda: item(aws, "tick"))["times"]["N"]) >= 1
