"""Swaps items of an order that is not packed yet."""

from typing import ClassVar

from deskhand.domain.evidence import Facts
from deskhand.domain.records import CustomerScope
from deskhand.ports import Connectors
from deskhand.tools.facts.order import changed, whole
from deskhand.tools.facts.payment import with_balance
from deskhand.tools.swap_lines import SwapLines


class ChangeOrderItems(SwapLines):
    """Change items of an order that is not packed yet to another size, colour or edition of the
    same product. Each line is changed whole, and an order only once, so name all of its lines
    together."""

    tool_name: ClassVar[str] = "change_order_items"
    made_kind: ClassVar[str] = "change_of_items"
    telling: ClassVar[tuple[str, ...]] = (
        *("swap", "another size"),
        *("another colour", "instead of", "change the"),
    )

    def in_words(self, facts: Facts) -> str:
        """The change as people are asked about it."""
        what, cost = self.swaps_in_words(facts), self.cost_in_words(facts)
        return f"the change of {what} in order {self.order_id}, {cost}"

    def after(self, facts: Facts) -> Facts:
        """The order has the other items, costs what they cost, and cannot be changed again."""
        order, cents = self.thing(facts), self.to_pay_cents(facts)
        after = changed(
            facts,
            self.fact_id,
            changed=True,
            lines=self.lines_after(facts),
            total_cents=whole(order, "total_cents") + cents,
            refundable_cents=whole(order, "refundable_cents") + cents,
        )
        return with_balance(after, self.pay_with, plus_cents=-cents)

    def perform(self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str) -> str:
        """Has the shop swap them, on condition that the order is not packed nor changed yet."""
        return connectors.orders.change_lines(
            scope,
            self.order_id,
            swaps=self.wanted,
            pay_with=self.pay_with,
            idempotency_key=idempotency_key,
        )

    def done_in_words(self, facts: Facts, reference: str) -> str:
        """What the customer is told once the shop shows the change."""
        what, cost = self.swaps_in_words(facts), self.cost_in_words(facts)
        return (
            f"The change of {what} in order {self.order_id} is made, {cost}"
            f" (reference {reference})."
        )
