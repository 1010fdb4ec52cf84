"""The shop of the storm: so many customers alike, each with an order for every kind of wish."""

from typing import Any

ORDERS: tuple[tuple[str, int, dict[str, Any]], ...] = (
    ("delivered", 42_00, {}),
    ("delivered", 80_00, {}),
    ("shipped", 30_00, {"carrier": "Postwing", "tracking": "PW1"}),
    ("placed", 120_00, {}),
    ("placed", 20_00, {}),
    ("delivered", 25_00, {"payment": "loses_answer"}),
    ("delivered", 25_00, {"payment": "times_out"}),
    ("delivered", 25_00, {"payment": "declines"}),
    ("packed", 15_00, {}),
)
"""Status, price and peculiarities of each customer's orders."""


def email_of(customer: int) -> str:
    """The address of a customer, counted from 1."""
    return f"c{customer}@example.com"


def order_of(customer: int, number: int) -> str:
    """The number of a customer's order, both counted from 1."""
    return f"HR-{1000 + 10 * customer + number}"


def shop_of(customers: int) -> dict[str, Any]:
    """What the sample shop is filled with."""
    numbers = range(1, customers + 1)
    return {
        "currency": "EUR",
        "customers": [
            {"id": f"c{one}", "name": f"Ada {one}", "email": email_of(one), "country": "DE"}
            for one in numbers
        ],
        "orders": [
            _order(one, number, *given)
            for one in numbers
            for number, given in enumerate(ORDERS, start=1)
        ],
    }


def _order(
    customer: int, number: int, status: str, cents: int, peculiar: dict[str, Any]
) -> dict[str, Any]:
    line = {"product": "field notebook", "quantity": 1, "unit_price_cents": cents}
    arrived = {"delivered_days_ago": 5} if status == "delivered" else {}
    return {
        "id": order_of(customer, number),
        "customer": f"c{customer}",
        "status": status,
        "placed_days_ago": 9,
        "lines": [line],
        "ship_to_country": "DE",
        **arrived,
        **peculiar,
    }
