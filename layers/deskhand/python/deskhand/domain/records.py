"""What systems of record keep: customers, orders, refunds, and whose of them may be read."""

from datetime import date
from typing import Literal

from pydantic import AwareDatetime, NonNegativeInt, PositiveInt

from deskhand.domain.money import Money
from deskhand.domain.noun import Noun

OrderStatus = Literal["placed", "packed", "shipped", "delivered", "cancelled", "returned"]


class CustomerScope(Noun):
    """The one customer whose records may be read; only `Identity` makes it, from a verified
    session."""

    customer_id: str


class Customer(Noun):
    """A customer as the system of record knows them."""

    id: str
    name: str
    email: str
    country: str
    vip: bool = False
    flagged: bool = False


class OrderLine(Noun):
    """One product in an order."""

    product: str
    quantity: PositiveInt
    unit_price: Money


class Order(Noun):
    """An order: what was bought, where it is, and what was paid and given back."""

    id: str
    customer_id: str
    status: OrderStatus
    placed_at: AwareDatetime
    lines: tuple[OrderLine, ...]
    total: Money
    paid_with: str
    refunded_cents: NonNegativeInt = 0
    ship_to_country: str
    carrier: str = ""
    tracking: str = ""
    expected_on: date | None = None
    delivered_at: AwareDatetime | None = None

    @property
    def refundable_cents(self) -> int:
        """What of the total has not been given back yet."""
        return self.total.amount_cents - self.refunded_cents


class Refund(Noun):
    """Money that went back, as billing shows it."""

    id: str
    order_id: str
    money: Money
    idempotency_key: str
    made_at: AwareDatetime
