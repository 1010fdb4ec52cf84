"""What can be done with an order of the sample shop once it was sent."""

import sqlite3
from collections.abc import Mapping, Sequence

from deskhand.adapters.connectors.sample_shop_deeds import Asked, Done
from deskhand.adapters.connectors.sample_shop_order_rows import (
    OrderReader,
    picked,
    sent_again,
    worth,
)
from deskhand.adapters.connectors.sample_shop_purses import method_of, pay, way_back
from deskhand.adapters.connectors.sample_shop_stock import in_details, swapped, take
from deskhand.domain.records import CustomerScope, Order, OrderLine
from deskhand.errors import Rejected


class SentOrders(OrderReader):
    """Returns, exchanges and replacements."""

    def return_lines(
        self,
        scope: CustomerScope,
        order_id: str,
        *,
        line_ids: Sequence[str],
        refund_to: str,
        idempotency_key: str,
    ) -> str:
        """Opens the return of some lines of a delivered order."""
        details = {"lines": ",".join(line_ids), "to": refund_to}

        def do(db: sqlite3.Connection) -> Done:
            order = self._theirs(scope, order_id, in_=("delivered",), to_be="returned")
            lines = picked(order, line_ids)
            to = way_back(self._tables, scope, order, refund_to)
            _set_status(db, order, "return_requested")
            cents = min(worth(order, lines).amount_cents, order.refundable_cents)
            done = {"to": to, "refund_cents": str(cents)}
            return Done(details=done, habit=self._habit(order))

        return self._deeds.once(scope, idempotency_key, Asked("return", order_id, details), do)

    def exchange_lines(
        self,
        scope: CustomerScope,
        order_id: str,
        *,
        swaps: Mapping[str, str],
        pay_with: str,
        idempotency_key: str,
    ) -> str:
        """Opens the exchange of lines of a delivered order for other variants of the same
        products, which are laid aside; the difference is settled at once."""
        details = {"swaps": in_details(swaps), "pay_with": pay_with}

        def do(db: sqlite3.Connection) -> Done:
            order = self._theirs(scope, order_id, in_=("delivered",), to_be="exchanged")
            wanted = swapped(db, order, swaps)
            difference = sum(swap.difference_cents for swap in wanted)
            if difference < 0:
                way_back(self._tables, scope, order, pay_with)
            pay(db, method_of(self._tables, scope, pay_with).id, difference)
            for swap in wanted:
                take(db, swap.variant_id, swap.line.quantity)
            _set_status(db, order, "exchange_requested")
            done = {"difference_cents": str(difference)}
            return Done(details=done, habit=self._habit(order))

        return self._deeds.once(scope, idempotency_key, Asked("exchange", order_id, details), do)

    def reship(
        self, scope: CustomerScope, order_id: str, *, line_ids: Sequence[str], idempotency_key: str
    ) -> str:
        """Sends some lines again, each of them once, as a new order at no cost."""
        details = {"lines": ",".join(line_ids)}

        def do(db: sqlite3.Connection) -> Done:
            order = self._theirs(scope, order_id, in_=("shipped", "delivered"), to_be="sent again")
            lines = picked(order, line_ids)
            if order.refunded_cents and not order.refundable_cents:
                raise Rejected(f"all of the money for order {order_id} has gone back already")
            earlier = sent_again(self._tables, order_id)
            if again := sorted(set(",".join(earlier).split(",")) & set(line_ids)):
                raise Rejected(f"line {', '.join(again)} of order {order_id} was sent again before")
            new = f"{order_id}-{len(earlier) + 2}"
            _copy(db, order, new, lines, placed_at=self._clock().isoformat())
            for line in lines:
                if line.variant_id:
                    take(db, line.variant_id, line.quantity)
            return Done(reference=new, habit=self._habit(order))

        return self._deeds.once(scope, idempotency_key, Asked("reshipment", order_id, details), do)


def _set_status(db: sqlite3.Connection, order: Order, status: str) -> None:
    db.execute("update orders set status = ? where id = ?", (status, order.id))


def _copy(
    db: sqlite3.Connection, order: Order, new: str, lines: Sequence[OrderLine], *, placed_at: str
) -> None:
    """A new order of these lines for the same address, for nothing."""
    db.execute(
        "insert into orders (id, customer_id, status, placed_at, total_cents, currency, paid_with,"
        " payment_method_id, refunded_cents, ship_to_country, ship_to, changed, carrier, tracking,"
        " payment)"
        " select ?, customer_id, 'placed', ?, 0, currency, paid_with, payment_method_id, 0,"
        " ship_to_country, ship_to, 0, '', '', '' from orders where id = ?",
        (new, placed_at, order.id),
    )
    db.executemany(
        "insert into order_lines values (?, ?, ?, ?, ?, ?, 0)",
        [
            (new, str(number), line.product, line.product_id, line.variant_id, line.quantity)
            for number, line in enumerate(lines, start=1)
        ],
    )
