"""Between SQS batches and the jobs that take their messages."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import MetricUnit, single_metric
from aws_lambda_powertools.utilities.batch import (
    SqsFifoPartialProcessor,
    process_partial_response,
)

from deskhand.domain.dead_letter import DeadLetter
from deskhand.domain.ticket import Arrival
from deskhand.errors import DeskhandError

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


def letters(event: Mapping[str, Any], see_to: Callable[[DeadLetter], None]) -> dict[str, Any]:
    """Takes dead letters; one that cannot be seen to yet stays where it is."""
    failed = []
    for record in event["Records"]:
        letter = read_letter(record)
        _count_one()
        try:
            see_to(letter)
        except DeskhandError as error:
            logger.error("a dead letter stays", extra={"letter": letter.id, "why": str(error)})
            failed.append({"itemIdentifier": letter.id})
    return {"batchItemFailures": failed}


def read_letter(record: Mapping[str, Any]) -> DeadLetter:
    """The dead letter in a record, readable or not."""
    attributes = {
        name: value.get("stringValue", "")
        for name, value in record.get("messageAttributes", {}).items()
    }
    sent_at = datetime.fromtimestamp(int(record["attributes"]["SentTimestamp"]) / 1000, UTC)
    return DeadLetter(
        id=record["messageId"],
        group=record["attributes"].get("MessageGroupId", ""),
        body=record["body"],
        sent_at=sent_at,
        helpdesk=attributes.get("helpdesk", ""),
        ticket_id=attributes.get("ticket_id", ""),
    )


def _count_one() -> None:
    """What the alarm hears: a letter leaves its queue at once, so its length would tell nothing."""
    with single_metric(name="DeadLetters", unit=MetricUnit.Count, value=1, namespace="Deskhand"):
        pass
