"""The sample shop's payments: giving money back, with payments among them that misbehave."""

import sqlite3

from deskhand.adapters.connectors.sample_shop_deeds import Asked, Done, ReadsBack
from deskhand.domain.money import Money
from deskhand.domain.records import CustomerScope
from deskhand.errors import Rejected


class SampleShopBilling(ReadsBack):
    """The payments' system of record of the sample shop."""

    def refund(
        self,
        scope: CustomerScope,
        order_id: str,
        *,
        amount_cents: int,
        to: str = "",
        idempotency_key: str,
    ) -> str:
        """Gives money back, on condition that this much of the order is still refundable."""
        asked = Asked("refund", order_id, {"amount_cents": str(amount_cents), "to": to})

        def do(db: sqlite3.Connection) -> Done:
            found = self._tables.rows(
                "select payment, currency from orders where id = ? and customer_id = ?",
                order_id,
                scope.customer_id,
            )
            if not found:
                raise Rejected(f"this customer has no order {order_id}")
            changed = db.execute(
                "update orders set refunded_cents = refunded_cents + :amount where id = :order"
                " and :amount > 0 and refunded_cents + :amount <= total_cents",
                {"amount": amount_cents, "order": order_id},
            )
            if not changed.rowcount:
                raise Rejected(f"that much of order {order_id} cannot be refunded any more")
            money = Money(amount_cents=amount_cents, currency=found[0]["currency"])
            return Done(money=money, habit=found[0]["payment"])

        return self._deeds.once(scope, idempotency_key, asked, do)
