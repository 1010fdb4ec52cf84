"""Lets a pending order be paid in another way."""

from typing import ClassVar

from pydantic import JsonValue

from deskhand.domain.evidence import Facts
from deskhand.domain.records import CustomerScope
from deskhand.ports import Connectors
from deskhand.tools.facts.order import changed
from tests.exam.tau_retail.tools.facts import dollars_in_words, shop_of
from tests.exam.tau_retail.tools.shop_action import OrderAction


class ModifyPendingOrderPayment(OrderAction):
    """Pay a pending order with another of the customer's payment methods."""

    tool_name: ClassVar[str] = "modify_pending_order_payment"

    payment_method_id: str

    def in_words(self, facts: Facts) -> str:
        """The change as the customer is asked about it."""
        amount = dollars_in_words(self._paid_cents(facts))
        return f"paying {amount} for order {self.order_id} with {self.payment_method_id} instead"

    def context(self, facts: Facts) -> dict[str, JsonValue]:
        """With what, and how much."""
        paid_cents = self._paid_cents(facts)
        return {"payment": self.payment(facts, self.payment_method_id, to_pay_cents=paid_cents)}

    def after(self, facts: Facts) -> Facts:
        """One payment more, and the first one given back."""
        return changed(facts, self.fact_id, payments=3)

    def perform(self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str) -> str:
        """Has the shop take the money in the other way."""
        return shop_of(connectors).change_payment(
            scope, self.order_id, pay_with=self.payment_method_id, idempotency_key=idempotency_key
        )

    def _paid_cents(self, facts: Facts) -> int:
        paid_cents = self.thing(facts).attributes["paid_cents"]
        return paid_cents if isinstance(paid_cents, int) else 0
