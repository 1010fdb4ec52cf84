"""Pays an order that is not packed yet in another way."""

from typing import ClassVar

from pydantic import Field, JsonValue

from deskhand.domain.evidence import Facts
from deskhand.domain.records import CustomerScope
from deskhand.ports import Connectors
from deskhand.tools.facts.order import changed, whole
from deskhand.tools.facts.payment import payment_in_words, with_balance
from deskhand.tools.order_action import OrderAction, payment_ids
from deskhand.tools.plain import RecordId


class ChangeOrderPayment(OrderAction):
    """Pay one order that is not packed yet with another payment method that is on the customer's
    account; what was paid first goes back to where it came from."""

    tool_name: ClassVar[str] = "change_order_payment"
    made_kind: ClassVar[str] = "change_of_payment"
    telling: ClassVar[tuple[str, ...]] = (
        *("pay with", "pay by"),
        *("paid with", "other card", "another card"),
    )

    pay_with: RecordId = Field(description="The payment method that the whole order is paid with.")

    @property
    def fact_ids(self) -> tuple[str, ...]:
        """The order, and what it is to be paid with."""
        return (self.fact_id, *payment_ids(self.pay_with))

    def in_words(self, facts: Facts) -> str:
        """The change as people are asked about it."""
        method = payment_in_words(facts, self.pay_with)
        return f"paying order {self.order_id} with {method}, the first payment going back"

    def context(self, facts: Facts) -> dict[str, JsonValue]:
        """What it is to be paid with, and whether that has enough on it."""
        payment = facts[f"payment:{self.pay_with}"].attributes
        return {
            "pay_with": self.pay_with,
            "pay_kind": payment["kind"],
            "pay_balance_cents": payment["balance_cents"],
            "to_pay_cents": self.thing(facts).attributes["refundable_cents"],
        }

    def after(self, facts: Facts) -> Facts:
        """The order is paid in the new way; gift cards show both payments at once."""
        order = self.thing(facts)
        paid = whole(order, "refundable_cents")
        after = changed(facts, self.fact_id, payment_method=self.pay_with)
        after = with_balance(after, str(order.attributes["payment_method"]), plus_cents=paid)
        return with_balance(after, self.pay_with, plus_cents=-paid)

    def perform(self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str) -> str:
        """Has the shop change it, on condition that the order is not packed yet."""
        return connectors.orders.change_payment(
            scope,
            self.order_id,
            payment_method_id=self.pay_with,
            idempotency_key=idempotency_key,
        )

    def read_back(
        self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str
    ) -> str | None:
        """The change's number, if the shop shows one to exactly this way of paying."""
        made = connectors.orders.made(scope, idempotency_key)
        return self.proof(made, payment_method_id=self.pay_with)

    def done_in_words(self, facts: Facts, reference: str) -> str:
        """What the customer is told once the shop shows the change."""
        method = payment_in_words(facts, self.pay_with)
        return f"Order {self.order_id} is now paid with {method} (reference {reference})."
