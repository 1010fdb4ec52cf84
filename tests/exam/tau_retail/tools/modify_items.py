"""Swaps items of a pending order, which can be done once."""

from typing import ClassVar

from deskhand.domain.records import CustomerScope
from deskhand.ports import Connectors
from tests.exam.tau_retail.tools.facts import shop_of
from tests.exam.tau_retail.tools.swap import SwapItems


class ModifyPendingOrderItems(SwapItems):
    """Swap items of a pending order for other items of the same products, once an order."""

    tool_name: ClassVar[str] = "modify_pending_order_items"
    becomes: ClassVar[str] = "pending (item modified)"

    def perform(self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str) -> str:
        """Has the shop change the order."""
        return shop_of(connectors).change_items(
            scope,
            self.order_id,
            swaps=self.swaps,
            pay_with=self.payment_method_id,
            idempotency_key=idempotency_key,
        )
