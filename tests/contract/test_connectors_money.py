"""Money goes back once, as much as was paid, and only to where it came from or to a gift card of
the customer's own."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from deskhand.domain.money import Money
from deskhand.errors import DeskhandError, Rejected
from deskhand.ports import Orders
from tests.contract.racing import RACERS, race
from tests.contract.shops import Shop


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(RACERS) as pool:
        yield pool


# --- refunds --------------------------------------------------------------------------------------


def test_a_refund_shows_in_the_order_and_as_made(shop: Shop) -> None:
    billing = shop.connectors.billing

    billing.refund(shop.ada, "delivered", amount_cents=12_00, idempotency_key="k")

    made = billing.made(shop.ada, "k")
    assert made is not None
    assert made.money == Money(amount_cents=12_00, currency="EUR")
    assert shop.order("delivered").refunded_cents == 12_00


@pytest.mark.parametrize(("order_id", "amount_cents"), [("delivered", 11_00), ("shipped", 12_00)])
def test_a_key_is_never_used_for_another_refund(
    shop: Shop, order_id: str, amount_cents: int
) -> None:
    billing = shop.connectors.billing
    billing.refund(shop.ada, "delivered", amount_cents=12_00, idempotency_key="k")

    with pytest.raises(Rejected, match="key"):
        billing.refund(shop.ada, order_id, amount_cents=amount_cents, idempotency_key="k")

    assert shop.order("delivered").refunded_cents == 12_00
    assert shop.order("shipped").refunded_cents == 0


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

    assert shop.order("delivered").refundable_cents == 0


def test_a_refund_goes_back_to_where_the_order_was_paid_from(shop: Shop) -> None:
    billing = shop.connectors.billing

    billing.refund(shop.ada, "by-gift-card", amount_cents=10_00, idempotency_key="k")

    made = billing.made(shop.ada, "k")
    assert made is not None
    assert (made.details["to"], shop.left_on("gift-one")) == ("gift-one", 50_00)


def test_a_refund_goes_to_a_gift_card_of_the_customers_at_once(shop: Shop) -> None:
    billing = shop.connectors.billing

    for _ in range(2):
        billing.refund(
            shop.ada, "delivered", amount_cents=10_00, to="gift-one", idempotency_key="k"
        )

    assert (shop.left_on("gift-one"), shop.order("delivered").refunded_cents) == (50_00, 10_00)


@pytest.mark.parametrize("to", ["paypal-one", "gift-two", "card-two", "nothing"])
def test_a_refund_goes_nowhere_else(shop: Shop, to: str) -> None:
    with pytest.raises(Rejected, match=to):
        shop.connectors.billing.refund(
            shop.ada, "delivered", amount_cents=10_00, to=to, idempotency_key="k"
        )

    assert shop.connectors.billing.made(shop.ada, "k") is None
    assert shop.order("delivered").refunded_cents == 0


# --- credits --------------------------------------------------------------------------------------


def test_a_credit_is_kept_with_its_amount(shop: Shop) -> None:
    money = Money(amount_cents=7_50, currency="EUR")

    shop.connectors.billing.credit(shop.ada, money, why="late", idempotency_key="k")

    made = shop.connectors.billing.made(shop.ada, "k")
    assert made is not None
    assert made.money == money


@pytest.mark.parametrize(("cents", "currency"), [(0, "EUR"), (-1, "EUR"), (5_00, "USD")])
def test_nothing_less_and_other_currencies_are_not_credited(
    shop: Shop, cents: int, currency: str
) -> None:
    money = Money(amount_cents=cents, currency=currency)

    with pytest.raises(Rejected):
        shop.connectors.billing.credit(shop.ada, money, why="late", idempotency_key="k")

    assert shop.connectors.billing.made(shop.ada, "k") is None


# --- several at once ------------------------------------------------------------------------------


def test_of_many_refunds_at_once_only_as_many_are_made_as_were_paid_for(
    shop: Shop, pool: ThreadPoolExecutor
) -> None:
    shops = [shop.again() for _ in range(RACERS)]

    def refund(number: int) -> bool:
        billing = shops[number].billing
        try:
            billing.refund(shop.ada, "delivered", amount_cents=20_00, idempotency_key=f"{number}")
        except Rejected:
            return False
        return True

    made = race(pool, *(lambda number=number: refund(number) for number in range(RACERS)))

    assert (made.count(True), shop.order("delivered").refunded_cents) == (1, 20_00)


def test_a_cancellation_and_a_refund_at_once_never_give_back_more_than_was_paid(
    shop: Shop, pool: ThreadPoolExecutor
) -> None:
    one, other = shop.again(), shop.again()

    def cancel() -> int:
        one.orders.cancel(shop.ada, "by-gift-card", idempotency_key="a")
        return 0

    def refund() -> int:
        try:
            other.billing.refund(shop.ada, "by-gift-card", amount_cents=10_00, idempotency_key="b")
        except DeskhandError:
            return 0
        return 1

    race(pool, cancel, refund)

    assert (shop.order("by-gift-card").refundable_cents, shop.left_on("gift-one")) == (0, 70_00)


def test_a_gift_card_never_pays_more_than_is_on_it(shop: Shop, pool: ThreadPoolExecutor) -> None:
    one, other = shop.again().orders, shop.again().orders

    def pay(orders: Orders, order_id: str) -> bool:
        try:
            orders.change_payment(
                shop.ada, order_id, payment_method_id="gift-one", idempotency_key=order_id
            )
        except Rejected:
            return False
        return True

    paid = race(pool, lambda: pay(one, "open"), lambda: pay(other, "open-too"))

    assert (paid.count(True), shop.left_on("gift-one")) == (1, 10_00)
