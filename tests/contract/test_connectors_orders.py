"""An order goes its way from placed to delivered and back, and each change is made only where it is
still possible."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from deskhand.errors import Rejected
from tests.contract.racing import RACERS, race
from tests.contract.shop_changes import MOVED
from tests.contract.shops import NOW, Shop


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(RACERS) as pool:
        yield pool


def _goes(do: Callable[[], object]) -> bool:
    try:
        do()
    except Rejected:
        return False
    return True


# --- cancelling -----------------------------------------------------------------------------------


@pytest.mark.parametrize("order_id", ["open", "packed"])
def test_an_order_that_has_not_left_is_cancelled_and_its_money_goes_back(
    shop: Shop, order_id: str
) -> None:
    shop.connectors.orders.cancel(shop.ada, order_id, idempotency_key="k")

    order = shop.order(order_id)
    made = shop.connectors.orders.made(shop.ada, "k")
    assert (order.status, order.refundable_cents) == ("cancelled", 0)
    assert made is not None
    assert made.money == order.total


def test_what_was_refunded_before_does_not_go_back_a_second_time(shop: Shop) -> None:
    shop.connectors.billing.refund(
        shop.ada, "by-gift-card", amount_cents=10_00, idempotency_key="first"
    )

    shop.connectors.orders.cancel(shop.ada, "by-gift-card", idempotency_key="k")

    made = shop.connectors.orders.made(shop.ada, "k")
    assert made is not None
    assert made.money is not None
    assert (made.money.amount_cents, shop.left_on("gift-one")) == (20_00, 70_00)


def test_what_was_in_a_cancelled_order_is_in_stock_again(shop: Shop) -> None:
    before = shop.stock("box-s")

    shop.connectors.orders.cancel(shop.ada, "open", idempotency_key="k")

    assert shop.stock("box-s") == before + 1


@pytest.mark.parametrize("order_id", ["shipped", "delivered", "cancelled", "others-open", "none"])
def test_what_has_left_or_is_not_theirs_is_not_cancelled(shop: Shop, order_id: str) -> None:
    with pytest.raises(Rejected, match=order_id):
        shop.connectors.orders.cancel(shop.ada, order_id, idempotency_key="k")

    assert shop.connectors.orders.made(shop.ada, "k") is None


def test_of_many_cancellations_at_once_one_is_made(shop: Shop, pool: ThreadPoolExecutor) -> None:
    shops = [shop.again() for _ in range(4)]

    def cancel(number: int) -> bool:
        try:
            shops[number].orders.cancel(shop.ada, "by-gift-card", idempotency_key=f"{number}")
        except Rejected:
            return False
        return True

    made = race(pool, *(lambda number=number: cancel(number) for number in range(4)))

    assert (made.count(True), shop.left_on("gift-one")) == (1, 70_00)


# --- another address ------------------------------------------------------------------------------


@pytest.mark.parametrize("order_id", ["open", "packed"])
def test_an_order_that_has_not_left_goes_to_another_address(shop: Shop, order_id: str) -> None:
    shop.connectors.orders.change_address(shop.ada, order_id, MOVED, idempotency_key="k")

    order = shop.order(order_id)
    assert (order.ship_to, order.ship_to_country) == (MOVED, "BE")


@pytest.mark.parametrize("order_id", ["shipped", "delivered", "cancelled"])
def test_what_has_left_goes_where_it_was_sent_to(shop: Shop, order_id: str) -> None:
    before = shop.order(order_id)

    with pytest.raises(Rejected, match=order_id):
        shop.connectors.orders.change_address(shop.ada, order_id, MOVED, idempotency_key="k")

    assert shop.order(order_id) == before


# --- other items ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("variant", "total_cents", "left_cents"), [("box-m", 35_00, 35_00), ("box-xs", 24_00, 46_00)]
)
def test_items_are_swapped_and_the_difference_is_settled(
    shop: Shop, variant: str, total_cents: int, left_cents: int
) -> None:
    stock = shop.stock("box-s"), shop.stock(variant)

    shop.connectors.orders.change_lines(
        shop.ada, "open", swaps={"1": variant}, pay_with="gift-one", idempotency_key="k"
    )

    order = shop.order("open")
    assert (order.lines[0].variant_id, order.changed) == (variant, True)
    assert order.total.amount_cents == total_cents
    assert order.lines[0].unit_price.amount_cents == total_cents
    assert shop.left_on("gift-one") == left_cents
    assert (shop.stock("box-s"), shop.stock(variant)) == (stock[0] + 1, stock[1] - 1)


def test_items_of_an_order_are_changed_once(shop: Shop) -> None:
    orders = shop.connectors.orders
    orders.change_lines(
        shop.ada, "open", swaps={"1": "box-m"}, pay_with="card-one", idempotency_key="first"
    )

    with pytest.raises(Rejected, match="once already"):
        orders.change_lines(
            shop.ada, "open", swaps={"1": "box-s"}, pay_with="card-one", idempotency_key="second"
        )


BAD_SWAPS = [
    ({}, "card-one", "no line"),
    ({"9": "box-m"}, "card-one", "no line 9"),
    ({"1": "box-s"}, "card-one", "already"),
    ({"1": "lamp-a"}, "card-one", "not a variant of Larch nest box"),
    ({"1": "unknown"}, "card-one", "not a variant"),
    ({"1": "box-gone"}, "card-one", "sold out"),
    ({"1": "box-m"}, "card-two", "not a payment method of this customer"),
    ({"1": "box-m"}, "", "not a payment method"),
    ({"1": "box-l"}, "gift-one", "not enough left on the gift card"),
    ({"1": "box-xs"}, "paypal-one", "where it came from"),
]


@pytest.mark.parametrize(("swaps", "pay_with", "why"), BAD_SWAPS)
def test_items_are_not_changed_into_what_cannot_be(
    shop: Shop, swaps: dict[str, str], pay_with: str, why: str
) -> None:
    before, left = shop.order("open"), shop.left_on("gift-one")

    with pytest.raises(Rejected, match=why):
        shop.connectors.orders.change_lines(
            shop.ada, "open", swaps=swaps, pay_with=pay_with, idempotency_key="k"
        )

    assert (shop.order("open"), shop.left_on("gift-one")) == (before, left)
    assert shop.connectors.orders.made(shop.ada, "k") is None


@pytest.mark.parametrize("order_id", ["packed", "shipped", "delivered", "cancelled", "others-open"])
def test_items_and_payment_of_what_is_packed_already_stay(shop: Shop, order_id: str) -> None:
    orders = shop.connectors.orders

    with pytest.raises(Rejected, match=order_id):
        orders.change_lines(
            shop.ada, order_id, swaps={"1": "box-m"}, pay_with="card-one", idempotency_key="a"
        )
    with pytest.raises(Rejected, match=order_id):
        orders.change_payment(
            shop.ada, order_id, payment_method_id="paypal-one", idempotency_key="b"
        )


# --- another payment ------------------------------------------------------------------------------


def test_an_order_is_paid_in_another_way_and_the_first_payment_goes_back(shop: Shop) -> None:
    orders = shop.connectors.orders

    orders.change_payment(
        shop.ada, "by-gift-card", payment_method_id="paypal-one", idempotency_key="k"
    )

    order = shop.order("by-gift-card")
    assert (order.payment_method_id, order.paid_with) == ("paypal-one", "PayPal")
    assert shop.left_on("gift-one") == 70_00


def test_a_gift_card_pays_at_once(shop: Shop) -> None:
    shop.connectors.orders.change_payment(
        shop.ada, "open", payment_method_id="gift-one", idempotency_key="k"
    )

    assert (shop.order("open").paid_with, shop.left_on("gift-one")) == ("gift card", 10_00)


@pytest.mark.parametrize(
    ("method", "why"),
    [
        ("card-one", "already"),
        ("card-two", "not a payment method of this customer"),
        ("gift-two", "not a payment method of this customer"),
        ("", "not a payment method"),
    ],
)
def test_an_order_is_not_paid_by_what_is_not_theirs_or_pays_already(
    shop: Shop, method: str, why: str
) -> None:
    with pytest.raises(Rejected, match=why):
        shop.connectors.orders.change_payment(
            shop.ada, "open", payment_method_id=method, idempotency_key="k"
        )

    assert shop.order("open").payment_method_id == "card-one"


def test_an_order_dearer_than_the_gift_card_is_not_paid_by_it(shop: Shop) -> None:
    orders = shop.connectors.orders
    orders.change_payment(shop.ada, "open", payment_method_id="gift-one", idempotency_key="first")

    with pytest.raises(Rejected, match="not enough left"):
        orders.change_payment(
            shop.ada, "open-too", payment_method_id="gift-one", idempotency_key="second"
        )

    assert shop.order("open-too").payment_method_id == "card-one"


# --- sent again -----------------------------------------------------------------------------------


def test_a_replacement_is_a_new_order_that_costs_nothing(shop: Shop) -> None:
    stock = shop.stock("box-m"), shop.stock("box-s")

    new_id = shop.connectors.orders.reship(shop.ada, "several", line_ids=["2"], idempotency_key="k")

    new, old = shop.order(new_id), shop.order("several")
    assert (new.status, new.total.amount_cents, new.placed_at) == ("placed", 0, NOW)
    assert [(line.variant_id, line.quantity) for line in new.lines] == [("box-m", 2)]
    assert (new.ship_to, new.expected_on) == (old.ship_to, None)
    assert (shop.stock("box-m"), shop.stock("box-s")) == (stock[0] - 2, stock[1])


def test_what_is_lost_on_its_way_is_sent_again(shop: Shop) -> None:
    shop.connectors.orders.reship(shop.ada, "shipped", line_ids=["1"], idempotency_key="k")

    assert shop.connectors.orders.orders(shop.ada)[0].placed_at > NOW - timedelta(minutes=1)


def test_each_thing_is_sent_again_once(shop: Shop) -> None:
    orders = shop.connectors.orders
    first = orders.reship(shop.ada, "several", line_ids=["1"], idempotency_key="first")

    with pytest.raises(Rejected, match="line 1"):
        orders.reship(shop.ada, "several", line_ids=["1", "3"], idempotency_key="second")
    third = orders.reship(shop.ada, "several", line_ids=["3"], idempotency_key="third")

    assert first != third


@pytest.mark.parametrize(
    ("order_id", "line_ids"),
    [
        ("delivered", []),
        ("delivered", ["1", "1"]),
        ("delivered", ["2"]),
        ("open", ["1"]),
        ("packed", ["1"]),
        ("cancelled", ["1"]),
        ("others", ["1"]),
    ],
)
def test_nothing_else_is_sent_again(shop: Shop, order_id: str, line_ids: list[str]) -> None:
    before = shop.connectors.orders.orders(shop.ada)

    with pytest.raises(Rejected, match=order_id):
        shop.connectors.orders.reship(shop.ada, order_id, line_ids=line_ids, idempotency_key="k")

    assert shop.connectors.orders.orders(shop.ada) == before


def test_what_all_money_went_back_for_is_not_sent_again(shop: Shop) -> None:
    shop.connectors.billing.refund(
        shop.ada, "delivered", amount_cents=30_00, idempotency_key="money"
    )

    with pytest.raises(Rejected, match="gone back already"):
        shop.connectors.orders.reship(shop.ada, "delivered", line_ids=["1"], idempotency_key="k")


def test_the_last_one_in_stock_is_sent_to_one_customer(
    shop: Shop, pool: ThreadPoolExecutor
) -> None:
    one, other = shop.again().orders, shop.again().orders
    swap = {"1": "box-last"}

    def ada() -> bool:
        return _goes(
            lambda: one.exchange_lines(
                shop.ada, "delivered", swaps=swap, pay_with="card-one", idempotency_key="a"
            )
        )

    def ben() -> bool:
        return _goes(
            lambda: other.exchange_lines(
                shop.ben, "others", swaps=swap, pay_with="card-two", idempotency_key="b"
            )
        )

    assert sorted(race(pool, ada, ben)) == [False, True]
    assert shop.stock("box-last") == 0
