"""Exchanges items of a delivered order, which can be done once."""

from typing import ClassVar

from deskhand.domain.records import CustomerScope
from deskhand.ports import Connectors
from tests.exam.tau_retail.tools.facts import shop_of
from tests.exam.tau_retail.tools.swap import SwapItems


class ExchangeDeliveredOrderItems(SwapItems):
    """Exchange items of a delivered order for other items of the same products, once an order."""

    tool_name: ClassVar[str] = "exchange_delivered_order_items"
    becomes: ClassVar[str] = "exchange requested"

    def perform(self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str) -> str:
        """Has the shop open the exchange."""
        return shop_of(connectors).exchange(
            scope,
            self.order_id,
            swaps=self.swaps,
            pay_with=self.payment_method_id,
            idempotency_key=idempotency_key,
        )
