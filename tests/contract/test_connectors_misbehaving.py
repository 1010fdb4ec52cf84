"""A payment that misbehaves moves nothing, or is found again afterwards; it is never made twice."""

from collections.abc import Callable
from typing import Any

import pytest

from deskhand.domain.money import Money
from deskhand.domain.records import Made
from deskhand.errors import DeskhandError, Rejected, Unavailable
from tests.contract.shops import Shop

Do = Callable[[Shop, str], Any]
SWAP: dict[str, Any] = {"swaps": {"1": "box-m"}, "pay_with": "gift-one"}
ARRIVED: dict[str, Do] = {
    "a refund": lambda shop, order: shop.connectors.billing.refund(
        shop.ada, order, amount_cents=30_00, to="gift-one", idempotency_key="k"
    ),
    "a return": lambda shop, order: shop.connectors.orders.return_lines(
        shop.ada, order, line_ids=["1"], refund_to="card-one", idempotency_key="k"
    ),
    "an exchange": lambda shop, order: shop.connectors.orders.exchange_lines(
        shop.ada, order, **SWAP, idempotency_key="k"
    ),
    "a replacement": lambda shop, order: shop.connectors.orders.reship(
        shop.ada, order, line_ids=["1"], idempotency_key="k"
    ),
}
STILL_HERE: dict[str, Do] = {
    "a cancellation": lambda shop, order: shop.connectors.orders.cancel(
        shop.ada, f"{order}-open", idempotency_key="k"
    ),
    "other items": lambda shop, order: shop.connectors.orders.change_lines(
        shop.ada, f"{order}-open", **SWAP, idempotency_key="k"
    ),
    "another payment": lambda shop, order: shop.connectors.orders.change_payment(
        shop.ada, f"{order}-open", payment_method_id="gift-one", idempotency_key="k"
    ),
}
CREDITS = {"hangs-up": "loses_answer", "silent": "times_out", "refused": "declines"}


def credit(shop: Shop, habit: str) -> str:
    scope = shop.scope(f"{CREDITS[habit]}@example.com")
    money = Money(amount_cents=5_00, currency="EUR")
    return shop.connectors.billing.credit(scope, money, why="late", idempotency_key="k")


@pytest.fixture(params=ARRIVED | STILL_HERE)
def do(request: pytest.FixtureRequest) -> Do:
    return (ARRIVED | STILL_HERE)[request.param]


def made(shop: Shop) -> Made | None:
    orders, billing = shop.connectors.orders, shop.connectors.billing
    return orders.made(shop.ada, "k") or billing.made(shop.ada, "k")


def everything(shop: Shop) -> object:
    """All that could have moved: orders, balances and stock."""
    stock = [shop.stock(variant) for variant in ("box-s", "box-m")]
    return shop.connectors.orders.orders(shop.ada), shop.left_on("gift-one"), stock


def test_what_was_done_though_its_answer_got_lost_can_be_read_back(shop: Shop, do: Do) -> None:
    with pytest.raises(Unavailable):
        do(shop, "hangs-up")

    assert made(shop) is not None


def test_what_was_done_though_its_answer_got_lost_is_not_done_again(shop: Shop, do: Do) -> None:
    with pytest.raises(Unavailable):
        do(shop, "hangs-up")
    found, after_once = made(shop), everything(shop)

    reference = do(shop, "hangs-up")

    assert found is not None
    assert (reference, everything(shop)) == (found.id, after_once)


@pytest.mark.parametrize(("order", "error"), [("silent", Unavailable), ("refused", Rejected)])
def test_a_payment_that_fails_moves_nothing(
    shop: Shop, do: Do, order: str, error: type[DeskhandError]
) -> None:
    before = everything(shop)

    with pytest.raises(error):
        do(shop, order)

    assert (made(shop), everything(shop)) == (None, before)


def test_a_credit_whose_answer_got_lost_is_found_and_given_once(shop: Shop) -> None:
    with pytest.raises(Unavailable):
        credit(shop, "hangs-up")

    found = shop.connectors.billing.made(shop.scope("loses_answer@example.com"), "k")
    assert found is not None
    assert credit(shop, "hangs-up") == found.id


@pytest.mark.parametrize(("habit", "error"), [("silent", Unavailable), ("refused", Rejected)])
def test_a_credit_that_fails_was_not_given(
    shop: Shop, habit: str, error: type[DeskhandError]
) -> None:
    with pytest.raises(error):
        credit(shop, habit)

    scope = shop.scope(f"{CREDITS[habit]}@example.com")
    assert shop.connectors.billing.made(scope, "k") is None
