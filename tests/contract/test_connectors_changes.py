"""What every change in every system of record keeps: it is done once, for its own customer, and
can be read back."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from deskhand.domain.records import CustomerScope
from deskhand.errors import Rejected
from tests.contract.racing import RACERS, race
from tests.contract.shop_changes import CHANGES, Change
from tests.contract.shops import NOW, Shop

NOBODY = CustomerScope(customer_id="nobody")


@pytest.fixture(params=CHANGES)
def change(request: pytest.FixtureRequest) -> Change:
    return CHANGES[request.param]


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(RACERS) as pool:
        yield pool


def test_a_change_can_be_read_back_as_it_was_made(shop: Shop, change: Change) -> None:
    scope = shop.scope(change.who)

    reference = change.ask(shop.connectors, scope, "k")

    made = change.keeper(shop.connectors).made(scope, "k")
    assert made is not None
    assert (made.id, made.idempotency_key, made.made_at) == (reference, "k", NOW)
    assert (made.kind, made.subject, dict(made.details)) == (
        change.kind,
        change.subject,
        change.details,
    )


def test_what_was_not_asked_for_was_certainly_not_made(shop: Shop, change: Change) -> None:
    assert change.keeper(shop.connectors).made(shop.scope(change.who), "k") is None


def test_the_same_key_makes_a_change_once(shop: Shop, change: Change) -> None:
    scope = shop.scope(change.who)

    references = {change.ask(shop.connectors, scope, "k") for _ in range(3)}

    assert len(references) == 1


def test_the_same_key_is_never_used_for_something_else(shop: Shop, change: Change) -> None:
    scope = shop.scope(change.who)
    reference = change.ask(shop.connectors, scope, "k")

    with pytest.raises(Rejected, match="key"):
        change.ask_else(shop.connectors, scope, "k")

    made = change.keeper(shop.connectors).made(scope, "k")
    assert made is not None
    assert (made.id, made.kind) == (reference, change.kind)


def test_nobody_changes_what_is_not_theirs(shop: Shop, change: Change) -> None:
    with pytest.raises(Rejected):
        change.ask(shop.connectors, NOBODY, "k")

    assert change.keeper(shop.connectors).made(NOBODY, "k") is None


def test_another_customer_neither_makes_nor_sees_a_change(shop: Shop, change: Change) -> None:
    other = shop.ada if change.who == "ben@example.com" else shop.ben
    about_themselves = change.subject in ("one", "two")
    if not about_themselves:
        with pytest.raises(Rejected):
            change.ask(shop.connectors, other, "theirs")

    change.ask(shop.connectors, shop.scope(change.who), "k")

    assert change.keeper(shop.connectors).made(other, "k") is None
    with pytest.raises(Rejected):
        change.ask(shop.connectors, other, "k")


def test_a_change_that_was_made_here_shows_in_another_process(shop: Shop, change: Change) -> None:
    scope = shop.scope(change.who)

    reference = change.ask(shop.connectors, scope, "k")

    made = change.keeper(shop.again()).made(scope, "k")
    assert made is not None
    assert made.id == reference


def test_a_change_asked_for_many_times_at_once_is_made_once(
    shop: Shop, change: Change, pool: ThreadPoolExecutor
) -> None:
    scope = shop.scope(change.who)
    others = [shop.again() for _ in range(4)]

    references = race(
        pool,
        *(
            lambda connectors=connectors: change.ask(connectors, scope, "k")
            for connectors in others
        ),
    )

    assert len(set(references)) == 1
