"""Every cent and every place under the limits, written down; and what was promised about them."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from deskhand.domain.ledger import Counters, Reservation
from deskhand.domain.records import CustomerScope
from deskhand.ports import Ledger

LIMIT_CENTS, DAILY_CAP_CENTS = 50_00, 80_00


@dataclass(frozen=True)
class Payment:
    """Money that has really left."""

    key: str
    customer: str
    cents: int
    at: datetime


class WatchedBilling:
    """The shop's billing, every payment of which is written down as it leaves."""

    def __init__(self, billing: Any, clock: Callable[[], datetime]) -> None:
        self._billing, self._clock = billing, clock
        self.asked: Counter[str] = Counter()
        self.paid: list[Payment] = []

    def refund(
        self, scope: CustomerScope, order_id: str, *, idempotency_key: str, **more: Any
    ) -> str:
        self.asked[idempotency_key] += 1
        before = self._billing.made(scope, idempotency_key)
        try:
            answer: str = self._billing.refund(
                scope, order_id, idempotency_key=idempotency_key, **more
            )
        finally:
            after = self._billing.made(scope, idempotency_key)
            if after and not before:
                who, cents = scope.customer_id, after.money.amount_cents
                self.paid.append(Payment(idempotency_key, who, cents, self._clock()))
        return answer

    def __getattr__(self, name: str) -> Any:
        return getattr(self._billing, name)


class WatchedLedger:
    """The ledger, which writes down who got a place under the limits, in that order."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.places: dict[str, int] = {}
        self._numbers = count()

    def reserve(self, reservation: Reservation, *, seen: Counters) -> bool:
        got = self._ledger.reserve(reservation, seen=seen)
        if got:
            self.places.setdefault(reservation.key, next(self._numbers))
        return got

    def release(self, reservation: Reservation) -> None:
        self._ledger.release(reservation)
        self.places.pop(reservation.key, None)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._ledger, name)


@dataclass
class Watch:
    """What is watched of a shop's days."""

    billing: WatchedBilling
    ledger: WatchedLedger
    approved: set[str] = field(default_factory=set)
    """The turns that a person says yes to."""

    def left(self, who: str) -> list[int]:
        """The cents of each payment to a customer."""
        return [payment.cents for payment in self.billing.paid if payment.customer == who]


def broken(watch: Watch) -> Iterator[str]:
    """Which promise about money was broken, in words."""
    for key, times in watch.billing.asked.items():
        if times > 1:
            yield f"{key} was performed {times} times"
    for payment in watch.billing.paid:
        if payment.key not in watch.ledger.places:
            yield f"{payment} left without a place under the limits"
        elif payment.key.split(":")[0] not in watch.approved:  # else a person said yes to it
            yield from _above_its_limits(payment, watch)
    paid = {payment.key for payment in watch.billing.paid}
    for key in watch.billing.asked:
        entry = watch.ledger.load(key)
        if entry is None or (entry.state == "refused" and key in paid):
            yield f"{key} was paid, and the ledger says {entry and entry.state}"
        if entry and entry.state == "confirmed" and key not in paid:
            yield f"{key} was never paid, and the ledger says confirmed"
    for at in {payment.at.date() for payment in watch.billing.paid}:
        cents = sum(one.cents for one in watch.billing.paid if one.at.date() == at)
        moment = next(one.at for one in watch.billing.paid if one.at.date() == at)
        counted = watch.ledger.counters("ada", conversation_id="", now=moment)
        if counted.refunded_today_cents < cents:
            yield f"{cents} left on {at}, and {counted.refunded_today_cents} are counted"


def _above_its_limits(payment: Payment, watch: Watch) -> Iterator[str]:
    """What was too much about a payment that nobody approved, after all that were granted
    before it."""
    places = watch.ledger.places
    before = [one for one in watch.billing.paid if places.get(one.key, -1) < places[payment.key]]
    week = payment.at - timedelta(days=7)
    if any(one.customer == payment.customer and one.at > week for one in before):
        yield f"{payment} is a second refund within 7 days"
    today = [one.cents for one in before if one.at.date() == payment.at.date()]
    if sum(today) + payment.cents > DAILY_CAP_CENTS:
        yield f"{payment} is above the daily cap, after {today}"
    if payment.cents > LIMIT_CENTS:
        yield f"{payment} is above the limit"
