"""What is looked up around an order: its parcel, its money, its products, and ways of paying."""

from datetime import timedelta
from typing import Any

import pytest

from deskhand.domain.classification import Classification, Entities
from deskhand.domain.records import CustomerScope, Order
from deskhand.ports import Connectors
from deskhand.tools.facts.order import whole
from deskhand.tools.facts.shipment import shipment_fact
from deskhand.tools.registry import OURS
from deskhand.tools.tool import Found
from tests.builders import NOON, some_money
from tests.ordering import a_shop, ada


def found(lookup: str, text: str, *references: str, question: str = "") -> Found:
    shop = a_shop()
    reading = Classification(
        intents=(), question=question or text, entities=Entities(references=references)
    )
    return OURS.lookups[lookup].look_up(ada(shop), shop, reading, text)


def words(answer: Found) -> list[str]:
    return [sentence for fact in answer.facts for sentence in fact.words]


# --- the parcel -----------------------------------------------------------------------------------


def test_a_parcel_that_is_late_is_told_with_its_carrier_and_number() -> None:
    answer = found("find_shipment", "where is it?", "shipped")

    assert [fact.id for fact in answer.facts] == ["shipment:shipped"]
    assert words(answer) == [
        "The parcel of order shipped is on its way.",
        "The parcel of order shipped was expected on 19 November 2026 and is 2 days late.",
        "The carrier of order shipped is Postwing.",
        "The tracking number of order shipped is PW1.",
        "Order shipped goes to Elm Street 1, 10115 Berlin, DE.",
    ]
    assert answer.facts[0].attributes["days_late"] == 2


@pytest.mark.parametrize(
    ("order_id", "sentence"),
    [
        ("placed", "The parcel of order placed has not left us yet."),
        ("packed", "The parcel of order packed has not left us yet."),
        ("delivered", "The parcel of order delivered was delivered on 17 November 2026."),
        ("cancelled", "There is no parcel of order cancelled on its way."),
    ],
)
def test_a_parcel_is_where_its_order_is(order_id: str, sentence: str) -> None:
    answer = found("find_shipment", "where is it?", order_id)

    assert words(answer)[0] == sentence
    assert answer.facts[0].attributes["days_late"] == 0


@pytest.mark.parametrize(
    ("in_days", "sentence"),
    [
        (-1, "The parcel of order x was expected on 20 November 2026 and is 1 day late."),
        (0, "The parcel of order x is expected on 21 November 2026."),
        (3, "The parcel of order x is expected on 24 November 2026."),
    ],
)
def test_a_parcel_is_late_from_the_day_after_it_was_expected(in_days: int, sentence: str) -> None:
    today = NOON.date()
    order = an_order(expected_on=today + timedelta(days=in_days))

    assert sentence in shipment_fact(order, lambda: NOON).words


def test_of_a_parcel_without_papers_only_its_way_is_told() -> None:
    fact = shipment_fact(an_order(), lambda: NOON)

    assert fact.words == ("The parcel of order x is on its way.",)


def an_order(**bent: Any) -> Order:
    given = {
        "id": "x",
        "customer_id": "ada",
        "status": "shipped",
        "placed_at": NOON,
        "lines": (),
        "total": some_money(),
        "paid_with": "card",
        "ship_to_country": "DE",
    }
    return Order.model_validate(given | bent)


def test_a_parcel_of_somebody_else_looks_as_if_it_did_not_exist() -> None:
    theirs, none = (found("find_shipment", "?", one) for one in ("bens", "no-such"))

    assert (theirs.facts, none.facts) == ((), ())
    assert theirs.missing == ("an order bens in your account",)
    assert none.missing == ("an order no-such in your account",)


# --- the money ------------------------------------------------------------------------------------


