"""The outbox in DynamoDB: notes enter it in the transactions of the conversations."""

from datetime import datetime
from itertools import islice

from deskhand.adapters.dynamodb.items import Delete, Due, Put, noun_of
from deskhand.adapters.dynamodb.layout import NOTES, OUTBOX, conversation, in_conversation
from deskhand.adapters.dynamodb.table import DeskTable
from deskhand.domain.outbox import OutboxEntry
from deskhand.errors import Unavailable

TRIES = 20


class DynamoDbOutbox:
    """The port `Outbox` over the DeskTable."""

    def __init__(self, table: DeskTable) -> None:
        self._table = table

    def of(self, conversation_id: str) -> tuple[OutboxEntry, ...]:
        """What is not delivered yet of one conversation, earliest due first."""
        items = self._table.query(conversation(conversation_id), OUTBOX)
        entries = (noun_of(OutboxEntry, item) for item in items)
        return tuple(sorted(entries, key=lambda entry: (entry.due_at, entry.id)))

    def due(self, *, before: datetime, limit: int = 50) -> tuple[OutboxEntry, ...]:
        """What should have been delivered by then, oldest first."""
        items = self._table.due(NOTES, before=before)
        return tuple(noun_of(OutboxEntry, item) for item in islice(items, limit))

    def delivered(self, entry: OutboxEntry) -> None:
        """It leaves the outbox."""
        self._table.write(Delete(in_conversation(entry.conversation_id, OUTBOX, entry.id)))

    def postpone(self, entry: OutboxEntry, *, until: datetime) -> None:
        """One attempt more, tried again then; one that was delivered meanwhile stays away."""
        key = in_conversation(entry.conversation_id, OUTBOX, entry.id)
        for _ in range(TRIES):
            item = self._table.get(key)
            if item is None:
                return
            stored = noun_of(OutboxEntry, item)
            later = stored.model_copy(update={"attempts": stored.attempts + 1, "due_at": until})
            put = Put.of(key, later, expects=item.changes, due=Due(NOTES, until))
            if not self._table.write(put):
                return
        raise Unavailable(f"the note {entry.id}, which changes all the time,")
