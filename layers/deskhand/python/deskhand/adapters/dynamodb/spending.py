"""What language models have cost, in DynamoDB: one sum a conversation, and one a day."""

from datetime import UTC

from deskhand.adapters.dynamodb.items import Key
from deskhand.adapters.dynamodb.layout import SPENT, in_conversation, spent_on
from deskhand.adapters.dynamodb.table import DeskTable
from deskhand.domain.usage import Spent, Usage

MICROUSD = "microusd"


class DynamoDbSpending:
    """The port `Spending` over the DeskTable.

    DynamoDB itself adds, so containers never overwrite each other; it is no transaction, which
    conflicts would slow down on the item of the day. Should only one of the two be written, or one
    of them twice, a sum is off by the price of one call.
    """

    def __init__(self, table: DeskTable) -> None:
        self._table = table

    def note(self, conversation_id: str, usage: Usage) -> None:
        """Adds the price of one call to the conversation's and to the day's."""
        if usage.cost_microusd:
            for key in self._keys(conversation_id):
                self._table.add(key, MICROUSD, usage.cost_microusd)

    def spent(self, conversation_id: str) -> Spent:
        """What was noted until now, by every container; both sums in one read."""
        conversation, day = self._keys(conversation_id)
        found = self._table.counted((conversation, day), MICROUSD)
        return Spent(
            conversation_microusd=found.get(conversation, 0), day_microusd=found.get(day, 0)
        )

    def _keys(self, conversation_id: str) -> tuple[Key, Key]:
        today = self._table.clock().astimezone(UTC).date()
        return in_conversation(conversation_id, SPENT), spent_on(today)
