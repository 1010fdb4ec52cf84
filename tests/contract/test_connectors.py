"""What every connector to a shop keeps, whatever system stands behind it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from deskhand.domain.records import CustomerScope
from deskhand.domain.ticket import Asker
from deskhand.errors import DeskhandError, Rejected, Unavailable
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


def test_a_scope_of_nobody_is_rejected(shop: Shop) -> None:
    with pytest.raises(Rejected, match="no customer"):
        shop.connectors.customers.customer(CustomerScope(customer_id="nobody"))


# --- orders ---------------------------------------------------------------------------------------


def test_orders_are_the_customers_own_newest_first(shop: Shop) -> None:
    orders = shop.connectors.orders.orders(shop.ada)

    assert [order.id for order in orders][:3] == ["open", "shipped", "delivered"]
    assert {order.customer_id for order in orders} == {shop.ada.customer_id}
    assert [order.id for order in shop.connectors.orders.orders(shop.ben)] == ["others"]


def test_an_order_is_read_whole(shop: Shop) -> None:
    order = shop.connectors.orders.order(shop.ada, "delivered")

    assert order is not None
    assert (order.status, order.ship_to_country) == ("delivered", "NL")
    assert (order.total.words, order.refundable_cents) == ("30.00 EUR", 30_00)
    assert order.lines[0].product == "Larch nest box"
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


# --- cancelling -----------------------------------------------------------------------------------


def test_an_order_that_has_not_left_is_cancelled_and_its_money_goes_back(shop: Shop) -> None:
    orders = shop.connectors.orders

    reference = orders.cancel(shop.ada, "open", idempotency_key="k")

    order = orders.order(shop.ada, "open")
    assert order is not None
    assert (order.status, order.refundable_cents) == ("cancelled", 0)
    assert orders.made(shop.ada, "k").id == reference


def test_cancelling_again_with_the_same_key_is_the_same_cancellation(shop: Shop) -> None:
    orders = shop.connectors.orders

    first = orders.cancel(shop.ada, "open", idempotency_key="k")

    assert orders.cancel(shop.ada, "open", idempotency_key="k") == first


@pytest.mark.parametrize("order_id", ["shipped", "delivered", "others", "unknown"])
def test_what_has_left_or_is_not_theirs_is_not_cancelled(shop: Shop, order_id: str) -> None:
    with pytest.raises(Rejected, match=order_id):
        shop.connectors.orders.cancel(shop.ada, order_id, idempotency_key="k")

    assert shop.connectors.orders.made(shop.ada, "k") is None


def test_a_cancelled_order_is_not_cancelled_a_second_time(shop: Shop) -> None:
    shop.connectors.orders.cancel(shop.ada, "open", idempotency_key="k")

    with pytest.raises(Rejected):
        shop.connectors.orders.cancel(shop.ada, "open", idempotency_key="another")


# --- refunds --------------------------------------------------------------------------------------


def test_a_refund_is_made_and_can_be_read_back(shop: Shop) -> None:
    billing = shop.connectors.billing

    reference = billing.refund(shop.ada, "delivered", amount_cents=12_00, idempotency_key="k")

    made = billing.made(shop.ada, "k")
    assert made is not None
    assert (made.id, made.subject, made.money and made.money.words) == (
        reference,
        "delivered",
        "12.00 EUR",
    )
    order = shop.connectors.orders.order(shop.ada, "delivered")
    assert order is not None
    assert order.refunded_cents == 12_00


def test_the_same_key_pays_once(shop: Shop) -> None:
    billing = shop.connectors.billing

    references = {
        billing.refund(shop.ada, "delivered", amount_cents=30_00, idempotency_key="k")
        for _ in range(3)
    }

    assert len(references) == 1
    order = shop.connectors.orders.order(shop.ada, "delivered")
    assert order is not None
    assert order.refunded_cents == 30_00


@pytest.mark.parametrize(("order_id", "amount_cents"), [("delivered", 11_00), ("shipped", 12_00)])
def test_a_key_is_never_used_for_something_else(
    shop: Shop, order_id: str, amount_cents: int
) -> None:
    billing = shop.connectors.billing
    billing.refund(shop.ada, "delivered", amount_cents=12_00, idempotency_key="k")

    with pytest.raises(Rejected, match="key"):
        billing.refund(shop.ada, order_id, amount_cents=amount_cents, idempotency_key="k")


def test_somebody_elses_key_is_neither_seen_nor_used_again(shop: Shop) -> None:
    billing = shop.connectors.billing
    billing.refund(shop.ben, "others", amount_cents=5_00, idempotency_key="k")

    assert billing.made(shop.ada, "k") is None
    with pytest.raises(Rejected):
        billing.refund(shop.ada, "delivered", amount_cents=5_00, idempotency_key="k")


@pytest.mark.parametrize(
    ("order_id", "amount_cents"),
    [("delivered", 30_01), ("delivered", 0), ("delivered", -1), ("others", 1_00), ("unknown", 1)],
)
def test_more_than_was_paid_nothing_and_other_peoples_orders_are_not_refunded(
    shop: Shop, order_id: str, amount_cents: int
) -> None:
    with pytest.raises(Rejected):
        shop.connectors.billing.refund(
            shop.ada, order_id, amount_cents=amount_cents, idempotency_key="k"
        )

    assert shop.connectors.billing.made(shop.ada, "k") is None


def test_parts_add_up_to_what_was_paid_and_no_further(shop: Shop) -> None:
    billing = shop.connectors.billing
    billing.refund(shop.ada, "delivered", amount_cents=20_00, idempotency_key="first")

    with pytest.raises(Rejected):
        billing.refund(shop.ada, "delivered", amount_cents=10_01, idempotency_key="second")
    billing.refund(shop.ada, "delivered", amount_cents=10_00, idempotency_key="third")

    order = shop.connectors.orders.order(shop.ada, "delivered")
    assert order is not None
    assert order.refundable_cents == 0


def test_a_lost_answer_can_be_read_back(shop: Shop) -> None:
    billing = shop.connectors.billing

    with pytest.raises(Unavailable):
        billing.refund(shop.ada, "hangs-up", amount_cents=30_00, idempotency_key="k")

    made = billing.made(shop.ada, "k")
    assert made is not None
    assert billing.refund(shop.ada, "hangs-up", amount_cents=30_00, idempotency_key="k") == made.id


@pytest.mark.parametrize(("order_id", "error"), [("silent", Unavailable), ("refused", Rejected)])
def test_a_payment_that_fails_moves_no_money(
    shop: Shop, order_id: str, error: type[DeskhandError]
) -> None:
    with pytest.raises(error):
        shop.connectors.billing.refund(shop.ada, order_id, amount_cents=30_00, idempotency_key="k")

    assert shop.connectors.billing.made(shop.ada, "k") is None
    order = shop.connectors.orders.order(shop.ada, order_id)
    assert order is not None
    assert order.refunded_cents == 0


# --- several at once ------------------------------------------------------------------------------


def test_what_one_process_did_another_sees(shop: Shop) -> None:
    reference = shop.connectors.orders.cancel(shop.ada, "open", idempotency_key="k")

    assert shop.again().orders.made(shop.ada, "k").id == reference


def test_of_many_refunds_at_once_only_as_many_are_made_as_were_paid_for(shop: Shop) -> None:
    others = [shop.again() for _ in range(4)]

    def refund(number: int) -> bool:
        billing = others[number % len(others)].billing
        try:
            billing.refund(
                shop.ada, "delivered", amount_cents=20_00, idempotency_key=f"key {number}"
            )
        except Rejected:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(refund, range(8)))

    assert made.count(True) == 1


def test_the_same_refund_asked_many_times_at_once_is_made_once(shop: Shop) -> None:
    others = [shop.again() for _ in range(4)]

    def refund(number: int) -> str:
        return others[number % len(others)].billing.refund(
            shop.ada, "delivered", amount_cents=20_00, idempotency_key="k"
        )

    with ThreadPoolExecutor(8) as pool:
        references = set(pool.map(refund, range(8)))

    order = shop.connectors.orders.order(shop.ada, "delivered")
    assert order is not None
    assert (len(references), order.refunded_cents) == (1, 20_00)
