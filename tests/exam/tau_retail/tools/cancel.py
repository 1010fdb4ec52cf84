"""Cancels a pending order."""

from typing import ClassVar

from pydantic import JsonValue

from deskhand.domain.evidence import Facts
from deskhand.domain.money import Money
from deskhand.domain.records import CustomerScope
from deskhand.ports import Connectors
from tests.exam.tau_retail.tools.facts import shop_of
from tests.exam.tau_retail.tools.shop_action import OrderAction


class CancelPendingOrder(OrderAction):
    """Cancel a pending order, because it is "no longer needed" or was "ordered by mistake"."""

    tool_name: ClassVar[str] = "cancel_pending_order"
    becomes: ClassVar[str] = "cancelled"

    reason: str

    def in_words(self, facts: Facts) -> str:
        """The cancellation as the customer is asked about it."""
        back = self.money(facts).words
        return f"the cancellation of order {self.order_id} ({self.reason}), with {back} going back"

    def context(self, facts: Facts) -> dict[str, JsonValue]:
        """Why."""
        return {"reason": self.reason}

    def money(self, facts: Facts) -> Money:
        """Everything that was paid."""
        paid_cents = self.thing(facts).attributes["paid_cents"]
        return Money.model_validate({"amount_cents": paid_cents, "currency": "USD"})

    def perform(self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str) -> str:
        """Has the shop cancel it."""
        return shop_of(connectors).cancel(
            scope, self.order_id, reason=self.reason, idempotency_key=idempotency_key
        )
