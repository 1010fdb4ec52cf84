"""How the file of the sample shop's data fills its tables."""

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from deskhand.adapters.connectors.sample_shop_data import CustomerData, OrderData, ShopData
from deskhand.adapters.connectors.sample_shop_service_data import DeviceData, SubscriptionData
from deskhand.domain.records import Address

_ALL = (
    *("deeds", "letters", "device_logs", "devices", "incidents", "subscriptions", "plans"),
    *("order_lines", "orders", "variants", "payment_methods", "customers"),
)
Row = Mapping[str, object]


def fill(db: sqlite3.Connection, data: ShopData, *, now: datetime) -> None:
    """Replaces everything by what the file says, as of now."""
    for table in _ALL:
        db.execute(f"delete from {table}")
    _insert(db, "customers", (_customer_row(customer) for customer in data.customers))
    for customer in data.customers:
        ways = (way.model_dump() | {"customer_id": customer.id} for way in customer.payment_methods)
        _insert(db, "payment_methods", ways)
    currency = {"currency": data.currency}
    for product in data.products:
        of = {"product_id": product.id, "product": product.name} | currency
        _insert(db, "variants", (variant.model_dump() | of for variant in product.variants))
    homes = {customer.id: customer.address for customer in data.customers}
    _insert(db, "orders", (_order_row(one, homes, now) | currency for one in data.orders))
    _insert(db, "order_lines", (row for order in data.orders for row in _line_rows(order)))
    _insert(db, "plans", (plan.model_dump() | currency for plan in data.plans))
    _insert(db, "subscriptions", (_subscription_row(one, now) for one in data.subscriptions))
    for incident in data.incidents:
        row = incident.model_dump(exclude={"began_hours_ago", "updated_hours_ago"})
        row["began_at"] = _ago(now, hours=incident.began_hours_ago)
        row["updated_at"] = _ago(now, hours=incident.updated_hours_ago)
        _insert(db, "incidents", [row])
    _insert(db, "devices", (_device_row(device, now) for device in data.devices))
    _insert(db, "device_logs", (row for one in data.devices for row in _log_rows(one, now)))


def _insert(db: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    listed = list(rows)
    if listed:
        names = list(listed[0])
        places = ", ".join(f":{name}" for name in names)
        db.executemany(f"insert into {table} ({', '.join(names)}) values ({places})", listed)


def _customer_row(customer: CustomerData) -> Row:
    row = customer.model_dump(exclude={"address", "payment_methods"})
    return row | {"address": _as_text(customer.address)}


def _order_row(
    order: OrderData, homes: Mapping[str, Address | None], now: datetime
) -> dict[str, object]:
    expected, arrived = order.expected_in_days, order.delivered_days_ago
    same = {"id", "status", "paid_with", "refunded_cents", "ship_to_country", "changed"}
    home = homes[order.customer]
    if home and home.country != order.ship_to_country:
        home = None
    return order.model_dump(include=same | {"carrier", "tracking", "payment"}) | {
        "customer_id": order.customer,
        "payment_method_id": order.payment_method,
        "ship_to": _as_text(order.ship_to or home),
        "total_cents": order.total_cents,
        "placed_at": order.placed_at(now).isoformat(),
        "expected_on": None
        if expected is None
        else (now + timedelta(days=expected)).date().isoformat(),
        "delivered_at": None if arrived is None else (now - timedelta(days=arrived)).isoformat(),
    }


def _line_rows(order: OrderData) -> Iterable[Row]:
    for number, line in enumerate(order.lines, start=1):
        yield line.model_dump() | {"order_id": order.id, "id": str(number)}


def _subscription_row(subscription: SubscriptionData, now: datetime) -> Row:
    since, renews, paused = subscription.dates(now)
    return {
        "id": subscription.id,
        "customer_id": subscription.customer,
        "plan_id": subscription.plan,
        "status": subscription.status,
        "since": since.isoformat(),
        "renews_on": renews.isoformat(),
        "paused_until": paused and paused.isoformat(),
    }


def _device_row(device: DeviceData, now: datetime) -> Row:
    return {
        **device.model_dump(include={"id", "product", "version", "state"}),
        "customer_id": device.customer,
        "last_seen_at": _ago(now, hours=device.last_seen_hours_ago),
    }


def _log_rows(device: DeviceData, now: datetime) -> Iterable[Row]:
    for line in device.logs:
        at = _ago(now, hours=line.minutes_ago / 60)
        yield {"device_id": device.id, "at": at, "level": line.level, "text": line.text}


def _ago(now: datetime, *, hours: float) -> str:
    return (now - timedelta(hours=hours)).isoformat()


def _as_text(address: Address | None) -> str | None:
    return address.model_dump_json() if address else None
