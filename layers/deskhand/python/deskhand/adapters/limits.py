"""The places under the limits: who took which when, and what that leaves of the counters."""

from datetime import datetime, timedelta

from pydantic import AwareDatetime, NonNegativeInt

from deskhand.domain.ledger import Counters, Reservation
from deskhand.domain.noun import Noun

WEEK, HOUR = timedelta(days=7), timedelta(hours=1)
REMEMBERED = timedelta(days=8)


class Place(Noun):
    """One reservation that was granted; given back, it still counts as an attempt."""

    key: str
    action: str
    amount_cents: int
    made_at: AwareDatetime
    held: bool = True


class Places(Noun):
    """All places of one customer that still matter, oldest first."""

    taken: tuple[Place, ...] = ()

    def held(self, key: str) -> Place | None:
        """The place that was taken with that key and not given back."""
        return next((place for place in self.taken if place.held and place.key == key), None)

    def with_place(self, reservation: Reservation) -> "Places":
        """One place more; those too old to count are forgotten."""
        place = Place(
            key=reservation.key,
            action=reservation.action,
            amount_cents=reservation.money.amount_cents,
            made_at=reservation.made_at,
        )
        recent = [one for one in self.taken if one.made_at > reservation.made_at - REMEMBERED]
        return Places(taken=(*recent, place))

    def without(self, key: str) -> "Places":
        """The place given back."""
        return Places(
            taken=tuple(
                place.model_copy(update={"held": False}) if place.key == key else place
                for place in self.taken
            )
        )


class DayTotal(Noun):
    """What went back to all customers on one day."""

    refunded_cents: NonNegativeInt = 0

    def with_cents(self, cents: int) -> "DayTotal":
        """So much more, or less; never less than nothing."""
        return DayTotal(refunded_cents=max(0, self.refunded_cents + cents))


def counted(places: Places, total: DayTotal, *, version: int, now: datetime) -> Counters:
    """What the limits count at this moment. A refund is what moves money."""
    return Counters(
        customer_version=version,
        refunds_in_7_days=sum(
            place.held and place.amount_cents > 0 and place.made_at > now - WEEK
            for place in places.taken
        ),
        attempts_in_1_hour=sum(place.made_at > now - HOUR for place in places.taken),
        refunded_today_cents=total.refunded_cents,
    )
