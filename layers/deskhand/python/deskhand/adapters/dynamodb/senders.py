"""What one address had from us lately, in DynamoDB: one small record for each address."""

from collections.abc import Callable

from deskhand.adapters.dynamodb.items import ABSENT, Put, noun_of
from deskhand.adapters.dynamodb.layout import sender
from deskhand.adapters.dynamodb.table import DeskTable
from deskhand.domain.sender import Sender
from deskhand.errors import Unavailable

TRIES = 20


class SenderRecords:
    """The records of senders in the DeskTable."""

    def __init__(self, table: DeskTable) -> None:
        self._table = table

    def of(self, email: str) -> Sender:
        """What is remembered of this address."""
        item = self._table.get(sender(email))
        return noun_of(Sender, item) if item else Sender()

    def change(self, email: str, change: Callable[[Sender], Sender]) -> None:
        """Writes what the change makes of the record as it is then; an address has to be known."""
        if not email.strip():
            return
        key = sender(email)
        for _ in range(TRIES):
            item = self._table.get(key)
            kept = noun_of(Sender, item) if item else Sender()
            after = change(kept)
            expects = item.changes if item else ABSENT
            if after == kept or not self._table.write(Put.of(key, after, expects=expects)):
                return
        raise Unavailable("the record of a sender, which changes all the time,")
