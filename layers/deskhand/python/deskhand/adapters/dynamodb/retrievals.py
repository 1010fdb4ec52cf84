"""What turns wanted of the articles, in DynamoDB: beside the conversation, in an index by day."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from deskhand.adapters.dynamodb.items import Due, Put, noun_of
from deskhand.adapters.dynamodb.layout import RETRIEVAL, in_conversation, retrieved_on
from deskhand.adapters.dynamodb.table import DeskTable
from deskhand.domain.retrieval import Retrieval

DAY = timedelta(days=1)


class DynamoDbRetrievals:
    """The port `Retrievals` over the DeskTable."""

    def __init__(self, table: DeskTable) -> None:
        self._table = table

    def between(self, since: datetime, until: datetime) -> Iterator[Retrieval]:
        """Those that ended from `since` on and before `until`, day by day, oldest first."""
        day = since.astimezone(UTC).date()
        while datetime.combine(day, time(), UTC) < until:
            for item in self._table.dated(retrieved_on(day), since, until):
                yield noun_of(Retrieval, item)
            day += DAY


def retrieval_write(retrieval: Retrieval) -> Put:
    """A retrieval as it is written together with the ending of its turn."""
    return Put.of(
        in_conversation(retrieval.conversation_id, RETRIEVAL, retrieval.turn_id),
        retrieval,
        due=Due(retrieved_on(retrieval.at.astimezone(UTC).date()), retrieval.at),
    )
