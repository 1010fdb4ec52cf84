"""Takes items of a delivered order back."""

from typing import ClassVar

from pydantic import JsonValue

from deskhand.domain.evidence import Facts
from deskhand.domain.money import Money
from deskhand.domain.records import CustomerScope
from deskhand.ports import Connectors
from tests.exam.tau_retail.tools.facts import shop_of
from tests.exam.tau_retail.tools.shop_action import OrderAction


class ReturnDeliveredOrderItems(OrderAction):
    """Return items of a delivered order; the money goes to how it was paid, or to a gift card."""

    tool_name: ClassVar[str] = "return_delivered_order_items"
    becomes: ClassVar[str] = "return requested"

    item_ids: tuple[str, ...]
    payment_method_id: str

    def in_words(self, facts: Facts) -> str:
        """The return as the customer is asked about it."""
        what, back = self.named(facts, self.item_ids), self.money(facts).words
        return (
            f"the return of {what} of order {self.order_id},"
            f" with {back} going to {self.payment_method_id}"
        )

    def context(self, facts: Facts) -> dict[str, JsonValue]:
        """What goes back, and where the money goes."""
        return {
            "goods": self.goods(facts, self.item_ids),
            "payment": self.payment(facts, self.payment_method_id, to_pay_cents=0),
        }

    def money(self, facts: Facts) -> Money:
        """What the items cost."""
        items = (self.item(facts, item_id) for item_id in self.item_ids)
        paid_cents = sum(item["price_cents"] for item in items if item)
        return Money(amount_cents=paid_cents, currency="USD")

    def perform(self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str) -> str:
        """Has the shop open the return."""
        return shop_of(connectors).take_back(
            scope,
            self.order_id,
            items=self.item_ids,
            refund_to=self.payment_method_id,
            idempotency_key=idempotency_key,
        )
