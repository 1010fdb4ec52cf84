"""The limits count what a plain list of everything that ever happened would count."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from deskhand.adapters.memory.ledger import MemoryLedger
from deskhand.domain.ledger import Counters, Reservation
from tests.builders import NOON, some_money

EXAMPLES: Callable[[Any], Any] = settings(
    max_examples=150, derandomize=True, database=None, deadline=None
)

CENTS = st.sampled_from((0, 0, 5_00, 42_00, 80_00))
TICKETS = st.sampled_from(("", "T1", "T2"))
STEP = st.tuples(
    st.sampled_from(("c1", "c1", "c2")),
    CENTS,
    TICKETS,
    st.booleans(),  # whether it is given back
    st.sampled_from((0, 1, 30, 90, 24 * 60, 6 * 24 * 60, 30 * 24 * 60)),  # minutes to the next
)


@EXAMPLES
@given(st.lists(STEP, max_size=12))
def test_nothing_that_counts_is_forgotten(steps: list[tuple[str, int, str, bool, int]]) -> None:
    ledger, now = MemoryLedger(), NOON
    ever: list[tuple[Reservation, bool]] = []
    for number, (customer, cents, ticket, given_back, minutes) in enumerate(steps):
        place = Reservation(
            key=f"k{number}",
            customer_id=customer,
            conversation_id=ticket,
            action="refund_order",
            money=some_money(cents),
            made_at=now,
        )
        seen = ledger.counters(customer, conversation_id=ticket, now=now)
        assert ledger.reserve(place, seen=seen)
        if given_back:
            ledger.release(place)
        ever.append((place, not given_back))
        now += timedelta(minutes=minutes)

    for customer in ("c1", "c2"):
        found = ledger.counters(customer, conversation_id="T1", now=now)
        mine = [one for one in ever if one[0].customer_id == customer]
        week = [one for one in mine if one[0].made_at > now - timedelta(days=7)]
        today = [one for one in ever if one[0].made_at.date() == now.date()]
        quarter = [one for one in mine if one[0].made_at > now - timedelta(days=90)]
        assert found == Counters(
            customer_version=found.customer_version,
            refunds_in_7_days=sum(held and one.money.amount_cents > 0 for one, held in week),
            attempts_in_1_hour=sum(one.made_at > now - timedelta(hours=1) for one, _ in mine),
            refunded_today_cents=_cents(today),
            customer_today_cents=_cents([one for one in today if one in mine]),
            ticket_cents=_cents([one for one in quarter if one[0].conversation_id == "T1"]),
        )


def _cents(places: list[tuple[Reservation, bool]]) -> int:
    return sum(place.money.amount_cents for place, held in places if held)
