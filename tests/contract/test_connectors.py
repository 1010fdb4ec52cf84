"""Whatever shop stands behind them, connectors know who is asking and read what is theirs alone."""

from datetime import timedelta

import pytest

from deskhand.domain.records import CustomerScope
from deskhand.domain.ticket import Asker
from deskhand.errors import Rejected
from tests.contract.shops import NOW, Shop

# --- who is asking --------------------------------------------------------------------------------


def test_a_verified_asker_is_known_by_their_address(shop: Shop) -> None:
    scope = shop.connectors.identity.scope(Asker(email="Ada@Example.com", verified=True))

    assert scope is not None
    assert shop.connectors.customers.customer(scope).name == "Ada"


@pytest.mark.parametrize(
    "asker",
    [
        Asker(email="ada@example.com", verified=False),
        Asker(email="nobody@example.com", verified=True),
        Asker(email="", verified=True),
        Asker(email="%", verified=True),
    ],
)
def test_nobody_is_known_who_is_not_verified_or_not_a_customer(shop: Shop, asker: Asker) -> None:
    assert shop.connectors.identity.scope(asker) is None


def test_a_customer_is_read_as_the_records_have_them(shop: Shop) -> None:
    ada, ben = (shop.connectors.customers.customer(scope) for scope in (shop.ada, shop.ben))

    assert (ada.email, ada.country, ada.vip, ada.flagged) == ("ada@example.com", "NL", True, False)
    assert (ben.email, ben.country, ben.vip, ben.flagged) == ("ben@example.com", "BE", False, True)


def test_a_customer_is_read_with_their_address_and_ways_of_paying(shop: Shop) -> None:
    ada, ben = (shop.connectors.customers.customer(scope) for scope in (shop.ada, shop.ben))

    assert (ada.phone, ada.activated) == ("+31 1", True)
    assert ada.address is not None
    assert ada.address.words == "Quay 1, 2611 Delft, NL"
    assert [(one.id, one.balance_cents) for one in ada.payment_methods] == [
        ("card-one", None),
        ("paypal-one", None),
        ("gift-one", 40_00),
    ]
    assert (ben.phone, ben.address, ben.activated) == ("", None, False)


@pytest.mark.parametrize(
    ("claimed", "on_file"),
    [("ADA@example.com", "ada@example.com"), ("nobody@example.com", None), ("", None), ("%", None)],
)
def test_a_code_for_an_account_goes_to_the_address_on_file_or_nowhere(
    shop: Shop, claimed: str, on_file: str | None
) -> None:
    asker = Asker(email=claimed, verified=False)

    assert shop.connectors.identity.address_on_file(asker) == on_file


def test_a_scope_of_nobody_is_rejected(shop: Shop) -> None:
    with pytest.raises(Rejected, match="no customer"):
        shop.connectors.customers.customer(CustomerScope(customer_id="nobody"))


# --- orders ---------------------------------------------------------------------------------------


def test_orders_are_the_customers_own_newest_first(shop: Shop) -> None:
    orders = shop.connectors.orders.orders(shop.ada)

    assert [order.id for order in orders][:3] == ["open", "shipped", "delivered"]
    assert {order.customer_id for order in orders} == {shop.ada.customer_id}
    assert [order.id for order in shop.connectors.orders.orders(shop.ben)] == [
        "others-open",
        "others",
    ]


def test_an_order_is_read_whole(shop: Shop) -> None:
    order = shop.connectors.orders.order(shop.ada, "delivered")

    assert order is not None
    assert (order.status, order.ship_to_country) == ("delivered", "NL")
    assert (order.total.words, order.refundable_cents) == ("30.00 EUR", 30_00)
    assert (order.lines[0].id, order.lines[0].product) == ("1", "Larch nest box")
    assert (order.lines[0].product_id, order.lines[0].variant_id) == ("box", "box-s")
    assert (order.payment_method_id, order.changed) == ("card-one", False)
    assert order.ship_to is not None
    assert order.ship_to.words == "Quay 1, 2611 Delft, NL"
    assert order.placed_at == NOW - timedelta(days=9)
    assert order.delivered_at == NOW - timedelta(days=4)


def test_an_order_on_its_way_says_when_it_is_expected(shop: Shop) -> None:
    order = shop.connectors.orders.order(shop.ada, "shipped")

    assert order is not None
    assert order.expected_on == (NOW - timedelta(days=1)).date()
    assert order.delivered_at is None


@pytest.mark.parametrize("order_id", ["others", "unknown", ""])
def test_somebody_elses_order_looks_like_none(shop: Shop, order_id: str) -> None:
    assert shop.connectors.orders.order(shop.ada, order_id) is None
