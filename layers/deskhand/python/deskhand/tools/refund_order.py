"""Gives money back for an order."""

from typing import Annotated, ClassVar

from pydantic import Field, JsonValue

from deskhand.domain.evidence import Facts
from deskhand.domain.money import Money
from deskhand.domain.records import CustomerScope
from deskhand.errors import Rejected
from deskhand.ports import Connectors
from deskhand.tools.facts.order import changed, whole
from deskhand.tools.facts.payment import destination, payment_in_words, with_balance
from deskhand.tools.order_action import OrderAction, payment_ids, way_back

MOST_CENTS = 10_000_000


class RefundOrder(OrderAction):
    """Refund part or all of one order, to where it was paid from or to a gift card of the
    customer's."""

    tool_name: ClassVar[str] = "refund_order"
    made_kind: ClassVar[str] = "refund"
    telling: ClassVar[tuple[str, ...]] = (
        *("refund", "refunded", "money back"),
        *("reimburse", "reimbursement", "pay me back"),
    )

    amount_cents: Annotated[int, Field(strict=True, ge=0, le=MOST_CENTS)] = Field(
        description="What the customer asks for; else what they speak of; else all that is left.",
        json_schema_extra={"x-from": "part.refundable_cents or order.refundable_cents"},
    )
    to: str = Field(
        default="",
        max_length=64,
        description="The payment method that it goes to; empty: where the order was paid from.",
    )

    @property
    def fact_ids(self) -> tuple[str, ...]:
        """The order, and where the money goes if that is said."""
        return (self.fact_id, *payment_ids(self.to))

    def in_words(self, facts: Facts) -> str:
        """The refund as people are asked about it."""
        to = f" to {payment_in_words(facts, self.to)}" if self.to else ""
        return f"a refund of {self.money(facts).words} for order {self.order_id}{to}"

    def context(self, facts: Facts) -> dict[str, JsonValue]:
        """Where the money goes."""
        return {"destination": destination(facts, self.thing(facts), self.to)}

    def money(self, facts: Facts) -> Money:
        """The amount in the currency of the order, which the limits are held against."""
        currency = str(self.thing(facts).attributes["currency"])
        return Money(amount_cents=self.amount_cents, currency=currency)

    def after(self, facts: Facts) -> Facts:
        """So much less of the order is left to be refunded."""
        order = self.thing(facts)
        after = changed(
            facts,
            self.fact_id,
            refundable_cents=whole(order, "refundable_cents") - self.amount_cents,
            refunded_cents=whole(order, "refunded_cents") + self.amount_cents,
        )
        to = self.to or str(order.attributes["payment_method"])
        return with_balance(after, to, plus_cents=self.amount_cents)

    def perform(self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str) -> str:
        """Has billing refund it, on condition that this much is still refundable."""
        return connectors.billing.refund(
            scope,
            self.order_id,
            amount_cents=self.amount_cents,
            to=self.to,
            idempotency_key=idempotency_key,
        )

    def read_back(
        self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str
    ) -> str | None:
        """The refund's id, if billing shows one of this amount for this order to that place."""
        made = connectors.billing.made(scope, idempotency_key)
        cents = made.money.amount_cents if made and made.money else 0
        if made and cents != self.amount_cents:
            was = f"{cents} cents for order {made.subject}"
            raise Rejected(f"billing shows another refund than was asked for: {was}")
        return self.proof(made, **way_back(self.order_id, self.to, scope, connectors))

    def done_in_words(self, facts: Facts, reference: str) -> str:
        """What the customer is told once billing shows the refund."""
        to = f" to {payment_in_words(facts, self.to)}" if self.to else ""
        money = self.money(facts).words
        return f"{money} of order {self.order_id} has been refunded{to} (reference {reference})."
