"""The ledger in memory: the twin for a laptop and for tests."""

from collections import defaultdict
from datetime import date, datetime
from threading import Lock

from deskhand.adapters.ledger_order import furthered
from deskhand.adapters.limits import DayTotal, Places, counted, utc_day
from deskhand.domain.ledger import Counters, LedgerEntry, Reservation


class MemoryLedger:
    """The port `Ledger`, behind one lock."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._entries: dict[str, LedgerEntry] = {}
        self._places: defaultdict[str, Places] = defaultdict(Places)
        self._versions: defaultdict[str, int] = defaultdict(int)
        self._totals: defaultdict[date, DayTotal] = defaultdict(DayTotal)

    def begin(self, entry: LedgerEntry) -> LedgerEntry | None:
        """Claims the key, or gives what is there."""
        with self._lock:
            if stored := self._entries.get(entry.key):
                return stored
            self._entries[entry.key] = entry
            return None

    def record(self, entry: LedgerEntry) -> None:
        """Stores how far it got, forward only."""
        with self._lock:
            if further := furthered(self._entries.get(entry.key), entry):
                self._entries[entry.key] = further

    def load(self, key: str) -> LedgerEntry | None:
        """The entry, or None."""
        with self._lock:
            return self._entries.get(key)

    def counters(
        self, customer_id: str, *, conversation_id: str, now: datetime, besides: str = ""
    ) -> Counters:
        """What the limits count for this customer, this conversation and this day."""
        with self._lock:
            return counted(
                self._places[customer_id],
                self._totals[utc_day(now)],
                besides=besides,
                version=self._versions[customer_id],
                conversation_id=conversation_id,
                now=now,
            )

    def reserve(self, reservation: Reservation, *, seen: Counters) -> bool:
        """Takes a place if the counters are still as they were seen."""
        customer_id, day = reservation.customer_id, utc_day(reservation.made_at)
        with self._lock:
            places, total = self._places[customer_id], self._totals[day]
            if places.held(reservation.key):
                return True
            if (self._versions[customer_id], total.refunded_cents) != (
                seen.customer_version,
                seen.refunded_today_cents,
            ):
                return False
            more, taken = total.plus(reservation.money), places.with_place(reservation)
            self._totals[day] = more
            self._keep(customer_id, taken)
            return True

    def release(self, reservation: Reservation) -> None:
        """Gives the place back."""
        with self._lock:
            places = self._places[reservation.customer_id]
            if place := places.held(reservation.key):
                day = utc_day(place.made_at)
                self._totals[day] = self._totals[day].minus(place.amount_cents)
                self._keep(reservation.customer_id, places.without(reservation.key))

    def _keep(self, customer_id: str, places: Places) -> None:
        self._places[customer_id] = places
        self._versions[customer_id] += 1
