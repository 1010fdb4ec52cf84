"""Opens the exchange of items that have arrived for other variants of the same products."""

from typing import ClassVar

from deskhand.domain.evidence import Facts
from deskhand.domain.money import Money
from deskhand.domain.records import CustomerScope
from deskhand.ports import Connectors
from deskhand.tools.facts.order import changed
from deskhand.tools.facts.payment import with_balance
from deskhand.tools.swap_lines import SwapLines


class ExchangeItems(SwapLines):
    """Exchange items of a delivered order for another size, colour or edition of the same product.
    Each line is exchanged whole, and an order only once, so name all of its lines together."""

    tool_name: ClassVar[str] = "exchange_items"
    made_kind: ClassVar[str] = "exchange"
    telling: ClassVar[tuple[str, ...]] = (
        *("exchange", "swap"),
        *("another size", "another colour", "instead of"),
    )

    def in_words(self, facts: Facts) -> str:
        """The exchange as people are asked about it."""
        what, cost = self.swaps_in_words(facts), self.cost_in_words(facts)
        return f"the exchange of {what} of order {self.order_id}, {cost}"

    def money(self, facts: Facts) -> Money:
        """What goes back to the customer, if the new items cost less."""
        back = max(0, -self.to_pay_cents(facts))
        currency = str(self.thing(facts).attributes["currency"])
        return Money(amount_cents=back, currency=currency)

    def after(self, facts: Facts) -> Facts:
        """The exchange is open, and the difference paid."""
        after = changed(facts, self.fact_id, status="exchange_requested")
        return with_balance(after, self.pay_with, plus_cents=-self.to_pay_cents(facts))

    def perform(self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str) -> str:
        """Has the shop open it, on condition that the order is delivered and all is in stock."""
        return connectors.orders.exchange_lines(
            scope,
            self.order_id,
            swaps=self.wanted,
            pay_with=self.pay_with,
            idempotency_key=idempotency_key,
        )

    def done_in_words(self, facts: Facts, reference: str) -> str:
        """What the customer is told once the shop shows the exchange."""
        what, cost = self.swaps_in_words(facts), self.cost_in_words(facts)
        return (
            f"The exchange of {what} of order {self.order_id} is open, {cost}"
            f" (reference {reference})."
        )
