"""The sample shop as its file describes it: dates are relative to today, so that it never grows
old."""

from datetime import datetime, timedelta
from typing import Literal, Self

from pydantic import Field, NonNegativeInt, PositiveInt, model_validator

from deskhand.domain.money import Currency
from deskhand.domain.noun import Noun
from deskhand.domain.records import Customer, OrderStatus

PaymentHabit = Literal["", "loses_answer", "declines", "times_out"]
"""How the payment of an order misbehaves when it is refunded: it happens but the answer is lost, it
is refused, or nothing happens and nobody answers."""


class LineData(Noun):
    """One product in an order."""

    product: str
    quantity: PositiveInt = 1
    unit_price_cents: NonNegativeInt


class OrderData(Noun):
    """One order, its dates counted in days from today."""

    id: str
    customer: str
    status: OrderStatus
    placed_days_ago: NonNegativeInt
    lines: tuple[LineData, ...] = Field(min_length=1)
    shipping_cents: NonNegativeInt = 0
    paid_with: str = "card"
    refunded_cents: NonNegativeInt = 0
    ship_to_country: str
    carrier: str = ""
    tracking: str = ""
    expected_in_days: int | None = None
    """Negative: it should have been there by now."""
    delivered_days_ago: NonNegativeInt | None = None
    payment: PaymentHabit = ""

    @property
    def total_cents(self) -> int:
        """What was paid, postage included."""
        lines = sum(line.quantity * line.unit_price_cents for line in self.lines)
        return lines + self.shipping_cents

    @model_validator(mode="after")
    def _is_possible(self) -> Self:
        arrived = self.status in ("delivered", "returned")
        if arrived != (self.delivered_days_ago is not None):
            raise ValueError("`delivered_days_ago` goes with the statuses delivered and returned")
        if self.refunded_cents > self.total_cents:
            raise ValueError("`refunded_cents` is more than the order's total")
        if (self.delivered_days_ago or 0) > self.placed_days_ago:
            raise ValueError("the order was delivered before it was placed")
        return self

    def placed_at(self, now: datetime) -> datetime:
        """When it was placed, counted from now."""
        return now - timedelta(days=self.placed_days_ago)


class ShopData(Noun):
    """The whole shop: who buys there, and what they bought."""

    currency: Currency
    customers: tuple[Customer, ...]
    orders: tuple[OrderData, ...]

    @model_validator(mode="after")
    def _belongs_together(self) -> Self:
        known = {customer.id for customer in self.customers}
        for order in self.orders:
            if order.customer not in known:
                raise ValueError(f"order {order.id}: there is no customer {order.customer!r}")
        for name, values in (
            ("customer", [customer.id for customer in self.customers]),
            ("e-mail address", [customer.email.casefold() for customer in self.customers]),
            ("order", [order.id for order in self.orders]),
        ):
            if twice := {value for value in values if values.count(value) > 1}:
                raise ValueError(f"the same {name} twice: {', '.join(sorted(twice))}")
        return self
