"""The sample shop's tables in one SQLite file."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock

from deskhand.errors import Rejected, Unavailable

TABLES = """
create table if not exists customers (
  id text primary key, name text not null, email text unique collate nocase,
  country text not null, vip integer not null, flagged integer not null, phone text not null,
  address text, activated integer not null, payment text not null
);
create table if not exists payment_methods (
  id text primary key, customer_id text not null references customers, kind text not null,
  words text not null, balance_cents integer check (balance_cents >= 0)
);
create table if not exists variants (
  id text primary key, product_id text not null, product text not null, options text not null,
  price_cents integer not null, currency text not null, stock integer not null check (stock >= 0)
);
create table if not exists orders (
  id text primary key, customer_id text not null references customers, status text not null,
  placed_at text not null, total_cents integer not null, currency text not null,
  paid_with text not null, payment_method_id text not null,
  refunded_cents integer not null default 0 check (refunded_cents between 0 and total_cents),
  ship_to_country text not null, ship_to text, changed integer not null,
  carrier text not null, tracking text not null,
  expected_on text, delivered_at text, payment text not null
);
create index if not exists orders_of on orders (customer_id, placed_at);
create table if not exists order_lines (
  order_id text not null references orders, id text not null, product text not null,
  product_id text not null, variant_id text not null, quantity integer not null,
  unit_price_cents integer not null, primary key (order_id, id)
);
create table if not exists plans (
  id text primary key, name text not null, price_cents integer not null, currency text not null,
  interval text not null
);
create table if not exists subscriptions (
  id text primary key, customer_id text not null references customers,
  plan_id text not null references plans, next_plan_id text references plans,
  status text not null, since text not null, renews_on text not null, paused_until text
);
create table if not exists incidents (
  id text primary key, component text not null, words text not null, status text not null,
  began_at text not null, updated_at text not null
);
create table if not exists devices (
  id text primary key, customer_id text not null references customers, product text not null,
  version text not null, state text not null, last_seen_at text not null
);
create table if not exists device_logs (
  device_id text not null references devices, at text not null, level text not null,
  text text not null
);
create table if not exists letters (
  id integer primary key, address text not null collate nocase, subject text not null,
  text text not null, sent_at text not null
);
create table if not exists deeds (
  id text primary key, idempotency_key text not null unique, customer_id text not null,
  kind text not null, subject text not null, amount_cents integer, currency text,
  details text not null, asked text not null, made_at text not null
);
create index if not exists deeds_on on deeds (subject, kind);
"""
"""`asked` is the whole of what was asked for with the key, `details` what was done."""

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
            self._connection.executescript(TABLES)

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


@contextmanager
def _as_port_errors() -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        raise Unavailable(f"the sample shop's file: {error}") from error
    except sqlite3.DatabaseError as error:
        raise Rejected(f"the sample shop's file: {error}") from error
