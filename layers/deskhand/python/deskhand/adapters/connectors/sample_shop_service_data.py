"""What the sample shop's file says beside customers and orders: products, plans, devices and so
on."""

from datetime import date, datetime, timedelta
from typing import Literal, Self

from pydantic import Field, NonNegativeFloat, NonNegativeInt, model_validator

from deskhand.domain.noun import Noun
from deskhand.domain.services import IncidentStatus, SubscriptionStatus


class VariantData(Noun):
    """One size, colour or edition of a product."""

    id: str
    options: str = ""
    price_cents: NonNegativeInt
    stock: NonNegativeInt


class ProductData(Noun):
    """One product and everything that it is sold as."""

    id: str
    name: str
    variants: tuple[VariantData, ...] = Field(min_length=1)


class PlanData(Noun):
    """What can be subscribed to."""

    id: str
    name: str
    price_cents: NonNegativeInt
    interval: Literal["month", "year"] = "month"


class SubscriptionData(Noun):
    """What one customer subscribes to, its dates counted in days from today."""

    id: str
    customer: str
    plan: str
    status: SubscriptionStatus = "active"
    since_days_ago: NonNegativeInt
    renews_in_days: int
    paused_for_days: NonNegativeInt | None = None

    @model_validator(mode="after")
    def _is_possible(self) -> Self:
        if (self.status == "paused") != (self.paused_for_days is not None):
            raise ValueError("`paused_for_days` goes with the status paused")
        return self

    def dates(self, now: datetime) -> tuple[date, date, date | None]:
        """Since when, when it renews, and until when it is paused."""
        paused = self.paused_for_days
        return (
            (now - timedelta(days=self.since_days_ago)).date(),
            (now + timedelta(days=self.renews_in_days)).date(),
            None if paused is None else (now + timedelta(days=paused)).date(),
        )


class IncidentData(Noun):
    """Something that does not work for many, its times counted in hours from now."""

    id: str
    component: str
    words: str
    status: IncidentStatus
    began_hours_ago: NonNegativeFloat
    updated_hours_ago: NonNegativeFloat


class LogData(Noun):
    """One line of a device's log."""

    minutes_ago: NonNegativeInt
    level: Literal["info", "warning", "error"] = "info"
    text: str = Field(max_length=500)


class DeviceData(Noun):
    """One customer's device, as it last reported."""

    id: str
    customer: str
    product: str
    version: str
    state: str
    last_seen_hours_ago: NonNegativeFloat
    logs: tuple[LogData, ...] = ()
