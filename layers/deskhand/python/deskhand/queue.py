"""Between SQS batches and the jobs that take their messages."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import (
    SqsFifoPartialProcessor,
    process_partial_response,
)
from pydantic import ValidationError

from deskhand.domain.ticket import Arrival, Asker, Message
from deskhand.errors import DeskhandError, Rejected

LONGEST_EXCERPT = 2_000

logger = Logger(service="deskhand")


def in_order(
    event: Mapping[str, Any], context: Any, take: Callable[[Arrival], None]
) -> dict[str, Any]:
    """Takes a FIFO batch: a message that fails keeps back only those of its own conversation."""

    def record_handler(record: Any) -> None:  # Powertools wants the parameter to be called so
        take(Arrival.model_validate_json(record.body))

    response: Mapping[str, Any] = process_partial_response(
        event=dict(event),
        record_handler=record_handler,
        processor=SqsFifoPartialProcessor(skip_group_on_error=True),
        context=context,
    )
    return dict(response)


def letters(event: Mapping[str, Any], hand_over: Callable[[Arrival, str], None]) -> dict[str, Any]:
    """Takes dead letters; one that cannot be handed over yet stays where it is."""
    failed = []
    for record in event["Records"]:
        try:
            hand_over(*read_letter(record))
        except DeskhandError as error:
            logger.error(
                "a dead letter stays", extra={"message_id": record["messageId"], "why": str(error)}
            )
            failed.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failed}


def read_letter(record: Mapping[str, Any]) -> tuple[Arrival, str]:
    """The message of a dead letter, and why it is one; what cannot be read is kept as an excerpt.

    `Rejected`: not even the ticket is known that it belongs to.
    """
    try:
        return Arrival.model_validate_json(record["body"]), "it failed each time it was tried"
    except ValidationError:
        attributes = {
            name: value.get("stringValue", "")
            for name, value in record.get("messageAttributes", {}).items()
        }
    if not attributes.get("helpdesk") or not attributes.get("ticket_id"):
        raise Rejected("the dead letter is unreadable and names no ticket")
    message = Message(
        id=f"unreadable-{record['messageId']}",
        author="customer",
        text=f"(unreadable message) {record['body'][:LONGEST_EXCERPT]}",
        said_at=datetime.fromtimestamp(int(record["attributes"]["SentTimestamp"]) / 1000, UTC),
    )
    arrival = Arrival(
        helpdesk=attributes["helpdesk"],
        ticket_id=attributes["ticket_id"],
        subject="",
        asker=Asker(email=""),
        message=message,
        delivery_id=record["messageId"],
    )
    return arrival, "its body could not be read"
