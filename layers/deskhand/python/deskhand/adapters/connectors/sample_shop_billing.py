"""The sample shop's payments: giving money back, with payments among them that misbehave."""

import sqlite3

from deskhand.adapters.connectors.sample_shop_deeds import Asked, Done
from deskhand.adapters.connectors.sample_shop_order_rows import OrderReader
from deskhand.adapters.connectors.sample_shop_purses import pay, way_back
from deskhand.domain.money import Money
from deskhand.domain.records import CustomerScope
from deskhand.errors import Rejected


class SampleShopBilling(OrderReader):
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
            order = self.order(scope, order_id)
            if order is None:
                raise Rejected(f"this customer has no order {order_id}")
            if not 0 < amount_cents <= order.refundable_cents:
                raise Rejected(f"that much of order {order_id} cannot be refunded any more")
            way = way_back(self._tables, scope, order, to)
            db.execute(
                "update orders set refunded_cents = refunded_cents + ? where id = ?",
                (amount_cents, order_id),
            )
            pay(db, way, -amount_cents)
            money = Money(amount_cents=amount_cents, currency=order.total.currency)
            return Done(money=money, details={"to": way}, habit=self._habit(order))

        return self._deeds.once(scope, idempotency_key, asked, do)

    def credit(self, scope: CustomerScope, money: Money, *, why: str, idempotency_key: str) -> str:
        """Puts money on the customer's account, in the currency that the shop sells in."""
        details = {"amount_cents": str(money.amount_cents), "currency": money.currency, "why": why}
        asked = Asked("credit", scope.customer_id, details)

        def do(db: sqlite3.Connection) -> Done:
            found = db.execute(
                "select payment from customers where id = ? and email is not null",
                (scope.customer_id,),
            ).fetchone()
            if found is None:
                raise Rejected(f"the shop has no customer {scope.customer_id}")
            if money.amount_cents <= 0:
                raise Rejected("a credit is more than nothing")
            if money.currency not in self._currencies():
                raise Rejected(f"the shop does not sell in {money.currency}")
            return Done(money=money, habit=found["payment"])

        return self._deeds.once(scope, idempotency_key, asked, do)

    def _currencies(self) -> set[str]:
        found = self._tables.rows("select currency from variants union select currency from orders")
        return {row["currency"] for row in found}
