"""The ledger in DynamoDB: what was begun, done and confirmed, and the places under the limits."""

from datetime import date, datetime

from deskhand.adapters.dynamodb.items import ABSENT, Item, Key, Put, noun_of
from deskhand.adapters.dynamodb.table import DeskTable
from deskhand.adapters.ledger_order import furthered
from deskhand.adapters.limits import DayTotal, Places, counted, utc_day
from deskhand.domain.ledger import Counters, LedgerEntry, Reservation
from deskhand.errors import Unavailable

TRIES = 20


class DynamoDbLedger:
    """The port `Ledger` over the DeskTable."""

    def __init__(self, table: DeskTable) -> None:
        self._table = table

    def begin(self, entry: LedgerEntry) -> LedgerEntry | None:
        """Claims the key, or gives what is there."""
        for _ in range(TRIES):
            if not self._table.write(Put.of(_entry_key(entry.key), entry, expects=ABSENT)):
                return None
            if stored := self.load(entry.key):
                return stored
        raise Unavailable(f"the ledger's entry {entry.key}, which comes and goes,")

    def record(self, entry: LedgerEntry) -> None:
        """Stores how far it got, forward only."""
        key = _entry_key(entry.key)
        for _ in range(TRIES):
            item = self._table.get(key)
            further = furthered(noun_of(LedgerEntry, item) if item else None, entry)
            if further is None:
                return
            if not self._table.write(Put.of(key, further, expects=_changes(item))):
                return
        raise Unavailable(f"the ledger's entry {entry.key}, which changes all the time,")

    def load(self, key: str) -> LedgerEntry | None:
        """The entry, or None."""
        item = self._table.get(_entry_key(key))
        return noun_of(LedgerEntry, item) if item else None

    def counters(
        self, customer_id: str, *, conversation_id: str, now: datetime, besides: str = ""
    ) -> Counters:
        """What the limits count for this customer, this conversation and this day."""
        item, places = self._places(customer_id)
        _, total = self._total(utc_day(now))
        return counted(
            places,
            total,
            besides=besides,
            version=item.changes if item else 0,
            conversation_id=conversation_id,
            now=now,
        )

    def reserve(self, reservation: Reservation, *, seen: Counters) -> bool:
        """Takes a place if the counters are still as they were seen."""
        day = utc_day(reservation.made_at)
        item, places = self._places(reservation.customer_id)
        if places.held(reservation.key):
            return True
        total_item, total = self._total(day)
        as_seen = (
            seen.customer_version == (item.changes if item else 0)
            and seen.refunded_today_cents == total.refunded_cents
        )
        return as_seen and not self._table.write(
            Put.of(
                _places_key(reservation.customer_id),
                places.with_place(reservation),
                expects=_changes(item),
            ),
            Put.of(
                _total_key(day),
                total.plus(reservation.money),
                expects=_changes(total_item),
            ),
        )

    def release(self, reservation: Reservation) -> None:
        """Gives the place back."""
        for _ in range(TRIES):
            item, places = self._places(reservation.customer_id)
            place = places.held(reservation.key)
            if item is None or place is None:
                return
            day = utc_day(place.made_at)
            total_item, total = self._total(day)
            freed = places.without(reservation.key)
            less = total.minus(place.amount_cents)
            if not self._table.write(
                Put.of(_places_key(reservation.customer_id), freed, expects=item.changes),
                Put.of(_total_key(day), less, expects=_changes(total_item)),
            ):
                return
        raise Unavailable("the limits, which change all the time,")

    def _places(self, customer_id: str) -> tuple[Item | None, Places]:
        item = self._table.get(_places_key(customer_id))
        return item, noun_of(Places, item) if item else Places()

    def _total(self, day: date) -> tuple[Item | None, DayTotal]:
        item = self._table.get(_total_key(day))
        return item, noun_of(DayTotal, item) if item else DayTotal()


def _changes(item: Item | None) -> int:
    return item.changes if item else ABSENT


def _entry_key(key: str) -> Key:
    return Key(f"L#{key}", "entry")


def _places_key(customer_id: str) -> Key:
    return Key(f"R#{customer_id}", "places")


def _total_key(day: date) -> Key:
    return Key(f"D#{day.isoformat()}", "total")
