"""The queue between intake and dispatch as an SQS FIFO queue, one group a conversation."""

import hashlib
from typing import Any

from deskhand.adapters.aws_errors import reached
from deskhand.domain.ticket import Arrival
from deskhand.errors import Rejected

LARGEST_BYTES = 1_048_576
"""What SQS takes; the local AWS takes anything."""


class SqsInbox:
    """The port `Inbox` over one FIFO queue, which drops repeated deliveries for five minutes."""

    def __init__(self, client: Any, queue_url: str) -> None:
        self._client = client
        self._queue_url = queue_url

    def put(self, arrival: Arrival) -> None:
        """Accepts one message."""
        body = arrival.model_dump_json()
        size = len(body.encode())
        if size > LARGEST_BYTES:
            raise Rejected(
                f"the message {arrival.message.id} has {size} bytes; the queue takes "
                f"{LARGEST_BYTES}: send large content as attachments"
            )
        with reached("the ticket queue"):
            self._client.send_message(
                QueueUrl=self._queue_url,
                MessageBody=body,
                MessageGroupId=_hash(arrival.conversation_id),
                MessageDeduplicationId=_hash(f"{arrival.helpdesk}\n{arrival.delivery_id}"),
                MessageAttributes={  # by which a letter that nobody can read still finds its ticket
                    "helpdesk": _text(arrival.helpdesk),
                    "ticket_id": _text(arrival.ticket_id),
                },
            )


def _text(value: str) -> dict[str, str]:
    return {"DataType": "String", "StringValue": value}


def _hash(text: str) -> str:
    """Of any text one that SQS takes: at most 128 letters, digits and signs."""
    return hashlib.sha256(text.encode()).hexdigest()