def test_what_could_go_back_is_told_without_a_promise() -> None:
    answer = found("refund_eligibility", "can I have my money back?", "delivered")

    assert words(answer) == [
        "0.00 EUR of order delivered has gone back so far.",
        "60.00 EUR of order delivered has not gone back.",
        "Order delivered was paid by card.",
        "Order delivered was delivered on 17 November 2026.",
    ]
    assert answer.facts[0].attributes["refundable_cents"] == 60_00
    assert answer.facts[0].attributes["delivered_days"] == 4


def test_what_has_not_arrived_has_no_day_of_delivery() -> None:
    answer = found("refund_eligibility", "can I have my money back?", "placed")

    assert answer.facts[0].attributes["delivered_days"] == -1
    assert not any("was delivered" in sentence for sentence in words(answer))


# --- products -------------------------------------------------------------------------------------


def test_a_product_that_is_named_is_told_with_all_that_it_is_sold_as() -> None:
    answer = found("find_product", "does the Dune tent come in blue?")

    assert [fact.id for fact in answer.facts] == ["product:tent"]
    assert set(words(answer)) == {
        "Dune tent, red: 35.00 EUR, in stock.",
        "Dune tent, green: 40.00 EUR, in stock.",
        "Dune tent, sand: 50.00 EUR, in stock.",
        "Dune tent, blue: 40.00 EUR, sold out.",
    }


def test_nobody_is_told_how_many_there_are() -> None:
    [fact] = found("find_product", "the Dune tent").facts

    assert "stock': 4" not in str(fact.attributes)
    assert {row["in_stock"] for row in rows(fact.attributes["variants"])} == {True, False}


def rows(listed: Any) -> list[dict[str, Any]]:
    return list(listed)


def test_a_product_may_be_named_in_the_question_only() -> None:
    answer = found("find_product", "and in red?", question="Does the Dune tent come in red?")

    assert [fact.id for fact in answer.facts] == ["product:tent"]


def test_no_product_is_named_no_product_is_told() -> None:
    assert found("find_product", "where is my order?") == Found()


def test_the_products_of_an_order_are_those_that_it_can_be_exchanged_for() -> None:
    answer = found("find_ordered_products", "it is too small", "delivered")

    assert [fact.id for fact in answer.facts] == ["product:tent", "product:lantern"]


@pytest.mark.parametrize("order_id", ["bens", "no-such"])
def test_nothing_is_told_of_products_in_an_order_that_is_not_theirs(order_id: str) -> None:
    assert found("find_ordered_products", "it is too small", order_id) == Found()


# --- ways of paying -------------------------------------------------------------------------------


def test_a_customer_is_told_their_own_ways_of_paying() -> None:
    answer = found("find_payment_methods", "can you pay it back to my gift card?")

    assert [fact.id for fact in answer.facts] == [
        *("payment:card-1", "payment:card-2", "payment:gift-1", "payment:gift-2")
    ]
    assert answer.facts[2].words == (
        "The gift card ending in 7070 is kept in your account as a way of paying.",
        "There is 60.00 left on the gift card ending in 7070.",
    )
    assert answer.facts[0].attributes["balance_cents"] == -1


def test_a_lookup_never_reads_beyond_its_scope() -> None:
    shop: Connectors = a_shop()
    ben = CustomerScope(customer_id="ben")
    reading = Classification(
        intents=(), question="my order", entities=Entities(references=("delivered",))
    )

    for lookup in OURS.lookups.values():
        if lookup.name not in {"find_shipment", "refund_eligibility", "find_payment_methods"}:
            continue
        told = lookup.look_up(ben, shop, reading, "my order delivered")
        assert not any("4242" in sentence for fact in told.facts for sentence in fact.words)
        assert all(fact.key != "delivered" for fact in told.facts)


def test_a_record_without_the_number_that_is_needed_is_named() -> None:
    [fact] = found("find_shipment", "?", "placed").facts
    assert whole(fact, "days_late") == 0

    with pytest.raises(TypeError, match="carrier"):
        whole(fact, "carrier")
