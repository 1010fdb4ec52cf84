"""The places under the limits: who took which when, and what that leaves of the counters."""

from datetime import UTC, date, datetime, timedelta

from pydantic import AwareDatetime, NonNegativeInt

from deskhand.domain.ledger import Counters, Reservation
from deskhand.domain.money import Money
from deskhand.domain.noun import Noun
from deskhand.errors import Rejected

WEEK, HOUR = timedelta(days=7), timedelta(hours=1)
REMEMBERED = timedelta(days=8)
REMEMBERED_FOR_ITS_TICKET = timedelta(days=90)
"""A ticket's limit looks back this far: as long as everything else of a customer is kept."""


class Place(Noun):
    """One reservation that was granted; given back, it still counts as an attempt."""

    key: str
    conversation_id: str = ""
    action: str
    amount_cents: int
    currency: str = ""
    """Empty where release 1 wrote it, which knew one currency only."""
    made_at: AwareDatetime
    held: bool = True

    @property
    def counted_cents(self) -> int:
        """What it adds to a total: nothing once it was given back."""
        return self.amount_cents if self.held else 0

    def matters(self, now: datetime) -> bool:
        """Whether any limit still counts it."""
        for_its_ticket = self.conversation_id and self.counted_cents
        kept = REMEMBERED_FOR_ITS_TICKET if for_its_ticket else REMEMBERED
        return self.made_at > now - kept


class Places(Noun):
    """All places of one customer that still matter, oldest first."""

    taken: tuple[Place, ...] = ()

    def held(self, key: str) -> Place | None:
        """The place that was taken with that key and not given back."""
        return next((place for place in self.taken if place.held and place.key == key), None)

    def of(self, conversation_id: str) -> tuple[Place, ...]:
        """Those that were taken for one ticket."""
        return tuple(place for place in self.taken if place.conversation_id == conversation_id)

    def with_place(self, reservation: Reservation) -> "Places":
        """One place more; those that no limit counts any longer are forgotten."""
        money = reservation.money
        for place in self.of(reservation.conversation_id) if reservation.conversation_id else ():
            _refuse_to_add(money, place.counted_cents, place.currency, "this ticket")
        place = Place(
            key=reservation.key,
            conversation_id=reservation.conversation_id,
            action=reservation.action,
            amount_cents=money.amount_cents,
            currency=money.currency,
            made_at=reservation.made_at,
        )
        mattering = [one for one in self.taken if one.matters(reservation.made_at)]
        return Places(taken=(*mattering, place))

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
    currency: str = ""
    """Empty where nothing has gone back yet, or where release 1 wrote it."""

    def plus(self, money: Money) -> "DayTotal":
        """So much more. `Rejected`: it is in another currency than the rest."""
        if not money.amount_cents:
            return self
        _refuse_to_add(money, self.refunded_cents, self.currency, "this day")
        cents = self.refunded_cents + money.amount_cents
        return DayTotal(refunded_cents=cents, currency=money.currency)

    def minus(self, cents: int) -> "DayTotal":
        """So much less; never less than nothing, and a day with nothing has no currency."""
        left = max(0, self.refunded_cents - cents)
        return DayTotal(refunded_cents=left, currency=self.currency if left else "")


def counted(
    places: Places,
    total: DayTotal,
    *,
    version: int,
    conversation_id: str,
    now: datetime,
    besides: str = "",
) -> Counters:
    """What the limits count at this moment. A refund is what moves money."""
    today = utc_day(now)
    own = places.held(besides)
    own_today = own.amount_cents if own and utc_day(own.made_at) == today else 0
    others = Places(taken=tuple(place for place in places.taken if place is not own))
    return Counters(
        customer_version=version,
        refunds_in_7_days=sum(
            place.counted_cents > 0 and place.made_at > now - WEEK for place in others.taken
        ),
        attempts_in_1_hour=sum(place.made_at > now - HOUR for place in others.taken),
        refunded_today_cents=total.refunded_cents - own_today,
        customer_today_cents=sum(
            place.counted_cents for place in others.taken if utc_day(place.made_at) == today
        ),
        ticket_cents=sum(
            place.counted_cents for place in others.of(conversation_id) if place.matters(now)
        ),
    )


def utc_day(at: datetime) -> date:
    """The day that a moment belongs to, for everybody the same."""
    return at.astimezone(UTC).date()


def _refuse_to_add(money: Money, cents: int, currency: str, what: str) -> None:
    """Cents of two currencies have no sum: a limit over both would be a limit over nothing."""
    if money.amount_cents and cents and currency and currency != money.currency:
        raise Rejected(
            f"the limits of {what} are counted in {currency}, and {money.words} cannot be added "
            "to them: a person has to see to it"
        )
