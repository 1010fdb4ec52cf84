"""The ledger and the places under the limits against a small model: in any order, in any store."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
)

from deskhand.domain.ledger import Counters, LedgerEntry, LedgerState, Reservation
from tests.builders import NOON, StoppedClock, some_money
from tests.contract.conftest import Desk

STATES: tuple[LedgerState, ...] = ("begun", "done", "unknown", "confirmed", "refused")
RANK = {"begun": 0, "done": 1, "unknown": 2, "confirmed": 3, "refused": 3}
WHO, KEYS, TICKETS = ("ada", "ben"), ("k1", "k2", "k3", "k4"), ("T1", "T2")
PAUSES_S = (1, 600, 3_599, 3_600, 86_400, 7 * 86_400)
_numbers = count(1)
who, keys, tickets = st.sampled_from(WHO), st.sampled_from(KEYS), st.sampled_from(TICKETS)


@dataclass
class Place:
    """One place that was granted."""

    key: str
    customer: str
    ticket: str
    cents: int
    at: datetime
    held: bool = True


@dataclass(frozen=True)
class Seen:
    """The counters as somebody saw them, and what had changed by then."""

    counters: Counters
    changes: int


class Ledger(RuleBasedStateMachine):
    """Two customers of one shop; each rule does one thing to the store and the same to the
    model."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.name = desk, f"run-{next(_numbers)}"
        self.clock = StoppedClock(NOON + timedelta(days=100 * int(self.name[4:])))
        self.entries: dict[str, str] = {}
        self.places: list[Place] = []
        self.changes = dict.fromkeys(WHO, 0)
        self.seen: dict[str, Seen] = {}

    @rule(seconds=st.sampled_from(PAUSES_S))
    def time_passes(self, seconds: int) -> None:
        self.clock.pass_by(seconds=seconds)

    @rule(key=keys)
    def something_is_begun(self, key: str) -> None:
        earlier = self.desk.ledger.begin(self._entry(key, "begun"))
        assert (earlier.state if earlier else "") == self.entries.get(key, "")
        self.entries.setdefault(key, "begun")

    @rule(key=keys, state=st.sampled_from(STATES))
    def it_gets_further(self, key: str, state: LedgerState) -> None:
        self.desk.ledger.record(self._entry(key, state))
        stored = self.entries.get(key)
        if stored is None or RANK[state] > RANK[stored]:
            self.entries[key] = state

    @rule(customer=who, ticket=tickets)
    def somebody_counts(self, customer: str, ticket: str) -> None:
        found = self._counted(customer, ticket)
        self.seen[customer] = Seen(found, self.changes[customer])

    @precondition(lambda self: self.seen)
    @rule(data=st.data(), key=keys, ticket=tickets, cents=st.sampled_from((0, 10_00, 42_00)))
    def a_place_is_asked_for(self, data: st.DataObject, key: str, ticket: str, cents: int) -> None:
        customer = data.draw(st.sampled_from(sorted(self.seen)))
        seen = self.seen[customer]
        granted = self.desk.ledger.reserve(
            self._reservation(key, customer, ticket, cents), seen=seen.counters
        )
        held = self._held(key, customer)
        as_seen = (
            self.changes[customer] == seen.changes
            and self._total() == seen.counters.refunded_today_cents
        )
        assert granted is (held is not None or as_seen)
        if granted and held is None:
            self.places.append(Place(key, customer, ticket, cents, self.clock.now))
            self.changes[customer] += 1

    @precondition(lambda self: self.places)
    @rule(data=st.data(), key=keys, customer=who)
    def a_place_is_given_back(self, data: st.DataObject, key: str, customer: str) -> None:
        self.desk.ledger.release(self._reservation(key, customer, "T1", 10_00))
        place = self._held(key, customer)
        if place is not None:
            place.held = False
            self.changes[customer] += 1

    @invariant()
    def every_entry_is_as_the_model_has_it(self) -> None:
        for key in KEYS:
            stored = self.desk.ledger.load(f"{self.name}:{key}")
            assert (stored.state if stored else None) == self.entries.get(key)

    @invariant()
    def the_counters_are_as_the_model_has_them(self) -> None:
        now, week, hour = self.clock.now, timedelta(days=7), timedelta(hours=1)
        for customer in WHO:
            found = self._counted(customer, "T1")
            mine = [place for place in self.places if place.customer == customer]
            money = [place for place in mine if place.held and place.cents]
            assert found.refunds_in_7_days == sum(place.at > now - week for place in money)
            assert found.attempts_in_1_hour == sum(place.at > now - hour for place in mine)
            assert found.customer_today_cents == self._total(customer)
            assert found.refunded_today_cents == self._total()
            assert found.ticket_cents == sum(one.cents for one in money if one.ticket == "T1")

    def _counted(self, customer: str, ticket: str) -> Counters:
        return self.desk.ledger.counters(
            f"{self.name}:{customer}",
            conversation_id=f"{self.name}:{ticket}",
            now=self.clock.now,
        )

    def _total(self, customer: str = "") -> int:
        """What went back today, to that customer or to all."""
        today = self.clock.now.astimezone(UTC).date()
        return sum(
            place.cents
            for place in self.places
            if place.held and place.at.date() == today and customer in ("", place.customer)
        )

    def _held(self, key: str, customer: str) -> Place | None:
        found = (
            one for one in self.places if one.held and (one.key, one.customer) == (key, customer)
        )
        return next(found, None)

    def _entry(self, key: str, state: LedgerState) -> LedgerEntry:
        given = {
            "key": f"{self.name}:{key}",
            "what": "a refund",
            "conversation_id": f"{self.name}:T1",
            "turn_id": "t1",
            "state": state,
            "begun_at": self.clock.now,
        }
        return LedgerEntry.model_validate(given)

    def _reservation(self, key: str, customer: str, ticket: str, cents: int) -> Reservation:
        return Reservation(
            key=key,
            customer_id=f"{self.name}:{customer}",
            conversation_id=f"{self.name}:{ticket}",
            action="refund_order",
            money=some_money(cents),
            made_at=self.clock.now,
        )
