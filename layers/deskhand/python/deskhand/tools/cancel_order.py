"""Stops an order that has not left yet."""

from typing import ClassVar

from deskhand.domain.evidence import Facts
from deskhand.domain.records import CustomerScope
from deskhand.ports import Connectors
from deskhand.tools.facts.order import changed, whole
from deskhand.tools.facts.payment import with_balance
from deskhand.tools.order_action import OrderAction


class CancelOrder(OrderAction):
    """Cancel one whole order that has not been sent yet."""

    tool_name: ClassVar[str] = "cancel_order"
    made_kind: ClassVar[str] = "cancellation"
    telling: ClassVar[tuple[str, ...]] = (
        *("cancel", "cancelled"),
        *("call off", "stop the order", "stop my order"),
    )
    # It gives away no `money`: what was not sent was never earned, so a cancellation is no refund
    # under the limits.

    def in_words(self, facts: Facts) -> str:
        """The cancellation as people are asked about it."""
        return f"the cancellation of order {self.order_id}"

    def after(self, facts: Facts) -> Facts:
        """The order is cancelled, and all of its money on its way back."""
        order = self.thing(facts)
        total = whole(order, "total_cents")
        after = changed(
            facts, self.fact_id, status="cancelled", refundable_cents=0, refunded_cents=total
        )
        left = whole(order, "refundable_cents")
        return with_balance(after, str(order.attributes["payment_method"]), plus_cents=left)

    def perform(self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str) -> str:
        """Has the shop cancel it, on condition that it has not left."""
        return connectors.orders.cancel(scope, self.order_id, idempotency_key=idempotency_key)

    def read_back(
        self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str
    ) -> str | None:
        """The cancellation's id, if the shop shows one and the order is cancelled."""
        made = self.proof(connectors.orders.made(scope, idempotency_key))
        order = connectors.orders.order(scope, self.order_id)
        cancelled = order is not None and order.status == "cancelled"
        return made if cancelled else None

    def done_in_words(self, facts: Facts, reference: str) -> str:
        """What the customer is told once the order shows as cancelled."""
        return f"Order {self.order_id} has been cancelled (reference {reference})."
