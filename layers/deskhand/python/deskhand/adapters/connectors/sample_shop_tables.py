"""The sample shop's tables, and how the file of its data fills them."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import RLock

from deskhand.adapters.connectors.sample_shop_data import OrderData, ShopData
from deskhand.errors import Rejected, Unavailable

_TABLES = """
create table if not exists customers (
  id text primary key, name text not null, email text not null unique collate nocase,
  country text not null, vip integer not null, flagged integer not null
);
create table if not exists orders (
  id text primary key, customer_id text not null references customers, status text not null,
  placed_at text not null, total_cents integer not null, currency text not null,
  paid_with text not null, refunded_cents integer not null default 0
    check (refunded_cents between 0 and total_cents),
  ship_to_country text not null, carrier text not null, tracking text not null,
  expected_on text, delivered_at text, payment text not null
);
create index if not exists orders_of on orders (customer_id, placed_at);
create table if not exists order_lines (
  order_id text not null references orders, place integer not null, product text not null,
  quantity integer not null, unit_price_cents integer not null, primary key (order_id, place)
);
create table if not exists deeds (
  id text primary key, idempotency_key text not null unique, customer_id text not null,
  kind text not null, subject text not null, amount_cents integer, currency text,
  details text not null, asked text not null, made_at text not null
);
create index if not exists deeds_on on deeds (subject, kind);
"""
_BUSY_TIMEOUT_S = 10.0


class ShopTables:
    """One SQLite file, which several processes may have open at once."""

    def __init__(self, path: str) -> None:
        self._lock = RLock()
        with _as_port_errors():
            self._connection = sqlite3.connect(
                path, timeout=_BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False
            )
            self._connection.row_factory = sqlite3.Row
            self._connection.execute("pragma journal_mode = wal")
            self._connection.execute("pragma foreign_keys = on")
            self._connection.executescript(_TABLES)

    def close(self) -> None:
        """Lets go of the file."""
        self._connection.close()

    def rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        """What a query finds."""
        with self._lock, _as_port_errors():
            return self._connection.execute(sql, values).fetchall()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that nobody else writes in; it is kept whole or not at all."""
        with self._lock, _as_port_errors():
            self._connection.execute("begin immediate")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("rollback")
                raise
            self._connection.execute("commit")

    def fill(self, data: ShopData, *, now: datetime) -> None:
        """Replaces everything by what the file says, as of now."""
        with self.writing() as db:
            for table in ("deeds", "order_lines", "orders", "customers"):
                db.execute(f"delete from {table}")
            for customer in data.customers:
                db.execute(
                    "insert into customers values (:id, :name, :email, :country, :vip, :flagged)",
                    customer.model_dump(),
                )
            for order in data.orders:
                db.execute(
                    "insert into orders values (:id, :customer_id, :status, :placed_at,"
                    " :total_cents, :currency, :paid_with, :refunded_cents, :ship_to_country,"
                    " :carrier, :tracking, :expected_on, :delivered_at, :payment)",
                    _order_row(order, currency=data.currency, now=now),
                )
                db.executemany(
                    "insert into order_lines values (?, ?, ?, ?, ?)",
                    [
                        (order.id, place, line.product, line.quantity, line.unit_price_cents)
                        for place, line in enumerate(order.lines)
                    ],
                )


def _order_row(order: OrderData, *, currency: str, now: datetime) -> dict[str, object]:
    same = {"id", "status", "paid_with", "refunded_cents", "ship_to_country"}
    expected, arrived = order.expected_in_days, order.delivered_days_ago
    return order.model_dump(include=same | {"carrier", "tracking", "payment"}) | {
        "customer_id": order.customer,
        "total_cents": order.total_cents,
        "currency": currency,
        "placed_at": order.placed_at(now).isoformat(),
        "expected_on": None
        if expected is None
        else (now + timedelta(days=expected)).date().isoformat(),
        "delivered_at": None if arrived is None else (now - timedelta(days=arrived)).isoformat(),
    }


@contextmanager
def _as_port_errors() -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        raise Unavailable(f"the sample shop's file: {error}") from error
    except sqlite3.DatabaseError as error:
        raise Rejected(f"the sample shop's file: {error}") from error
