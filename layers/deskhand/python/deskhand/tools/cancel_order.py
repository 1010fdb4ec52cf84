"""Stops an order that has not left yet."""

from typing import ClassVar

from pydantic import Field, JsonValue

from deskhand.domain.evidence import Fact
from deskhand.domain.money import Money
from deskhand.domain.records import CustomerScope
from deskhand.ports import Connectors
from deskhand.tools.facts import order_fact
from deskhand.tools.tool import Action


class CancelOrder(Action):
    """Cancel one whole order that has not been sent yet."""

    tool_name: ClassVar[str] = "cancel_order"
    resource_kind: ClassVar[str] = "Order"

    order_id: str = Field(min_length=1, json_schema_extra={"x-from": "order.order_id"})

    @property
    def fact_id(self) -> str:
        """The fact about the order."""
        return f"order:{self.order_id}"

    def in_words(self, fact: Fact) -> str:
        """The cancellation as people are asked about it."""
        return f"the cancellation of order {self.order_id}"

    def context(self, fact: Fact) -> dict[str, JsonValue]:
        """Nothing beside the order itself: a cancellation is no refund under the limits."""
        return {"amount_cents": 0}

    def money(self, fact: Fact) -> Money:
        """Nothing: the order was not sent, so its money was never earned."""
        return Money(amount_cents=0, currency=str(fact.attributes["currency"]))

    def refresh(self, scope: CustomerScope, connectors: Connectors) -> Fact | None:
        """The order as it is now; whether it has left is in its status."""
        order = connectors.orders.order(scope, self.order_id)
        return order_fact(order, connectors.clock) if order else None

    def perform(self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str) -> str:
        """Has the shop cancel it, on condition that it has not left."""
        return connectors.orders.cancel(scope, self.order_id, idempotency_key=idempotency_key)

    def read_back(
        self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str
    ) -> str | None:
        """The cancellation's id, if the shop shows one and the order is cancelled."""
        reference = connectors.orders.cancellation(scope, idempotency_key)
        order = connectors.orders.order(scope, self.order_id)
        return reference if order is not None and order.status == "cancelled" else None

    def done_in_words(self, fact: Fact, reference: str) -> str:
        """What the customer is told once the order shows as cancelled."""
        return f"Order {self.order_id} has been cancelled (reference {reference})."
