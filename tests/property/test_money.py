"""Whatever dies and whoever comes between: the caps hold, and money leaves once."""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.property.shop_days import AMOUNTS, CUSTOMERS, HABITS, Run, ShopDays, order_of
from tests.property.watching import broken
from tests.property.weather import Weather

EXAMPLES: Callable[[Any], Any] = settings(
    max_examples=100, derandomize=True, database=None, deadline=None
)
"""Every run tries the same examples: what fails here fails everywhere."""

Want = tuple[str, int, int, bool]
WANT = st.tuples(
    st.sampled_from(CUSTOMERS),
    st.integers(0, len(AMOUNTS) - 1),  # which order
    st.sampled_from((1, 2)),  # all of it, or half
    st.booleans(),  # whether a person who is asked says yes
)
ORDERS = st.sampled_from([order_of(who, n) for who in CUSTOMERS for n in range(len(AMOUNTS))])
HABIT = st.dictionaries(ORDERS, st.sampled_from(HABITS), max_size=4)
DEATHS = st.lists(st.integers(0, 120), max_size=8)
BY_TURNS = st.integers(0, 10**6).map(lambda seed: Random(seed).choices(range(60), k=400))
"""Who is next, again and again: drawn evenly, for every order of steps to be as likely."""
HOURS = st.integers(0, 100)


def wants(days: ShopDays, want: Want) -> Run:
    who, number, part, approves = want
    return days.asks(who, order_of(who, number), AMOUNTS[number] // part, approves=approves)


@EXAMPLES
@given(st.lists(st.tuples(WANT, HOURS), min_size=1, max_size=8), HABIT, DEATHS)
def test_turns_that_die_and_are_taken_up_again(
    wanted: list[tuple[Want, int]], habits: dict[str, str], deaths: list[int]
) -> None:
    days = ShopDays(Weather(deaths), habits=habits)
    for want, hours in wanted:
        wants(days, want)()
        days.clock.pass_by(hours=hours)

    assert not list(broken(days.watch))


@EXAMPLES
@given(st.lists(st.tuples(WANT, HOURS), min_size=1, max_size=8), HABIT, DEATHS)
def test_turns_that_die_for_good(
    wanted: list[tuple[Want, int]], habits: dict[str, str], deaths: list[int]
) -> None:
    days = ShopDays(Weather(deaths), habits=habits)
    for want, hours in wanted:
        wants(days, want).until_it_dies()
        days.clock.pass_by(hours=hours)

    assert not list(broken(days.watch))


@EXAMPLES
@given(st.lists(WANT, min_size=2, max_size=5), HABIT, DEATHS, BY_TURNS)
def test_several_turns_at_once_that_die_and_are_taken_up_again(
    wanted: list[Want], habits: dict[str, str], deaths: list[int], turns: list[int]
) -> None:
    weather = Weather(deaths, turns)
    days = ShopDays(weather, habits=habits)

    weather.all_at_once(*[wants(days, want) for want in wanted])

    assert not list(broken(days.watch))


@EXAMPLES
@given(st.lists(WANT, min_size=1, max_size=3), HABIT, BY_TURNS)
def test_two_runs_of_the_same_turn_at_once(
    wanted: list[Want], habits: dict[str, str], turns: list[int]
) -> None:
    weather = Weather((), turns)
    days = ShopDays(weather, habits=habits)

    weather.all_at_once(*[run for want in wanted for run in [wants(days, want)] * 2])

    assert not list(broken(days.watch))


@pytest.mark.parametrize("death", range(40))
def test_who_dies_once_is_not_held_back_by_the_place_it_took_itself(death: int) -> None:
    days = ShopDays(Weather([death]), habits={})
    run = wants(days, ("ada", 0, 1, False))

    run()

    (key,) = days.watch.ledger.places
    assert days.watch.left("ada") == [20_00] or days.watch.ledger.load(key).state == "begun"
    assert not list(broken(days.watch))


@EXAMPLES
@given(st.lists(WANT, min_size=1, max_size=5), HABIT, BY_TURNS)
def test_when_nobody_dies_exactly_what_left_is_counted(
    wanted: list[Want], habits: dict[str, str], turns: list[int]
) -> None:
    weather = Weather((), turns)
    days = ShopDays(weather, habits=habits)

    weather.all_at_once(*[wants(days, want) for want in wanted])

    left = {who: days.watch.left(who) for who in CUSTOMERS}
    for who in CUSTOMERS:
        counters = days.watch.ledger.counters(who, conversation_id="", now=days.clock())
        assert counters.refunds_in_7_days == len(left[who])
        assert counters.customer_today_cents == sum(left[who])
        assert counters.refunded_today_cents == sum(map(sum, left.values()))
