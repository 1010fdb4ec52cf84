"""The sample shop's shelves: what is in stock, and swapping one variant of a product for
another."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from deskhand.adapters.connectors.sample_shop_order_rows import picked
from deskhand.domain.records import Order, OrderLine
from deskhand.errors import Rejected


@dataclass(frozen=True)
class Swap:
    """One line of an order, and the variant that comes in its place."""

    line: OrderLine
    variant_id: str
    price_cents: int

    @property
    def difference_cents(self) -> int:
        """How much more the other variant costs."""
        return self.line.quantity * (self.price_cents - self.line.unit_price.amount_cents)


def swapped(db: sqlite3.Connection, order: Order, swaps: Mapping[str, str]) -> tuple[Swap, ...]:
    """What each line would become. `Rejected`: a variant of another product, the same one again,
    or one that is not sold."""
    found = []
    for line in picked(order, list(swaps)):
        variant = db.execute("select * from variants where id = ?", (swaps[line.id],)).fetchone()
        if variant is None or variant["product_id"] != line.product_id:
            raise Rejected(f"{swaps[line.id]} is not a variant of {line.product}")
        if variant["id"] == line.variant_id:
            raise Rejected(f"line {line.id} of order {order.id} is {variant['id']} already")
        found.append(Swap(line, variant["id"], variant["price_cents"]))
    return tuple(found)


def take(db: sqlite3.Connection, variant_id: str, quantity: int) -> None:
    """Takes so many off the shelf. `Rejected`: there are not that many."""
    changed = db.execute(
        "update variants set stock = stock - :many where id = :id and stock >= :many",
        {"id": variant_id, "many": quantity},
    )
    if not changed.rowcount:
        raise Rejected(f"{variant_id} is sold out")


def put_back(db: sqlite3.Connection, line: OrderLine) -> None:
    """Puts what a line has on the shelf again."""
    db.execute(
        "update variants set stock = stock + ? where id = ?", (line.quantity, line.variant_id)
    )


def in_details(swaps: Mapping[str, str]) -> str:
    """Swaps as one word: `1:jacket-m,2:jacket-l`."""
    return ",".join(f"{line}:{variant}" for line, variant in sorted(swaps.items()))
