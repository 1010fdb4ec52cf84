"""Every system of record that the connectors' contract is held against: one more is one more
line."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from deskhand.adapters.connectors.sample_shop import SampleShop
from deskhand.domain.records import CustomerScope, Order
from deskhand.ports import Connectors
from tests.shopping import ADA, a_card, a_gift_card, scope_at

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def _order(id_: str, customer: str, **bent: Any) -> dict[str, Any]:
    return {
        "id": id_,
        "customer": customer,
        "status": "placed",
        "placed_days_ago": 10,
        "lines": [_line("box-s", 30_00)],
        "payment_method": f"card-{customer}",
        "ship_to_country": "NL",
    } | bent


def _line(variant_id: str, unit_price_cents: int, **bent: Any) -> dict[str, Any]:
    return {
        "product": "Larch nest box",
        "product_id": "box",
        "variant_id": variant_id,
        "unit_price_cents": unit_price_cents,
    } | bent


def _misbehaving(suffix: str = "", **bent: Any) -> list[dict[str, Any]]:
    """An order whose answers get lost, one where nobody answers, and one that is declined."""
    return [
        _order(f"hangs-up{suffix}", "one", payment="loses_answer", **bent),
        _order(f"silent{suffix}", "one", payment="times_out", **bent),
        _order(f"refused{suffix}", "one", payment="declines", **bent),
    ]


_ARRIVED: dict[str, Any] = {"status": "delivered", "delivered_days_ago": 5}
HOME = {"line1": "Quay 1", "city": "Delft", "postcode": "2611", "country": "NL"}

SHOP: dict[str, Any] = {
    "currency": "EUR",
    "customers": [
        {
            "id": "one",
            "name": "Ada",
            "email": "ada@example.com",
            "country": "NL",
            "vip": True,
            "phone": "+31 1",
            "address": HOME,
            "payment_methods": [
                a_card("card-one", "4242"),
                {"id": "paypal-one", "kind": "paypal", "words": "your PayPal account"},
                a_gift_card("gift-one", "7007", 40_00),
            ],
        },
        {
            "id": "two",
            "name": "Ben",
            "email": "ben@example.com",
            "country": "BE",
            "flagged": True,
            "activated": False,
            "payment_methods": [
                a_card("card-two", "5151"),
                a_gift_card("gift-two", "8008", 90_00),
            ],
        },
        *(
            {"id": habit, "name": "X", "email": f"{habit}@example.com", "country": "NL"}
            | {"payment": habit}
            for habit in ("loses_answer", "times_out", "declines")
        ),
    ],
    "orders": [
        _order("open", "one", placed_days_ago=1),
        _order("shipped", "one", status="shipped", placed_days_ago=3, expected_in_days=-1),
        _order("delivered", "one", status="delivered", placed_days_ago=9, delivered_days_ago=4),
        _order("others", "two", status="delivered", placed_days_ago=9, delivered_days_ago=4),
        _order("others-open", "two", placed_days_ago=9),
        _order("open-too", "one"),
        _order("packed", "one", status="packed"),
        _order("cancelled", "one", status="cancelled", refunded_cents=30_00),
        _order("by-gift-card", "one", payment_method="gift-one", paid_with="gift card"),
        _order(
            "several",
            "one",
            lines=[
                _line("box-s", 30_00),
                _line("box-m", 35_00, quantity=2),
                _line("lamp-a", 20_00, product="Lamp", product_id="lamp"),
            ],
            **_ARRIVED,
        ),
        *_misbehaving(**_ARRIVED),
        *_misbehaving("-open"),
    ],
    "products": [
        {
            "id": "box",
            "name": "Larch nest box",
            "variants": [
                {"id": "box-s", "options": "small", "price_cents": 30_00, "stock": 5},
                {"id": "box-m", "options": "medium", "price_cents": 35_00, "stock": 2},
                {"id": "box-l", "options": "large", "price_cents": 90_00, "stock": 3},
                {"id": "box-xs", "options": "tiny", "price_cents": 24_00, "stock": 5},
                {"id": "box-gone", "options": "round", "price_cents": 30_00, "stock": 0},
                {"id": "box-last", "options": "oval", "price_cents": 30_00, "stock": 1},
            ],
        },
        {
            "id": "lamp",
            "name": "Lamp",
            "variants": [{"id": "lamp-a", "price_cents": 20_00, "stock": 5}],
        },
    ],
    "plans": [
        {"id": "big", "name": "Big box", "price_cents": 20_00},
        {"id": "small", "name": "Small box", "price_cents": 10_00},
        {"id": "yearly", "name": "A year", "price_cents": 90_00, "interval": "year"},
    ],
    "subscriptions": [
        {"id": "s1", "customer": "one", "plan": "small", "since_days_ago": 9, "renews_in_days": 20},
        {"id": "s2", "customer": "one", "plan": "big", "since_days_ago": 99, "renews_in_days": 3}
        | {"status": "paused", "paused_for_days": 12},
        {"id": "s3", "customer": "one", "plan": "big", "since_days_ago": 400, "renews_in_days": -9}
        | {"status": "cancelled"},
        {"id": "s4", "customer": "two", "plan": "big", "since_days_ago": 9, "renews_in_days": 9},
    ],
    "incidents": [
        {"id": "over", "component": "payments", "words": "Payments failed.", "status": "resolved"}
        | {"began_hours_ago": 50, "updated_hours_ago": 49},
        {"id": "just-over", "component": "search", "words": "It was slow.", "status": "resolved"}
        | {"began_hours_ago": 30, "updated_hours_ago": 23},
        {"id": "now", "component": "app", "words": "It does not start.", "status": "identified"}
        | {"began_hours_ago": 2, "updated_hours_ago": 1},
    ],
    "devices": [
        {"id": "d1", "customer": "one", "product": "Lamp", "version": "1.2", "state": "battery low"}
        | {
            "last_seen_hours_ago": 2,
            "logs": [
                {"minutes_ago": 30, "level": "error", "text": "went out"},
                {"minutes_ago": 90, "text": "started"},
                {"minutes_ago": 60, "level": "warning", "text": "battery at 4 percent"},
            ],
        },
        {"id": "d2", "customer": "two", "product": "Lamp", "version": "1.0", "state": "fine"}
        | {"last_seen_hours_ago": 1, "logs": [{"minutes_ago": 5, "text": "all is well"}]},
    ],
}
"""Two customers, and some whose credit misbehaves; what each order is for stands in its id. Each
came to 30.00, but `several`."""


@dataclass(frozen=True)
class Shop:
    """A shop with these records behind some connectors, and how another process would reach it."""

    connectors: Connectors
    again: Callable[[], Connectors]
    letters_to: Callable[[str], Sequence[Any]]
    """What lies in somebody's mailbox; each letter has a subject and a text."""

    @property
    def ada(self) -> CustomerScope:
        return self.scope(ADA)

    @property
    def ben(self) -> CustomerScope:
        return self.scope("ben@example.com")

    def order(self, order_id: str) -> Order:
        """An order of Ada's as it is now."""
        order = self.connectors.orders.order(self.ada, order_id)
        assert order is not None
        return order

    def left_on(self, method_id: str) -> int | None:
        """What is left on a gift card of Ada's."""
        methods = self.connectors.customers.customer(self.ada).payment_methods
        return next(one.balance_cents for one in methods if one.id == method_id)

    def stock(self, variant_id: str) -> int:
        """How many there are of it."""
        variants = self.connectors.products.variants(variant_id.split("-")[0])
        return next(one.stock for one in variants if one.id == variant_id)

    def scope(self, email: str) -> CustomerScope:
        return scope_at(self.connectors, email)


def sample_shop(folder: Path, closing: ExitStack) -> Shop:
    path = folder / "shop.sqlite"
    first = SampleShop.seed(path, SHOP, clock=lambda: NOW)
    closing.callback(first.close)

    def again() -> Connectors:
        another = SampleShop(path, clock=lambda: NOW)
        closing.callback(another.close)
        return another.connectors

    return Shop(first.connectors, again, first.letters_to)


SHOPS: dict[str, Callable[[Path, ExitStack], Shop]] = {
    "sample shop": sample_shop,
}
