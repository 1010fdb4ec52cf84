"""What was delivered comes back or is exchanged once, for money or things that are the
customer's."""

import pytest

from deskhand.errors import Rejected
from tests.contract.shops import Shop
from tests.contract.test_connectors_orders import BAD_SWAPS

NOT_DELIVERED = ["open", "packed", "shipped", "cancelled", "others", "unknown"]


def test_a_return_opens_and_its_money_waits_until_the_things_are_back(shop: Shop) -> None:
    orders = shop.connectors.orders

    orders.return_lines(
        shop.ada, "several", line_ids=["2", "3"], refund_to="gift-one", idempotency_key="k"
    )

    made, order = orders.made(shop.ada, "k"), shop.order("several")
    assert made is not None
    assert made.details["refund_cents"] == "9000"
    assert (order.status, order.refunded_cents) == ("return_requested", 0)
    assert shop.left_on("gift-one") == 40_00


def test_no_more_is_promised_for_a_return_than_was_not_given_back_yet(shop: Shop) -> None:
    shop.connectors.billing.refund(
        shop.ada, "delivered", amount_cents=25_00, idempotency_key="first"
    )

    shop.connectors.orders.return_lines(
        shop.ada, "delivered", line_ids=["1"], refund_to="card-one", idempotency_key="k"
    )

    made = shop.connectors.orders.made(shop.ada, "k")
    assert made is not None
    assert made.details["refund_cents"] == "500"


@pytest.mark.parametrize(
    ("line_ids", "refund_to", "why"),
    [
        ([], "card-one", "no line"),
        (["1", "1"], "card-one", "twice"),
        (["4"], "card-one", "no line 4"),
        (["1"], "paypal-one", "where it came from"),
        (["1"], "gift-two", "not a payment method of this customer"),
    ],
)
def test_a_return_that_cannot_be_is_not_opened(
    shop: Shop, line_ids: list[str], refund_to: str, why: str
) -> None:
    with pytest.raises(Rejected, match=why):
        shop.connectors.orders.return_lines(
            shop.ada, "several", line_ids=line_ids, refund_to=refund_to, idempotency_key="k"
        )

    assert shop.order("several").status == "delivered"


@pytest.mark.parametrize("order_id", NOT_DELIVERED)
def test_only_what_was_delivered_comes_back(shop: Shop, order_id: str) -> None:
    orders = shop.connectors.orders

    with pytest.raises(Rejected, match=order_id):
        orders.return_lines(
            shop.ada, order_id, line_ids=["1"], refund_to="card-one", idempotency_key="a"
        )
    with pytest.raises(Rejected, match=order_id):
        orders.exchange_lines(
            shop.ada, order_id, swaps={"1": "box-m"}, pay_with="card-one", idempotency_key="b"
        )


def test_an_exchange_lays_the_other_things_aside_and_settles_the_difference(shop: Shop) -> None:
    stock = shop.stock("box-m")

    shop.connectors.orders.exchange_lines(
        shop.ada, "delivered", swaps={"1": "box-m"}, pay_with="gift-one", idempotency_key="k"
    )

    assert shop.order("delivered").status == "exchange_requested"
    assert (shop.left_on("gift-one"), shop.stock("box-m")) == (35_00, stock - 1)


def test_an_exchange_of_as_many_as_were_bought_needs_as_many_in_stock(shop: Shop) -> None:
    with pytest.raises(Rejected, match="sold out"):
        shop.connectors.orders.exchange_lines(
            shop.ada, "several", swaps={"2": "box-last"}, pay_with="card-one", idempotency_key="k"
        )

    assert (shop.order("several").status, shop.stock("box-last")) == ("delivered", 1)


@pytest.mark.parametrize(("swaps", "pay_with", "why"), BAD_SWAPS)
def test_an_exchange_for_what_cannot_be_is_not_opened(
    shop: Shop, swaps: dict[str, str], pay_with: str, why: str
) -> None:
    left = shop.left_on("gift-one")

    with pytest.raises(Rejected, match=why):
        shop.connectors.orders.exchange_lines(
            shop.ada, "delivered", swaps=swaps, pay_with=pay_with, idempotency_key="k"
        )

    assert (shop.order("delivered").status, shop.left_on("gift-one")) == ("delivered", left)


def test_what_is_on_its_way_back_is_neither_returned_nor_exchanged_again(shop: Shop) -> None:
    orders = shop.connectors.orders
    orders.return_lines(
        shop.ada, "several", line_ids=["1"], refund_to="card-one", idempotency_key="first"
    )

    with pytest.raises(Rejected, match="return_requested"):
        orders.return_lines(
            shop.ada, "several", line_ids=["2"], refund_to="card-one", idempotency_key="a"
        )
    with pytest.raises(Rejected, match="return_requested"):
        orders.exchange_lines(
            shop.ada, "several", swaps={"2": "box-s"}, pay_with="card-one", idempotency_key="b"
        )
