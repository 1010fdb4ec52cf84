"""Which of a customer's orders a message speaks of, and what is said of it."""

from typing import Any

import pytest

from deskhand.adapters.connectors.sample_shop import SampleShop
from deskhand.domain.classification import Classification, Entities
from deskhand.domain.money import Money
from deskhand.domain.records import Order
from deskhand.tools.facts.order import order_fact
from deskhand.tools.registry import OURS
from deskhand.tools.tool import Found
from tests.builders import NOON
from tests.shopping import scope_at

BOX, LAMP, TENT = "Larch nest box", "Lantern for tents", "Dune tent"


def an_order(id_: str, status: str, *products: str, **bent: Any) -> dict[str, Any]:
    arrived = status in ("delivered", "returned")
    return {
        "id": id_,
        "customer": "ada",
        "status": status,
        "placed_days_ago": 9,
        "lines": [{"product": name, "unit_price_cents": 20_00} for name in products or (BOX,)],
        "ship_to_country": "NL",
        "delivered_days_ago": 4 if arrived else None,
    } | bent


def found(
    text: str,
    *orders: dict[str, Any],
    lookup: str = "find_order",
    references: tuple[str, ...] = (),
    question: str = "",
) -> Found:
    ada = {"id": "ada", "name": "Ada", "email": "ada@example.com", "country": "NL"}
    ben = ada | {"id": "ben", "email": "ben@example.com"}
    others = an_order("BB-7700", "shipped", customer="ben")
    data = {"currency": "EUR", "customers": [ada, ben], "orders": [*orders, others]}
    shop = SampleShop.seed(":memory:", data, clock=lambda: NOON).connectors
    reading = Classification(
        intents=(), question=question or text, entities=Entities(references=references)
    )
    return OURS.lookups[lookup].look_up(scope_at(shop), shop, reading, text)


def keys(answer: Found) -> list[str]:
    return [fact.key for fact in answer.facts]


# --- by number ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    ["AB-1042", "ab-1042", "AB1042", "ab 1042", "#AB-1042", "AB-01042", "1042", "0001042"],
)
def test_a_number_is_recognised_however_it_is_written(written: str) -> None:
    orders = an_order("AB-1042", "shipped"), an_order("AB-1043", "shipped")

    assert keys(found("where is it?", *orders, references=(written,))) == ["AB-1042"]


@pytest.mark.parametrize("written", ["PW 007 31", "pw00731", "PW-731"])
def test_a_tracking_number_names_its_order(written: str) -> None:
    orders = (
        an_order("AB-1042", "shipped", tracking="PW00731"),
        an_order("AB-1043", "shipped", tracking="PW00732"),
    )

    assert keys(found("?", *orders, references=(written,))) == ["AB-1042"]


@pytest.mark.parametrize("written", ["AB-9999", "BB-7700", "7700", "XY-1042", "42", "-"])
def test_a_number_that_is_not_the_customers_is_missing_whoever_else_has_it(written: str) -> None:
    answer = found("where is it?", an_order("AB-1042", "shipped"), references=(written,))

    assert answer.missing == (f"an order {written} in your account",)
    assert not answer.facts
    assert not answer.choices


def test_of_two_numbers_one_can_be_there_and_one_missing() -> None:
    answer = found("?", an_order("AB-1042", "shipped"), references=("AB-1042", "AB-1"))

    assert keys(answer) == ["AB-1042"]
    assert answer.missing == ("an order AB-1 in your account",)


def test_the_same_order_named_twice_is_one_fact() -> None:
    answer = found("?", an_order("AB-1042", "shipped"), references=("AB-1042", "1042"))

    assert keys(answer) == ["AB-1042"]


def test_the_other_one_is_the_order_that_was_not_named() -> None:
    orders = an_order("AB-1", "shipped"), an_order("AB-1042", "shipped")

    assert keys(found("and the other one?", *orders, references=("AB-1042",))) == ["AB-1"]


# --- by what was bought ---------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["where are my tents", "the tent, please", "the Dune one"])
def test_a_product_names_the_order_it_was_bought_in(text: str) -> None:
    orders = an_order("AB-1", "delivered", BOX), an_order("AB-2", "delivered", "Dune tent")

    assert keys(found(text, *orders)) == ["AB-2"]


def test_an_everyday_word_alone_names_no_product() -> None:
    orders = an_order("AB-1", "delivered", BOX), an_order("AB-2", "delivered", "Dune tent")

    answer = found("the box was crushed", *orders)

    assert not answer.facts
    assert len(answer.choices) == 2


def test_two_everyday_words_of_one_product_do() -> None:
    orders = an_order("AB-1", "delivered", "Small box"), an_order("AB-2", "delivered", "Big tent")

    assert keys(found("where is the small box", *orders)) == ["AB-1"]


