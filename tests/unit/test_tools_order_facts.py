"""What an order's fact tells the rules, and of which lines a part of it is."""

import pytest

from deskhand.domain.records import Order
from deskhand.tools.facts.order import order_fact, part_fact
from tests.builders import NOON
from tests.ordering import a_shop, ada


def an_order(order_id: str) -> Order:
    shop = a_shop()
    order = shop.orders.order(ada(shop), order_id)
    assert order is not None
    return order


def test_the_attributes_are_what_the_permission_rules_speak_of() -> None:
    fact = order_fact(an_order("delivered"), lambda: NOON)

    assert fact.id == "order:delivered"
    assert fact.attributes == {
        "order_id": "delivered",
        "status": "delivered",
        "total_cents": 60_00,
        "refundable_cents": 60_00,
        "refunded_cents": 0,
        "sent_again_cents": 0,
        "currency": "EUR",
        "age_days": 9,
        "delivered_days": 4,
        "ship_to_country": "DE",
        "ship_to": "Elm Street 1, 10115 Berlin, DE",
        "payment_method": "card-1",
        "changed": False,
        "line_ids": ["1", "2"],
        "lines": [
            {
                "line_id": "1",
                "product": "Dune tent",
                "product_id": "tent",
                "variant_id": "tent-green",
                "quantity": 1,
                "unit_price_cents": 40_00,
            },
            {
                "line_id": "2",
                "product": "Lantern",
                "product_id": "lantern",
                "variant_id": "lantern-small",
                "quantity": 2,
                "unit_price_cents": 10_00,
            },
        ],
    }


@pytest.mark.parametrize(
    ("order_id", "words"),
    [
        ("return_requested", "A return of order return_requested is open."),
        ("exchange_requested", "An exchange of order exchange_requested is open."),
        ("returned", "Order returned was sent back and has reached us."),
    ],
)
def test_what_comes_back_is_told_in_words(order_id: str, words: str) -> None:
    assert words in order_fact(an_order(order_id), lambda: NOON).words


def test_a_part_is_known_by_its_lines_where_it_is_whole_lines() -> None:
    order = an_order("delivered")
    lanterns = order.lines[1]
    one_of_them = lanterns.model_copy(update={"quantity": 1})

    assert part_fact(order, (lanterns,)).attributes["line_ids"] == ["2"]
    assert "line_ids" not in part_fact(order, (one_of_them,)).attributes


def test_what_was_sent_again_is_known_by_what_it_was_sold_for() -> None:
    shop = a_shop()
    shop.orders.reship(ada(shop), "delivered", line_ids=("2",), idempotency_key="k")
    order = shop.orders.order(ada(shop), "delivered")

    assert order is not None
    assert order_fact(order, lambda: NOON).attributes["sent_again_cents"] == 20_00
