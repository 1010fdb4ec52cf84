"""Every system of record that the connectors' contract is held against: one more is one more
line."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from deskhand.adapters.connectors.sample_shop import SampleShop
from deskhand.domain.records import CustomerScope
from deskhand.domain.ticket import Asker
from deskhand.ports import Connectors

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def _order(id_: str, customer: str, **bent: Any) -> dict[str, Any]:
    line = {"product": "Larch nest box", "unit_price_cents": 30_00}
    return {
        "id": id_,
        "customer": customer,
        "status": "placed",
        "placed_days_ago": 10,
        "lines": [line],
        "ship_to_country": "NL",
    } | bent


SHOP = {
    "currency": "EUR",
    "customers": [
        {"id": "one", "name": "Ada", "email": "ada@example.com", "country": "NL", "vip": True},
        {"id": "two", "name": "Ben", "email": "ben@example.com", "country": "BE", "flagged": True},
    ],
    "orders": [
        _order("open", "one", placed_days_ago=1),
        _order("shipped", "one", status="shipped", placed_days_ago=3, expected_in_days=-1),
        _order("delivered", "one", status="delivered", placed_days_ago=9, delivered_days_ago=4),
        _order("others", "two", status="delivered", placed_days_ago=9, delivered_days_ago=4),
        _order("hangs-up", "one", status="delivered", delivered_days_ago=5, payment="loses_answer"),
        _order("silent", "one", status="delivered", delivered_days_ago=5, payment="times_out"),
        _order("refused", "one", status="delivered", delivered_days_ago=5, payment="declines"),
    ],
}
"""Two customers; what each order is for stands in its id. Each came to 30.00."""


@dataclass(frozen=True)
class Shop:
    """A shop with these records behind some connectors, and how another process would reach it."""

    connectors: Connectors
    again: Callable[[], Connectors]

    @property
    def ada(self) -> CustomerScope:
        return self.scope("ada@example.com")

    @property
    def ben(self) -> CustomerScope:
        return self.scope("ben@example.com")

    def scope(self, email: str) -> CustomerScope:
        scope = self.connectors.identity.scope(Asker(email=email, verified=True))
        assert scope is not None
        return scope


def sample_shop(folder: Path, closing: ExitStack) -> Shop:
    path = folder / "shop.sqlite"
    first = SampleShop.seed(path, SHOP, clock=lambda: NOW)
    closing.callback(first.close)

    def again() -> Connectors:
        another = SampleShop(path, clock=lambda: NOW)
        closing.callback(another.close)
        return another.connectors

    return Shop(first.connectors, again)


SHOPS: dict[str, Callable[[Path, ExitStack], Shop]] = {
    "sample shop": sample_shop,
}
