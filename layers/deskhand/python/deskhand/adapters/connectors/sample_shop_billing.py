"""The sample shop's payments: giving money back, with payments among them that misbehave."""

from datetime import datetime

from deskhand.adapters.connectors.sample_shop_tables import ShopTables, reference_of, same
from deskhand.domain.money import Money
from deskhand.domain.records import CustomerScope, Refund
from deskhand.errors import Rejected, Unavailable
from deskhand.ports import Clock


class SampleShopBilling:
    """The payments' system of record of the sample shop."""

    def __init__(self, tables: ShopTables, clock: Clock) -> None:
        self._tables = tables
        self._clock = clock

    def refund(
        self, scope: CustomerScope, order_id: str, *, amount_cents: int, idempotency_key: str
    ) -> str:
        """Gives money back, on condition that this much of the order is still refundable."""
        with self._tables.writing() as db:
            if earlier := self._tables.by_key("refunds", scope, idempotency_key):
                return same(earlier, order_id=order_id, amount_cents=amount_cents)
            habit, currency = self._payment(scope, order_id)
            if habit == "declines":
                raise Rejected(f"the payment of order {order_id} cannot be refunded: card closed")
            if habit == "times_out":
                raise Unavailable("billing did not answer")
            changed = db.execute(
                "update orders set refunded_cents = refunded_cents + :amount where id = :order"
                " and :amount > 0 and refunded_cents + :amount <= total_cents",
                {"amount": amount_cents, "order": order_id},
            )
            if not changed.rowcount:
                raise Rejected(f"that much of order {order_id} cannot be refunded any more")
            reference = reference_of("R", idempotency_key)
            made = (amount_cents, currency, self._clock().isoformat())
            db.execute(
                "insert into refunds values (?, ?, ?, ?, ?, ?, ?)",
                (reference, idempotency_key, scope.customer_id, order_id, *made),
            )
        if habit == "loses_answer":
            raise Unavailable("billing hung up before it answered")
        return reference

    def refund_made(self, scope: CustomerScope, idempotency_key: str) -> Refund | None:
        """The refund made with that key."""
        row = self._tables.by_key("refunds", scope, idempotency_key)
        if row is None:
            return None
        return Refund(
            id=row["id"],
            order_id=row["order_id"],
            money=Money(amount_cents=row["amount_cents"], currency=row["currency"]),
            idempotency_key=row["idempotency_key"],
            made_at=datetime.fromisoformat(row["made_at"]),
        )

    def _payment(self, scope: CustomerScope, order_id: str) -> tuple[str, str]:
        found = self._tables.rows(
            "select payment, currency from orders where id = ? and customer_id = ?",
            order_id,
            scope.customer_id,
        )
        if not found:
            raise Rejected(f"this customer has no order {order_id}")
        return found[0]["payment"], found[0]["currency"]
