"""What `Inbox` promises between intake and dispatch, in memory and on SQS."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

import boto3
import pytest
from moto import mock_aws

from deskhand.adapters.memory.inbox import MemoryInbox
from deskhand.adapters.sqs_inbox import LARGEST_BYTES, SqsInbox
from deskhand.domain.ticket import Arrival
from deskhand.errors import Rejected
from deskhand.ports import Inbox
from tests.builders import an_arrival
from tests.contract.conftest import REGION

_numbers = count(1)


@dataclass(frozen=True)
class Queue:
    inbox: Inbox
    take: Callable[[], list[Arrival]]
    """Everything that waits, in order."""


@pytest.fixture
def sqs() -> Iterator[Any]:
    with mock_aws():
        yield boto3.client("sqs", region_name=REGION)


def a_queue_of(sqs: Any) -> str:
    name = f"tickets-{next(_numbers)}.fifo"
    created = sqs.create_queue(QueueName=name, Attributes={"FifoQueue": "true"})
    return str(created["QueueUrl"])


def received(sqs: Any, url: str) -> list[Any]:
    found = []
    while messages := sqs.receive_message(
        QueueUrl=url, MaxNumberOfMessages=10, AttributeNames=["All"]
    ).get("Messages"):
        found += messages
        for message in messages:
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return found


# moto forgets a delivery as soon as its message is deleted; the local AWS does not, nor does SQS.
@pytest.fixture(params=["memory", pytest.param("local_aws", marks=pytest.mark.local_aws)])
def queue(request: pytest.FixtureRequest) -> Queue:
    if request.param == "memory":
        memory = MemoryInbox()
        return Queue(memory, lambda: list(memory.take()))
    sqs = request.getfixturevalue("local_aws").boto3_client("sqs")
    url = a_queue_of(sqs)
    return Queue(
        SqsInbox(sqs, url),
        lambda: [Arrival.model_validate_json(one["Body"]) for one in received(sqs, url)],
    )


def test_a_message_comes_out_as_it_was_put(queue: Queue) -> None:
    arrival = an_arrival("Où est ma commande n° 1001 ?", noise="an auto-reply")
    queue.inbox.put(arrival)

    assert queue.take() == [arrival]
    assert queue.take() == []


def test_messages_of_a_conversation_come_out_in_order(queue: Queue) -> None:
    arrivals = [an_arrival(says={"id": f"m{number}"}) for number in range(12)]
    for arrival in arrivals:
        queue.inbox.put(arrival)

    assert queue.take() == arrivals


def test_a_delivery_that_was_put_before_is_accepted_and_dropped(queue: Queue) -> None:
    queue.inbox.put(an_arrival())
    queue.inbox.put(an_arrival())
    assert queue.take() == [an_arrival()]

    queue.inbox.put(an_arrival())
    assert queue.take() == []


def test_the_same_delivery_id_of_another_helpdesk_is_another_delivery(queue: Queue) -> None:
    queue.inbox.put(an_arrival(delivery_id="1"))
    queue.inbox.put(an_arrival(delivery_id="1", helpdesk="zendesk"))

    assert len(queue.take()) == 2


def test_conversations_do_not_wait_for_each_other_whatever_their_names(sqs: Any) -> None:
    url = a_queue_of(sqs)
    strange = "T" * 500 + " ü/\n"
    for ticket in ("T1", "T2", strange):
        SqsInbox(sqs, url).put(an_arrival(ticket_id=ticket, delivery_id=ticket))

    attributes = [message["Attributes"] for message in received(sqs, url)]
    groups = [found["MessageGroupId"] for found in attributes]
    allowed = re.compile(r"[A-Za-z0-9!-/:-@\[-`{-~]{1,128}")
    assert len(set(groups)) == 3
    for name in (*groups, *(found["MessageDeduplicationId"] for found in attributes)):
        assert allowed.fullmatch(name)


def test_a_message_that_aws_would_refuse_is_refused_with_its_size(sqs: Any) -> None:
    inbox = SqsInbox(sqs, a_queue_of(sqs))

    with pytest.raises(Rejected, match=f"m1 has .* bytes; the queue takes {LARGEST_BYTES}"):
        inbox.put(an_arrival("x" * LARGEST_BYTES))
