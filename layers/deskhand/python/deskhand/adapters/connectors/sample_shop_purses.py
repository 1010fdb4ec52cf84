"""The sample shop's customers' ways of paying, and the balances of their gift cards."""

import sqlite3

from deskhand.adapters.connectors.sample_shop_tables import ShopTables
from deskhand.domain.records import CustomerScope, Order, PaymentMethod
from deskhand.errors import Rejected

IN_WORDS = {"card": "card", "paypal": "PayPal", "invoice": "invoice", "gift_card": "gift card"}


def methods_of(tables: ShopTables, scope: CustomerScope) -> tuple[PaymentMethod, ...]:
    """This customer's ways of paying."""
    found = tables.rows(
        "select id, kind, words, balance_cents from payment_methods where customer_id = ?"
        " order by rowid",
        scope.customer_id,
    )
    return tuple(PaymentMethod.model_validate(dict(row)) for row in found)


def method_of(tables: ShopTables, scope: CustomerScope, method_id: str) -> PaymentMethod:
    """One of this customer's ways of paying. `Rejected`: it is not theirs."""
    for method in methods_of(tables, scope):
        if method.id == method_id:
            return method
    raise Rejected(f"{method_id!r} is not a payment method of this customer")


def way_back(tables: ShopTables, scope: CustomerScope, order: Order, method_id: str) -> str:
    """Where money of this order goes back to. `Rejected`: that is neither where it came from nor
    a gift card of this customer's."""
    if method_id in ("", order.payment_method_id):
        return order.payment_method_id
    if method_of(tables, scope, method_id).kind != "gift_card":
        raise Rejected(
            f"money of order {order.id} goes back to where it came from or to a gift card of this"
            f" customer, not to {method_id}"
        )
    return method_id


def pay(db: sqlite3.Connection, method_id: str, cents: int) -> None:
    """Takes so much from a gift card, or puts it on if it is negative; what other ways of paying
    hold is not ours to keep. `Rejected`: that much is not on the card."""
    changed = db.execute(
        "update payment_methods set balance_cents = balance_cents - :cents"
        " where id = :id and kind = 'gift_card' and balance_cents >= :cents",
        {"id": method_id, "cents": cents},
    )
    if changed.rowcount:
        return
    short = "select 1 from payment_methods where id = ? and kind = 'gift_card'"
    if db.execute(short, (method_id,)).fetchone():
        raise Rejected(f"there is not enough left on the gift card {method_id}")
