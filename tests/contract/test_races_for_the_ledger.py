"""Several at once over one ledger: a key and a place under the limits go to exactly one."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from deskhand.domain.ledger import Counters
from tests.builders import NOON
from tests.contract.conftest import Desk
from tests.contract.racing import RACERS, race
from tests.contract.test_ledger import an_entry
from tests.contract.test_ledger_limits import a_reservation


@pytest.fixture
def desk(racing_desk: Desk) -> Desk:
    return racing_desk


def test_one_of_many_begins(desk: Desk, ticket: str, pool: ThreadPoolExecutor) -> None:
    entries = [an_entry(key=ticket, turn_id=f"t{number}") for number in range(RACERS)]

    found = race(pool, *[lambda one=one: desk.ledger.begin(one) for one in entries])

    assert found.count(None) == 1
    winner = entries[found.index(None)]
    assert {one.turn_id for one in found if one is not None} == {winner.turn_id}


def test_one_of_many_gets_the_place_that_all_have_seen(
    desk: Desk, ticket: str, pool: ThreadPoolExecutor
) -> None:
    seen = desk.ledger.counters(ticket, conversation_id=ticket, now=NOON)
    before = seen.refunded_today_cents
    places = [
        a_reservation(f"{ticket}-{number}", 10_00, customer_id=ticket) for number in range(RACERS)
    ]

    got = race(pool, *[lambda one=one: desk.ledger.reserve(one, seen=seen) for one in places])

    assert sorted(got) == [False] * (RACERS - 1) + [True]
    after = desk.ledger.counters(ticket, conversation_id=ticket, now=NOON)
    assert after == Counters(
        customer_version=1,
        refunds_in_7_days=1,
        attempts_in_1_hour=1,
        refunded_today_cents=before + 10_00,
        customer_today_cents=10_00,
    )


def test_places_that_are_given_back_at_once_are_each_given_back_once(
    desk: Desk, ticket: str, pool: ThreadPoolExecutor
) -> None:
    day = NOON + timedelta(days=100)  # a day of this test's own
    places = [
        a_reservation(f"{ticket}-{number}", 10_00, customer_id=f"{ticket}-{number}", made_at=day)
        for number in range(RACERS // 2)
    ]
    for place in places:
        seen = desk.ledger.counters(place.customer_id, conversation_id=ticket, now=day)
        assert desk.ledger.reserve(place, seen=seen)

    race(pool, *[lambda one=one: desk.ledger.release(one) for one in (*places, *places)])

    assert desk.ledger.counters(ticket, conversation_id=ticket, now=day) == Counters()
