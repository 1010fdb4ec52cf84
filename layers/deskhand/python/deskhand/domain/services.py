"""What a shop keeps beside its orders: products, subscriptions, incidents, devices, tickets."""

from datetime import date
from typing import Literal

from pydantic import AwareDatetime, Field, NonNegativeInt

from deskhand.domain.money import Money
from deskhand.domain.noun import Noun

SubscriptionStatus = Literal["active", "paused", "cancelled"]
IncidentStatus = Literal["investigating", "identified", "monitoring", "resolved"]


class Variant(Noun):
    """One thing that can be bought: a product in one size, colour or edition."""

    id: str
    product_id: str
    product: str
    """The product's name."""
    options: str
    """What sets it apart: `size M, green`."""
    price: Money
    stock: NonNegativeInt


class Plan(Noun):
    """What a customer may subscribe to."""

    id: str
    name: str
    price: Money
    interval: Literal["month", "year"] = "month"


class Subscription(Noun):
    """What a customer subscribes to, and until when it is paid."""

    id: str
    customer_id: str
    plan: Plan
    status: SubscriptionStatus
    since: date
    renews_on: date
    paused_until: date | None = None
    next_plan: Plan | None = None
    """What it changes to when it renews."""


class Incident(Noun):
    """Something that does not work for many."""

    id: str
    component: str
    words: str
    """What customers may be told, in whole sentences."""
    status: IncidentStatus
    began_at: AwareDatetime
    updated_at: AwareDatetime


class Device(Noun):
    """A customer's own thing or installation, as it last reported."""

    id: str
    product: str
    version: str
    state: str
    """As it reports itself: `battery low`."""
    last_seen_at: AwareDatetime


class LogLine(Noun):
    """One line that a device has logged."""

    at: AwareDatetime
    level: Literal["info", "warning", "error"]
    text: str = Field(max_length=500)


class PastTicket(Noun):
    """An earlier ticket of the same customer."""

    id: str
    subject: str
    status: str
    opened_at: AwareDatetime
    last_words: str = ""
    """The beginning of what was last said in it."""
    due: date | None = None
    """The day on which people come back to it, if it is a follow-up."""


class BugReport(Noun):
    """What engineers get when a customer's trouble looks like a fault of ours."""

    title: str = Field(min_length=1, max_length=200)
    steps: str = Field(min_length=1, max_length=4000)
    """How to see it happen, in the customer's words."""
    device_id: str = ""
    logs: tuple[LogLine, ...] = ()
