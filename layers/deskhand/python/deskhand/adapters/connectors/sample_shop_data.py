"""The sample shop as its file describes it: dates are relative to today, so that it never grows
old."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal, Self

from pydantic import Field, NonNegativeInt, PositiveInt, model_validator

from deskhand.adapters.connectors.sample_shop_service_data import (
    DeviceData,
    IncidentData,
    PlanData,
    ProductData,
    SubscriptionData,
)
from deskhand.domain.money import Currency
from deskhand.domain.noun import Noun
from deskhand.domain.records import Address, Customer, OrderStatus

PaymentHabit = Literal["", "loses_answer", "declines", "times_out"]
"""How a payment misbehaves when money or goods are to move: it happens but the answer is lost, it
is refused, or nothing happens and nobody answers."""

ARRIVED = ("delivered", "returned", "return_requested", "exchange_requested")


class CustomerData(Customer):
    """One customer, and how putting money on their account misbehaves."""

    payment: PaymentHabit = ""


class LineData(Noun):
    """One product in an order."""

    product: str
    product_id: str = ""
    variant_id: str = ""
    quantity: PositiveInt = 1
    unit_price_cents: NonNegativeInt


class OrderData(Noun):
    """One order, its dates counted in days from today; its lines are numbered from 1."""

    id: str
    customer: str
    status: OrderStatus
    placed_days_ago: NonNegativeInt
    lines: tuple[LineData, ...] = Field(min_length=1)
    shipping_cents: NonNegativeInt = 0
    paid_with: str = "card"
    payment_method: str = ""
    refunded_cents: NonNegativeInt = 0
    ship_to_country: str
    ship_to: Address | None = None
    """By default the customer's own address, if that is in the same country."""
    changed: bool = False
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
        arrived = self.status in ARRIVED
        if arrived != (self.delivered_days_ago is not None):
            raise ValueError(
                "`delivered_days_ago` goes with the statuses delivered, returned,"
                " return_requested and exchange_requested"
            )
        if self.refunded_cents > self.total_cents:
            raise ValueError("`refunded_cents` is more than the order's total")
        if (self.delivered_days_ago or 0) > self.placed_days_ago:
            raise ValueError("the order was delivered before it was placed")
        if self.ship_to and self.ship_to.country != self.ship_to_country:
            raise ValueError("`ship_to` is not in `ship_to_country`")
        return self

    def placed_at(self, now: datetime) -> datetime:
        """When it was placed, counted from now."""
        return now - timedelta(days=self.placed_days_ago)


class ShopData(Noun):
    """The whole shop: what it sells, who buys there, what they bought, and what works just now."""

    currency: Currency
    customers: tuple[CustomerData, ...]
    orders: tuple[OrderData, ...]
    products: tuple[ProductData, ...] = ()
    plans: tuple[PlanData, ...] = ()
    subscriptions: tuple[SubscriptionData, ...] = ()
    incidents: tuple[IncidentData, ...] = ()
    devices: tuple[DeviceData, ...] = ()

    @model_validator(mode="after")
    def _names_each_thing_once(self) -> Self:
        methods = [method.id for one in self.customers for method in one.payment_methods]
        variants = [variant.id for product in self.products for variant in product.variants]
        for name, values in (
            ("customer", [customer.id for customer in self.customers]),
            ("e-mail address", [customer.email.casefold() for customer in self.customers]),
            ("payment method", methods),
            ("order", [order.id for order in self.orders]),
            ("product", [product.id for product in self.products]),
            ("variant", variants),
            ("plan", [plan.id for plan in self.plans]),
            ("subscription", [one.id for one in self.subscriptions]),
            ("incident", [incident.id for incident in self.incidents]),
            ("device", [device.id for device in self.devices]),
        ):
            if twice := {value for value in values if values.count(value) > 1}:
                raise ValueError(f"the same {name} twice: {', '.join(sorted(twice))}")
        return self

    @model_validator(mode="after")
    def _belongs_together(self) -> Self:
        methods = {one.id: {way.id for way in one.payment_methods} for one in self.customers}
        products = {one.id: {variant.id for variant in one.variants} for one in self.products}
        for order in self.orders:
            where = f"order {order.id}"
            _known("customer", order.customer, methods, where)
            if order.payment_method:
                _known(
                    "payment method of theirs", order.payment_method, methods[order.customer], where
                )
            for line in order.lines:
                if line.product_id or line.variant_id:
                    _known("product", line.product_id, products, where)
                    _known("variant of it", line.variant_id, products[line.product_id], where)
        plans = {plan.id for plan in self.plans}
        for subscription in self.subscriptions:
            where = f"subscription {subscription.id}"
            _known("customer", subscription.customer, methods, where)
            _known("plan", subscription.plan, plans, where)
        for device in self.devices:
            _known("customer", device.customer, methods, f"device {device.id}")
        return self


def _known(kind: str, name: str, names: Iterable[str], where: str) -> None:
    if name not in names:
        raise ValueError(f"{where}: there is no {kind} {name!r}")
