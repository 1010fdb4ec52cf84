"""An order of the sample shop as its tables have it, read whole."""

import sqlite3
from collections.abc import Sequence
from datetime import date, datetime

from deskhand.adapters.connectors.sample_shop_data import PaymentHabit
from deskhand.adapters.connectors.sample_shop_deeds import ReadsBack
from deskhand.adapters.connectors.sample_shop_tables import ShopTables
from deskhand.domain.money import Money
from deskhand.domain.records import Address, CustomerScope, Order, OrderLine, OrderStatus
from deskhand.errors import Rejected


class OrderReader(ReadsBack):
    """Reads orders, one customer's alone."""

    def order(self, scope: CustomerScope, order_id: str) -> Order | None:
        """This customer's order of that number."""
        found = self._tables.rows(
            "select * from orders where id = ? and customer_id = ?", order_id, scope.customer_id
        )
        return _whole(self._tables, found[0]) if found else None

    def orders(self, scope: CustomerScope) -> tuple[Order, ...]:
        """All of this customer's orders, newest first."""
        found = self._tables.rows(
            "select * from orders where customer_id = ? order by placed_at desc, id desc",
            scope.customer_id,
        )
        return tuple(_whole(self._tables, row) for row in found)

    def _theirs(
        self, scope: CustomerScope, order_id: str, *, in_: tuple[OrderStatus, ...], to_be: str
    ) -> Order:
        """Their order, if it is in one of these states. `Rejected`: it is not, or not theirs."""
        order = self.order(scope, order_id)
        if order is None:
            raise Rejected(f"this customer has no order {order_id}, so none can be {to_be}")
        if order.status not in in_:
            raise Rejected(f"order {order_id} is {order.status} and cannot be {to_be} any more")
        return order

    def _habit(self, order: Order) -> PaymentHabit:
        habit: PaymentHabit = self._tables.rows(
            "select payment from orders where id = ?", order.id
        )[0]["payment"]
        return habit


def picked(order: Order, line_ids: Sequence[str]) -> tuple[OrderLine, ...]:
    """These lines of the order. `Rejected`: none, one twice, or one that it does not have."""
    lines = {line.id: line for line in order.lines}
    if not line_ids:
        raise Rejected(f"no line of order {order.id} was named")
    if len(set(line_ids)) < len(line_ids):
        raise Rejected(f"the same line of order {order.id} was named twice")
    if unknown := sorted(set(line_ids) - set(lines)):
        raise Rejected(f"order {order.id} has no line {', '.join(unknown)}")
    return tuple(lines[one] for one in line_ids)


def worth(order: Order, lines: Sequence[OrderLine]) -> Money:
    """What these lines of the order came to."""
    cents = sum(line.quantity * line.unit_price.amount_cents for line in lines)
    return Money(amount_cents=cents, currency=order.total.currency)


def sent_again(tables: ShopTables, order_id: str) -> tuple[str, ...]:
    """The lines of each parcel that was sent once more at no cost: `1,3`."""
    found = tables.rows(
        "select json_extract(details, '$.lines') as lines from deeds"
        " where kind = 'reshipment' and subject = ?",
        order_id,
    )
    return tuple(row["lines"] for row in found)


def _sent_again_cents(tables: ShopTables, order_id: str) -> int:
    sent = ",".join(sent_again(tables, order_id)).split(",")
    lines = tables.rows("select * from order_lines where order_id = ?", order_id)
    return sum(row["quantity"] * row["unit_price_cents"] for row in lines if row["id"] in sent)


def _whole(tables: ShopTables, row: sqlite3.Row) -> Order:
    lines = tables.rows(
        "select * from order_lines where order_id = ? order by cast(id as integer)", row["id"]
    )
    currency, expected, arrived = row["currency"], row["expected_on"], row["delivered_at"]
    return Order(
        id=row["id"],
        customer_id=row["customer_id"],
        status=row["status"],
        placed_at=datetime.fromisoformat(row["placed_at"]),
        lines=tuple(
            OrderLine(
                id=line["id"],
                product=line["product"],
                product_id=line["product_id"],
                variant_id=line["variant_id"],
                quantity=line["quantity"],
                unit_price=Money(amount_cents=line["unit_price_cents"], currency=currency),
            )
            for line in lines
        ),
        total=Money(amount_cents=row["total_cents"], currency=currency),
        paid_with=row["paid_with"],
        payment_method_id=row["payment_method_id"],
        refunded_cents=row["refunded_cents"],
        sent_again_cents=_sent_again_cents(tables, row["id"]),
        ship_to_country=row["ship_to_country"],
        ship_to=Address.model_validate_json(row["ship_to"]) if row["ship_to"] else None,
        changed=bool(row["changed"]),
        carrier=row["carrier"],
        tracking=row["tracking"],
        expected_on=date.fromisoformat(expected) if expected else None,
        delivered_at=datetime.fromisoformat(arrived) if arrived else None,
    )
