"""The sample shop's orders: reading them, and what can be done before they are sent."""

import sqlite3
from collections.abc import Mapping

from deskhand.adapters.connectors.sample_shop_deeds import Asked, Done
from deskhand.adapters.connectors.sample_shop_purses import IN_WORDS, method_of, pay, way_back
from deskhand.adapters.connectors.sample_shop_sent_orders import SentOrders
from deskhand.adapters.connectors.sample_shop_stock import in_details, put_back, swapped, take
from deskhand.domain.money import Money
from deskhand.domain.records import Address, CustomerScope
from deskhand.errors import Rejected


class SampleShopOrders(SentOrders):
    """The orders' system of record of the sample shop."""

    def cancel(self, scope: CustomerScope, order_id: str, *, idempotency_key: str) -> str:
        """Cancels an order that has not left; all of its money goes back with it."""

        def do(db: sqlite3.Connection) -> Done:
            order = self._theirs(scope, order_id, in_=("placed", "packed"), to_be="cancelled")
            db.execute(
                "update orders set status = 'cancelled', refunded_cents = total_cents where id = ?",
                (order_id,),
            )
            pay(db, order.payment_method_id, -order.refundable_cents)
            for line in order.lines:
                put_back(db, line)
            back = Money(amount_cents=order.refundable_cents, currency=order.total.currency)
            return Done(money=back, habit=self._habit(order))

        return self._deeds.once(scope, idempotency_key, Asked("cancellation", order_id), do)

    def change_address(
        self, scope: CustomerScope, order_id: str, address: Address, *, idempotency_key: str
    ) -> str:
        """Sends an order that has not left to another address."""
        asked = Asked("change_of_address", order_id, {"address": address.words})

        def do(db: sqlite3.Connection) -> Done:
            self._theirs(scope, order_id, in_=("placed", "packed"), to_be="sent elsewhere")
            db.execute(
                "update orders set ship_to = ?, ship_to_country = ? where id = ?",
                (address.model_dump_json(), address.country, order_id),
            )
            return Done()

        return self._deeds.once(scope, idempotency_key, asked, do)

    def change_lines(
        self,
        scope: CustomerScope,
        order_id: str,
        *,
        swaps: Mapping[str, str],
        pay_with: str,
        idempotency_key: str,
    ) -> str:
        """Swaps lines for other variants of the same products, once an order, before it is
        packed."""
        details = {"swaps": in_details(swaps), "pay_with": pay_with}

        def do(db: sqlite3.Connection) -> Done:
            order = self._theirs(scope, order_id, in_=("placed",), to_be="changed")
            if order.changed:
                raise Rejected(f"the items of order {order_id} were changed once already")
            wanted = swapped(db, order, swaps)
            difference = sum(swap.difference_cents for swap in wanted)
            if difference < 0:
                way_back(self._tables, scope, order, pay_with)
            pay(db, method_of(self._tables, scope, pay_with).id, difference)
            for swap in wanted:
                put_back(db, swap.line)
                take(db, swap.variant_id, swap.line.quantity)
                db.execute(
                    "update order_lines set variant_id = ?, unit_price_cents = ?"
                    " where order_id = ? and id = ?",
                    (swap.variant_id, swap.price_cents, order_id, swap.line.id),
                )
            db.execute(
                "update orders set changed = 1, total_cents = total_cents + ? where id = ?",
                (difference, order_id),
            )
            done = {"difference_cents": str(difference)}
            return Done(details=done, habit=self._habit(order))

        return self._deeds.once(
            scope, idempotency_key, Asked("change_of_items", order_id, details), do
        )

    def change_payment(
        self, scope: CustomerScope, order_id: str, *, payment_method_id: str, idempotency_key: str
    ) -> str:
        """Pays an order that is not packed yet in another way; the first payment goes back."""
        details = {"payment_method_id": payment_method_id}

        def do(db: sqlite3.Connection) -> Done:
            order = self._theirs(scope, order_id, in_=("placed",), to_be="paid in another way")
            method = method_of(self._tables, scope, payment_method_id)
            if method.id == order.payment_method_id:
                raise Rejected(f"order {order_id} is paid by {method.words} already")
            pay(db, method.id, order.refundable_cents)
            pay(db, order.payment_method_id, -order.refundable_cents)
            db.execute(
                "update orders set payment_method_id = ?, paid_with = ? where id = ?",
                (method.id, IN_WORDS[method.kind], order_id),
            )
            return Done(habit=self._habit(order))

        return self._deeds.once(
            scope, idempotency_key, Asked("change_of_payment", order_id, details), do
        )