def test_the_order_that_matches_more_of_the_words_is_meant() -> None:
    orders = an_order("AB-1", "delivered", TENT), an_order("AB-2", "delivered", LAMP)

    assert keys(found("the lantern for our tent", *orders)) == ["AB-2"]


def test_two_products_of_two_orders_are_both_found() -> None:
    orders = an_order("AB-1", "delivered", TENT), an_order("AB-2", "delivered", BOX)

    assert sorted(keys(found("where are the tent and the nest box", *orders))) == ["AB-1", "AB-2"]


def test_of_the_same_product_twice_the_preferred_order_is_meant() -> None:
    orders = an_order("AB-1", "delivered", TENT), an_order("AB-2", "packed", TENT)

    assert keys(found("the tent", *orders, lookup="find_open_order")) == ["AB-2"]
    assert keys(found("the tent", *orders, lookup="find_received_order")) == ["AB-1"]


def test_of_the_same_product_twice_the_customer_chooses_if_nothing_tells() -> None:
    orders = an_order("AB-1", "packed", TENT), an_order("AB-2", "packed", TENT)

    answer = found("the tent", *orders)

    assert not answer.facts
    assert sorted(answer.choices) == [
        "order AB-1 of 12 November 2026 (Dune tent)",
        "order AB-2 of 12 November 2026 (Dune tent)",
    ]


def test_what_the_message_leaves_out_is_taken_from_the_whole_question() -> None:
    orders = an_order("AB-1", "delivered", TENT), an_order("AB-2", "delivered", BOX)

    answer = found("has it come?", *orders, question="has it come? (the tent)")

    assert keys(answer) == ["AB-1"]


# --- by what is likely ----------------------------------------------------------------------------


def test_the_only_order_is_meant() -> None:
    assert keys(found("where is it", an_order("AB-1", "cancelled"))) == ["AB-1"]


def test_the_only_order_in_the_preferred_status_is_meant() -> None:
    orders = an_order("AB-1", "delivered"), an_order("AB-2", "shipped")

    assert keys(found("where is my stuff", *orders, lookup="find_open_order")) == ["AB-2"]
    assert keys(found("it is broken", *orders, lookup="find_received_order")) == ["AB-1"]


def test_the_only_recent_order_is_meant() -> None:
    old = an_order("AB-1", "delivered", placed_days_ago=60, delivered_days_ago=50)

    assert keys(found("it is broken", old, an_order("AB-2", "delivered"))) == ["AB-2"]


def test_several_that_fit_are_given_to_choose_from_newest_first_and_not_too_many() -> None:
    orders = [an_order(f"AB-{day}", "shipped", placed_days_ago=day) for day in range(1, 9)]

    answer = found("where is it", *orders)

    assert not answer.facts
    assert len(answer.choices) == 5
    assert answer.choices[0].startswith("order AB-1 of 20 November 2026")


@pytest.mark.parametrize("text", ["my last order", "the most recent purchase", "the newest parcel"])
def test_the_last_order_is_the_newest(text: str) -> None:
    orders = an_order("AB-1", "shipped"), an_order("AB-2", "shipped", placed_days_ago=1)

    assert keys(found(f"where is {text}", *orders)) == ["AB-2"]


def test_last_week_is_not_the_last_order() -> None:
    orders = an_order("AB-1", "shipped"), an_order("AB-2", "shipped", placed_days_ago=1)

    assert not found("I ordered last week", *orders).facts


@pytest.mark.parametrize("text", ["where are my orders?", "both orders please", "all the orders"])
def test_who_means_all_orders_gets_all(text: str) -> None:
    orders = an_order("AB-1", "shipped"), an_order("AB-2", "shipped", placed_days_ago=1)

    assert keys(found(text, *orders)) == ["AB-2", "AB-1"]


@pytest.mark.parametrize("text", ["one of my two orders is a mistake", "which of my orders is it"])
def test_who_means_one_of_several_chooses(text: str) -> None:
    orders = an_order("AB-1", "shipped"), an_order("AB-2", "shipped", placed_days_ago=1)

    assert not found(text, *orders).facts
    assert len(found(text, *orders).choices) == 2


def test_who_has_no_order_is_told_so() -> None:
    assert found("where is it").missing == ("an order in your account",)


def test_a_lookup_by_name_only_never_guesses() -> None:
    order = an_order("AB-1", "shipped")

    assert found("any news?", order, lookup="find_named_order") == Found()
    assert keys(found("?", order, lookup="find_named_order", references=("AB-1",))) == ["AB-1"]


# --- a part of an order ---------------------------------------------------------------------------


def part(text: str, *lines: tuple[str, int], **bent: Any) -> int | None:
    """What the part that the text is about came to, in cents."""
    order = an_order("AB-1042", "delivered") | {
        "lines": [
            {"product": product, "quantity": quantity, "unit_price_cents": 20_00}
            for product, quantity in lines
        ]
    }
    facts = found(text, order | bent, references=("AB-1042",)).facts
    parts = [fact.attributes["refundable_cents"] for fact in facts if fact.kind == "part"]
    return parts[0] if parts else None


