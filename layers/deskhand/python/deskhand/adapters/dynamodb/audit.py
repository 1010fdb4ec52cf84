"""The audit in DynamoDB: each entry is put once, if it is not there, and is never forgotten."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from deskhand.adapters.dynamodb.items import ABSENT, Due, Put, noun_of
from deskhand.adapters.dynamodb.layout import AUDIT, audited, audited_on
from deskhand.adapters.dynamodb.table import DeskTable
from deskhand.domain.audit import AuditEntry

DAY = timedelta(days=1)


class DynamoDbAudit:
    """The port `Audit` over the DeskTable."""

    def __init__(self, table: DeskTable) -> None:
        self._table = table

    def add(self, entry: AuditEntry) -> bool:
        """Keeps an entry, unless one of this id is kept already."""
        return not self._table.write(audit_write(entry))

    def of(self, conversation_id: str) -> tuple[AuditEntry, ...]:
        """All of a conversation, oldest first."""
        items = self._table.query(audited(conversation_id).pk, AUDIT)
        return tuple(sorted((noun_of(AuditEntry, item) for item in items), key=_place))

    def between(self, since: datetime, until: datetime) -> Iterator[AuditEntry]:
        """Everything from `since` on and before `until`, day by day, oldest first."""
        day = since.astimezone(UTC).date()
        while datetime.combine(day, time(), UTC) < until:
            for item in self._table.dated(audited_on(day), since, until):
                yield noun_of(AuditEntry, item)
            day += DAY


def audit_write(entry: AuditEntry) -> Put:
    """An entry as it is written together with what it tells of."""
    return Put.of(
        audited(entry.conversation_id, entry.id),
        entry,
        expects=ABSENT,
        due=Due(audited_on(entry.at.astimezone(UTC).date()), entry.at),
        lasts=True,
    )


def _place(entry: AuditEntry) -> tuple[datetime, str]:
    return entry.at, entry.id
