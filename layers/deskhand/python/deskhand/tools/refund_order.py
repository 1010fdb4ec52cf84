"""Gives money back for an order."""

from typing import ClassVar

from pydantic import Field, JsonValue, NonNegativeInt

from deskhand.domain.evidence import Fact
from deskhand.domain.money import Money
from deskhand.domain.records import CustomerScope
from deskhand.errors import Rejected
from deskhand.ports import Connectors
from deskhand.tools.facts import order_fact
from deskhand.tools.tool import Action


class RefundOrder(Action):
    """Refund part or all of one order to where it was paid from."""

    tool_name: ClassVar[str] = "refund_order"
    resource_kind: ClassVar[str] = "Order"

    order_id: str = Field(min_length=1, json_schema_extra={"x-from": "order.order_id"})
    amount_cents: NonNegativeInt = Field(
        description="What the customer asks for; else what they speak of; else all that is left.",
        json_schema_extra={"x-from": "part.refundable_cents or order.refundable_cents"},
    )

    @property
    def fact_id(self) -> str:
        """The fact about the order."""
        return f"order:{self.order_id}"

    def in_words(self, fact: Fact) -> str:
        """The refund as people are asked about it."""
        return f"a refund of {self.money(fact).words} for order {self.order_id}"

    def context(self, fact: Fact) -> dict[str, JsonValue]:
        """The amount, which the limits are held against."""
        return {"amount_cents": self.amount_cents}

    def money(self, fact: Fact) -> Money:
        """The amount in the currency of the order."""
        currency = str(fact.attributes["currency"])
        return Money(amount_cents=self.amount_cents, currency=currency)

    def refresh(self, scope: CustomerScope, connectors: Connectors) -> Fact | None:
        """The order as it is now; what may be refunded of it is one of its attributes."""
        order = connectors.orders.order(scope, self.order_id)
        return order_fact(order, connectors.clock) if order else None

    def perform(self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str) -> str:
        """Has billing refund it, on condition that this much is still refundable."""
        return connectors.billing.refund(
            scope, self.order_id, amount_cents=self.amount_cents, idempotency_key=idempotency_key
        )

    def read_back(
        self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str
    ) -> str | None:
        """The refund's id, if billing shows one of this amount for this order."""
        made = connectors.billing.refund_made(scope, idempotency_key)
        if made is None:
            return None
        if (made.order_id, made.money.amount_cents) != (self.order_id, self.amount_cents):
            was = f"{made.money.words} for order {made.order_id}"
            raise Rejected(f"billing shows another refund than was asked for: {was}")
        return made.id

    def done_in_words(self, fact: Fact, reference: str) -> str:
        """What the customer is told once billing shows the refund."""
        money = self.money(fact).words
        return f"{money} of order {self.order_id} has been refunded (reference {reference})."
