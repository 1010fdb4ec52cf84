"""Keeps an answer that is paid for, where noting what it cost fails."""

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import MetricUnit, single_metric

from deskhand.domain.usage import Spent, Usage
from deskhand.errors import DeskhandError
from deskhand.ports import Spending

logger = Logger(service="deskhand")
NAMESPACE, METRIC = "Deskhand", "SpentMicroUsd"


class LenientSpending:
    """The port `Spending` for whoever has paid already: a note that fails is told in the log with
    its amount, and the answer stays. To ask again would pay twice, and lose the ticket's time.

    Reading stays strict: where nobody knows what was spent, nothing more is.
    """

    def __init__(self, spending: Spending) -> None:
        self._spending = spending

    def note(self, conversation_id: str, usage: Usage) -> None:
        """Adds the price of one call, or says in the log that it is missing from the sums; the
        metric has it either way."""
        _count(usage.cost_microusd)
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


def _count(cost_microusd: int) -> None:
    """What a call cost, also one whose answer could not be used."""
    if cost_microusd:
        with single_metric(
            name=METRIC, unit=MetricUnit.Count, value=cost_microusd, namespace=NAMESPACE
        ):
            pass
