"""What systems of record keep: customers, orders, what was done, and whose of it may be read."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import AwareDatetime, Field, NonNegativeInt, PositiveInt

from deskhand.domain.money import Money
from deskhand.domain.noun import Noun

OrderStatus = Literal[
    "placed",
    "packed",
    "shipped",
    "delivered",
    "cancelled",
    "returned",
    "return_requested",
    "exchange_requested",
]
PaymentKind = Literal["card", "paypal", "invoice", "gift_card"]


class CustomerScope(Noun):
    """The one customer whose records may be read; only `Identity` makes it, from a verified
    session."""

    customer_id: str


class Address(Noun):
    """Where something goes."""

    line1: str = Field(min_length=1, max_length=100)
    line2: str = Field(default="", max_length=100)
    city: str = Field(min_length=1, max_length=60)
    region: str = Field(default="", max_length=60)
    postcode: str = Field(min_length=1, max_length=16)
    country: str = Field(pattern=r"^[A-Z]{2}$")
    """Two letters: `NL`."""

    @property
    def words(self) -> str:
        """The address in one line."""
        parts = (self.line1, self.line2, f"{self.postcode} {self.city}", self.region, self.country)
        return ", ".join(part for part in parts if part)


class PaymentMethod(Noun):
    """A way in which a customer pays, and may be paid back."""

    id: str
    kind: PaymentKind
    words: str
    """As the customer knows it: `the card ending in 4242`."""
    balance_cents: NonNegativeInt | None = None
    """What is left on a gift card; None for everything else."""


class Customer(Noun):
    """A customer as the system of record knows them."""

    id: str
    name: str
    email: str
    country: str
    vip: bool = False
    flagged: bool = False
    phone: str = ""
    address: Address | None = None
    payment_methods: tuple[PaymentMethod, ...] = ()
    activated: bool = True
    """Whether the account was ever activated by the link in the first letter."""


class OrderLine(Noun):
    """One product in an order."""

    id: str = ""
    """Of the line, unique in its order: `1`."""
    product: str
    product_id: str = ""
    variant_id: str = ""
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
    """In words: `card`."""
    payment_method_id: str = ""
    refunded_cents: NonNegativeInt = 0
    sent_again_cents: NonNegativeInt = 0
    """What those of its items were sold for that were sent once more at no cost."""
    ship_to_country: str
    ship_to: Address | None = None
    changed: bool = False
    """Whether its items were changed once already, which can be done once."""
    carrier: str = ""
    tracking: str = ""
    expected_on: date | None = None
    delivered_at: AwareDatetime | None = None

    @property
    def refundable_cents(self) -> int:
        """What of the total has not been given back yet."""
        return self.total.amount_cents - self.refunded_cents


class Made(Noun):
    """One change that a system of record shows to have happened."""

    id: str
    """The system's own id for it: a refund id, a return number."""
    kind: str
    """What was done: `refund`, `cancellation`, `return` …"""
    subject: str
    """What it was done to: the id of the order, the subscription, the account."""
    idempotency_key: str
    made_at: AwareDatetime
    money: Money | None = None
    details: Mapping[str, str] = Field(default_factory=dict)
    """What else was asked for, as it was done: `to` → `card-1`, `lines` → `1,3`."""
