"""Batches of the queue: order within a conversation, and letters that nobody could read."""

from typing import Any

import pytest

from deskhand.domain.ticket import Arrival
from deskhand.errors import Rejected, Unavailable
from deskhand.queue import in_order, letters, read_letter
from tests.builders import an_arrival


def a_record(body: str, message_id: str = "r1", group: str = "g1", **bent: Any) -> dict[str, Any]:
    given = {
        "messageId": message_id,
        "receiptHandle": "handle",
        "body": body,
        "attributes": {
            "MessageGroupId": group,
            "SentTimestamp": "1763726400000",
            "ApproximateReceiveCount": "1",
        },
        "messageAttributes": {},
        "eventSource": "aws:sqs",
    }
    return given | bent


def test_a_failing_message_keeps_back_only_its_own_conversation() -> None:
    poison, after, other = (
        an_arrival(text, ticket_id=ticket).model_dump_json()
        for text, ticket in [("poison", "T1"), ("after", "T1"), ("other", "T2")]
    )
    taken: list[str] = []

    def take(arrival: Arrival) -> None:
        if arrival.message.text == "poison":
            raise Unavailable("the table")
        taken.append(arrival.message.text)

    records = [
        a_record(poison, "r1", "T1"),
        a_record(other, "r2", "T2"),
        a_record(after, "r3", "T1"),
    ]
    answer = in_order({"Records": records}, None, take)

    assert taken == ["other"]
    assert {item["itemIdentifier"] for item in answer["batchItemFailures"]} == {"r1", "r3"}


def test_a_readable_letter_is_the_message_that_it_was() -> None:
    arrival = an_arrival()
    assert read_letter(a_record(arrival.model_dump_json()))[0] == arrival


def test_an_unreadable_letter_is_kept_as_an_excerpt_on_its_ticket() -> None:
    attributes = {
        "helpdesk": {"stringValue": "inbox", "dataType": "String"},
        "ticket_id": {"stringValue": "T9", "dataType": "String"},
    }
    arrival, why = read_letter(a_record("{broken" * 1000, messageAttributes=attributes))
    assert arrival.conversation_id == "inbox:T9"
    assert arrival.message.text.startswith("(unreadable message) {broken")
    assert len(arrival.message.text) < 2_100
    assert why == "its body could not be read"


def test_a_letter_that_names_no_ticket_stays_where_it_is() -> None:
    def hand_over(arrival: Arrival, why: str) -> None:
        raise AssertionError("there is nothing to hand over")

    answer = letters({"Records": [a_record("{broken")]}, hand_over)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "r1"}]}
    with pytest.raises(Rejected):
        read_letter(a_record("{broken"))
