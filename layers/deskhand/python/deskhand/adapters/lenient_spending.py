"""Keeps an answer that is paid for, where noting what it cost fails."""

from aws_lambda_powertools import Logger

from deskhand.domain.usage import Spent, Usage
from deskhand.errors import DeskhandError
from deskhand.ports import Spending

logger = Logger(service="deskhand")


class LenientSpending:
    """The port `Spending` for whoever has paid already: a note that fails is told in the log with
    its amount, and the answer stays. To ask again would pay twice, and lose the ticket's time.

    Reading stays strict: where nobody knows what was spent, nothing more is.
    """

    def __init__(self, spending: Spending) -> None:
        self._spending = spending

    def note(self, conversation_id: str, usage: Usage) -> None:
        """Adds the price of one call, or says in the log that it is missing from the sums."""
        try:
            self._spending.note(conversation_id, usage)
        except DeskhandError as error:
            logger.error(
                "what a model cost could not be noted",
                extra={
                    "conversation_id": conversation_id,
                    "cost_microusd": usage.cost_microusd,
                    "why": str(error),
                },
            )

    def spent(self, conversation_id: str) -> Spent:
        """What was noted until now. `Unavailable`: nobody knows, so nobody may be asked yet."""
        return self._spending.spent(conversation_id)
