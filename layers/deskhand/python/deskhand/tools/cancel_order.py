"""Stops an order that has not left yet."""

from typing import ClassVar

from pydantic import Field, JsonValue

from deskhand.domain.evidence import Fact, Facts
from deskhand.domain.records import CustomerScope
from deskhand.ports import Connectors
from deskhand.tools.facts import changed, order_fact
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

    def in_words(self, facts: Facts) -> str:
        """The cancellation as people are asked about it."""
        return f"the cancellation of order {self.order_id}"

    def context(self, facts: Facts) -> dict[str, JsonValue]:
        """Nothing beside the order itself: it was not sent, so its money was never earned, and a
        cancellation is no refund under the limits."""
        return {}

    def refresh(self, scope: CustomerScope, connectors: Connectors) -> tuple[Fact, ...]:
        """The order as it is now; whether it has left is in its status."""
        order = connectors.orders.order(scope, self.order_id)
        return (order_fact(order, connectors.clock),) if order else ()

    def after(self, facts: Facts) -> Facts:
        """The order is cancelled, and all of its money on its way back."""
        total = self.thing(facts).attributes["total_cents"]
        return changed(
            facts, self.fact_id, status="cancelled", refundable_cents=0, refunded_cents=total
        )

    def perform(self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str) -> str:
        """Has the shop cancel it, on condition that it has not left."""
        return connectors.orders.cancel(scope, self.order_id, idempotency_key=idempotency_key)

    def read_back(
        self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str
    ) -> str | None:
        """The cancellation's id, if the shop shows one and the order is cancelled."""
        made = connectors.orders.made(scope, idempotency_key)
        order = connectors.orders.order(scope, self.order_id)
        cancelled = order is not None and order.status == "cancelled"
        return made.id if made is not None and cancelled else None

    def done_in_words(self, facts: Facts, reference: str) -> str:
        """What the customer is told once the order shows as cancelled."""
        return f"Order {self.order_id} has been cancelled (reference {reference})."
