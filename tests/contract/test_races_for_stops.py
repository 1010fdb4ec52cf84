"""Several at once over the anomaly stop: every happening counts, one stops, one lets go."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from deskhand.adapters.dynamodb.stops import DynamoDbStops
from deskhand.adapters.dynamodb.table import DeskTable
from deskhand.adapters.memory.stops import MemoryStops
from deskhand.domain.stop import StopRule
from deskhand.ports.once import Stops
from tests.builders import NOON
from tests.contract.racing import RACERS, race

EACH = 5
ALL = RACERS * EACH


@pytest.fixture(params=["memory", "dynamodb_local"])
def stops(request: pytest.FixtureRequest, ticket: str) -> Iterator[Stops]:
    """Stops of an action that no other test has: it is named as the ticket is."""
    rules = {ticket: {"done": StopRule(at_least=ALL, times_usual=1.0)}}
    if request.param == "memory":
        yield MemoryStops(rules)
        return
    table: DeskTable = request.getfixturevalue("racing_table")
    yield DynamoDbStops(table, rules)


def all_at_once(stops: Stops, action: str, pool: ThreadPoolExecutor) -> None:
    def note() -> None:
        for _ in range(EACH):
            stops.note(action, "done", at=NOON)

    race(pool, *[note] * RACERS)


def found(stops: Stops, action: str) -> list[int]:
    return [stop.count for stop in stops.standing() if stop.action == action]


def test_not_one_of_many_is_lost(stops: Stops, ticket: str, pool: ThreadPoolExecutor) -> None:
    all_at_once(stops, ticket, pool)

    assert found(stops, ticket) == [ALL]


def test_not_one_is_counted_twice(stops: Stops, ticket: str, pool: ThreadPoolExecutor) -> None:
    race(pool, *[lambda: stops.note(ticket, "done", at=NOON)] * RACERS)
    for _ in range(ALL - RACERS - 1):
        stops.note(ticket, "done", at=NOON)
    assert found(stops, ticket) == []

    stops.note(ticket, "done", at=NOON)
    assert found(stops, ticket) == [ALL]


def test_one_of_many_lets_it_go(stops: Stops, ticket: str, pool: ThreadPoolExecutor) -> None:
    all_at_once(stops, ticket, pool)
    people = [f"person {number}" for number in range(RACERS)]

    let_go = race(
        pool, *[lambda name=name: stops.release(ticket, by=name, at=NOON) for name in people]
    )

    (winner,) = [stop for stop in let_go if stop is not None]
    assert winner.released_by in people
    assert found(stops, ticket) == []


def test_what_comes_while_a_person_lets_it_go_is_counted_before_or_after(
    stops: Stops, ticket: str, pool: ThreadPoolExecutor
) -> None:
    all_at_once(stops, ticket, pool)

    race(
        pool,
        lambda: stops.release(ticket, by="Bo", at=NOON),
        *[lambda: stops.note(ticket, "done", at=NOON)] * (RACERS - 1),
    )

    assert found(stops, ticket) == []
    for _ in range(ALL):
        stops.note(ticket, "done", at=NOON)
    assert len(found(stops, ticket)) == 1