TWO = (TENT, 1), (BOX, 1)


def test_what_is_named_of_an_order_is_a_fact_of_its_own() -> None:
    order = an_order("AB-1042", "delivered", TENT, BOX)

    answer = found("the tent is torn", order)

    assert keys(answer) == ["AB-1042", "AB-1042"]
    assert answer.facts[1].id == "part:AB-1042"
    assert answer.facts[1].words == ("1 x Dune tent of order AB-1042 came to 20.00 EUR.",)


@pytest.mark.parametrize(
    ("text", "lines", "cents"),
    [
        ("the tent is torn", TWO, 20_00),
        ("the tent and the nest box are torn", TWO, None),
        ("refund order AB-1042", TWO, None),
        ("the tent is torn, I want a full refund", TWO, None),
        ("the tent is torn, take everything back", TWO, None),
        ("the tents are torn", ((TENT, 2), (BOX, 1)), 40_00),
        ("one of the tents is torn", ((TENT, 2), (BOX, 1)), 20_00),
        ("one of the tents is torn", ((TENT, 2),), 20_00),
        ("one of the tents is torn", ((TENT, 1),), None),
        ("the tents are torn", ((TENT, 2),), None),
    ],
)
def test_a_part_is_what_the_text_names_and_not_the_whole(
    text: str, lines: tuple[tuple[str, int], ...], cents: int | None
) -> None:
    assert part(text, *lines) == cents


def test_no_more_of_a_part_goes_back_than_is_left_of_the_order() -> None:
    assert part("the tent is torn", *TWO, refunded_cents=35_00) == 5_00


# --- what is said ---------------------------------------------------------------------------------


def words(status: str, **bent: Any) -> tuple[str, ...]:
    [fact] = found("?", an_order("AB-1", status, **bent)).facts
    return fact.words


@pytest.mark.parametrize(
    ("status", "bent", "said"),
    [
        ("placed", {}, "Order AB-1 is paid and waits to be packed."),
        ("packed", {}, "Order AB-1 is packed and has not left us yet."),
        ("shipped", {}, "Order AB-1 is on its way."),
        ("shipped", {"carrier": "Postwing"}, "Order AB-1 is on its way with Postwing."),
        ("shipped", {"tracking": "PW1"}, "The tracking number of order AB-1 is PW1."),
        (
            "shipped",
            {"expected_in_days": 0},
            "Order AB-1 is expected to arrive on 21 November 2026.",
        ),
        (
            "shipped",
            {"expected_in_days": -1},
            "Order AB-1 was expected on 20 November 2026 and has not been delivered yet.",
        ),
        ("delivered", {}, "Order AB-1 was delivered on 17 November 2026."),
        (
            "delivered",
            {"carrier": "Postwing"},
            "Order AB-1 was delivered on 17 November 2026 by Postwing.",
        ),
        ("delivered", {}, "Nothing of order AB-1 has been refunded so far."),
        ("delivered", {"refunded_cents": 5_00}, "5.00 EUR of order AB-1 has been refunded."),
        ("cancelled", {}, "Order AB-1 was cancelled."),
        ("returned", {}, "Order AB-1 was sent back and has reached us."),
        ("placed", {}, "Order AB-1 was placed on 12 November 2026."),
        ("placed", {}, "Order AB-1 contains 1 x Larch nest box."),
        ("placed", {"paid_with": "PayPal"}, "Order AB-1 came to 20.00 EUR, paid by PayPal."),
    ],
)
def test_a_fact_says_in_whole_sentences(status: str, bent: dict[str, Any], said: str) -> None:
    assert said in words(status, **bent)


def test_a_delivery_without_a_date_is_told_without_one() -> None:
    order = Order(
        id="AB-1",
        customer_id="ada",
        status="delivered",
        placed_at=NOON,
        lines=(),
        total=Money(amount_cents=0, currency="EUR"),
        paid_with="card",
        ship_to_country="NL",
    )

    assert "Order AB-1 was delivered." in order_fact(order, lambda: NOON).words


def test_an_order_that_has_not_arrived_has_no_days_since() -> None:
    [fact] = found("?", an_order("AB-1", "shipped")).facts

    assert fact.attributes["delivered_days"] == -1


def test_the_account_fact_says_nothing_of_rank_or_standing() -> None:
    [fact] = found("?", lookup="find_customer").facts

    assert fact.id == "customer:ada"
    assert fact.words == (
        "Your account is in the name of Ada.",
        "Your account is registered with the e-mail address ada@example.com.",
    )
    assert set(fact.attributes) == {"name", "email", "country"}
