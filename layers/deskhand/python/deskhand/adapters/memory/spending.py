"""What language models have cost, in memory: the twin for a laptop and for tests."""

from collections import Counter
from datetime import UTC, date
from threading import Lock

from deskhand.domain.usage import Spent, Usage
from deskhand.ports import Clock, utc_now


class MemorySpending:
    """The port `Spending`, behind one lock."""

    def __init__(self, clock: Clock = utc_now) -> None:
        self._clock = clock
        self._lock = Lock()
        self._of_conversations: Counter[str] = Counter()
        self._of_days: Counter[date] = Counter()

    def note(self, conversation_id: str, usage: Usage) -> None:
        """Adds the price of one call to the conversation's and to the day's."""
        with self._lock:
            self._of_conversations[conversation_id] += usage.cost_microusd
            self._of_days[self._today()] += usage.cost_microusd

    def spent(self, conversation_id: str) -> Spent:
        """What was noted until now."""
        with self._lock:
            return Spent(
                conversation_microusd=self._of_conversations[conversation_id],
                day_microusd=self._of_days[self._today()],
            )

    def _today(self) -> date:
        return self._clock().astimezone(UTC).date()
