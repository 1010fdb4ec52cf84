"""Gives money back for an order."""

from typing import ClassVar

from pydantic import Field, JsonValue, NonNegativeInt

from deskhand.domain.evidence import Fact, Facts
from deskhand.domain.money import Money
from deskhand.domain.records import CustomerScope
from deskhand.errors import Rejected
from deskhand.ports import Connectors
from deskhand.tools.facts import changed, order_fact, whole
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

    def in_words(self, facts: Facts) -> str:
        """The refund as people are asked about it."""
        return f"a refund of {self.money(facts).words} for order {self.order_id}"

    def context(self, facts: Facts) -> dict[str, JsonValue]:
        """The amount, which the limits are held against."""
        return {"amount_cents": self.amount_cents}

    def money(self, facts: Facts) -> Money:
        """The amount in the currency of the order."""
        currency = str(self.thing(facts).attributes["currency"])
        return Money(amount_cents=self.amount_cents, currency=currency)

    def refresh(self, scope: CustomerScope, connectors: Connectors) -> tuple[Fact, ...]:
        """The order as it is now; what may be refunded of it is one of its attributes."""
        order = connectors.orders.order(scope, self.order_id)
        return (order_fact(order, connectors.clock),) if order else ()

    def after(self, facts: Facts) -> Facts:
        """So much less of the order is left to be refunded."""
        order = self.thing(facts)
        left, gone = whole(order, "refundable_cents"), whole(order, "refunded_cents")
        return changed(
            facts,
            self.fact_id,
            refundable_cents=left - self.amount_cents,
            refunded_cents=gone + self.amount_cents,
        )

    def perform(self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str) -> str:
        """Has billing refund it, on condition that this much is still refundable."""
        return connectors.billing.refund(
            scope, self.order_id, amount_cents=self.amount_cents, idempotency_key=idempotency_key
        )

    def read_back(
        self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str
    ) -> str | None:
        """The refund's id, if billing shows one of this amount for this order."""
        made = connectors.billing.made(scope, idempotency_key)
        if made is None:
            return None
        cents = made.money.amount_cents if made.money else 0
        if (made.subject, cents) != (self.order_id, self.amount_cents):
            was = f"{cents} cents for order {made.subject}"
            raise Rejected(f"billing shows another refund than was asked for: {was}")
        return made.id

    def done_in_words(self, facts: Facts, reference: str) -> str:
        """What the customer is told once billing shows the refund."""
        money = self.money(facts).words
        return f"{money} of order {self.order_id} has been refunded (reference {reference})."
