"""The sample shop's orders: reading them, and stopping one that has not left."""

import sqlite3
from datetime import date, datetime

from deskhand.adapters.connectors.sample_shop_deeds import Asked, Done, ReadsBack
from deskhand.domain.money import Money
from deskhand.domain.records import CustomerScope, Order, OrderLine
from deskhand.errors import Rejected


class SampleShopOrders(ReadsBack):
    """The orders' system of record of the sample shop."""

    def order(self, scope: CustomerScope, order_id: str) -> Order | None:
        """This customer's order of that number."""
        found = self._tables.rows(
            "select * from orders where id = ? and customer_id = ?", order_id, scope.customer_id
        )
        return self._whole(found[0]) if found else None

    def orders(self, scope: CustomerScope) -> tuple[Order, ...]:
        """All of this customer's orders, newest first."""
        found = self._tables.rows(
            "select * from orders where customer_id = ? order by placed_at desc, id desc",
            scope.customer_id,
        )
        return tuple(self._whole(row) for row in found)

    def cancel(self, scope: CustomerScope, order_id: str, *, idempotency_key: str) -> str:
        """Cancels an order that has not left; all of its money goes back with it."""

        def do(db: sqlite3.Connection) -> Done:
            order = self.order(scope, order_id)
            if order is None or order.status not in ("placed", "packed"):
                raise Rejected(f"order {order_id} cannot be cancelled any more")
            db.execute(
                "update orders set status = 'cancelled', refunded_cents = total_cents"
                " where id = ?",
                (order_id,),
            )
            back = Money(amount_cents=order.refundable_cents, currency=order.total.currency)
            return Done(money=back)

        return self._deeds.once(scope, idempotency_key, Asked("cancellation", order_id), do)

    def _whole(self, row: sqlite3.Row) -> Order:
        lines = self._tables.rows(
            "select * from order_lines where order_id = ? order by place", row["id"]
        )
        currency, expected, arrived = row["currency"], row["expected_on"], row["delivered_at"]
        return Order(
            id=row["id"],
            customer_id=row["customer_id"],
            status=row["status"],
            placed_at=datetime.fromisoformat(row["placed_at"]),
            lines=tuple(
                OrderLine(
                    product=line["product"],
                    quantity=line["quantity"],
                    unit_price=Money(amount_cents=line["unit_price_cents"], currency=currency),
                )
                for line in lines
            ),
            total=Money(amount_cents=row["total_cents"], currency=currency),
            paid_with=row["paid_with"],
            refunded_cents=row["refunded_cents"],
            ship_to_country=row["ship_to_country"],
            carrier=row["carrier"],
            tracking=row["tracking"],
            expected_on=date.fromisoformat(expected) if expected else None,
            delivered_at=datetime.fromisoformat(arrived) if arrived else None,
        )
