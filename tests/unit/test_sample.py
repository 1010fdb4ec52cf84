"""The sample shop is whole: its tickets, records and articles fit together and show everything."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import ValidationError

from deskhand.adapters.connectors.sample_shop_data import ShopData
from deskhand.domain.article import Article
from deskhand.domain.records import PaymentKind
from deskhand.domain.services import SubscriptionStatus
from deskhand.domain.turn import EndingKind
from deskhand.text.front_matter import read_article
from deskhand.tools.registry import OURS
from scripts.sample.ticket_file import SampleTicket, TicketFileError, read_tickets
from tests.builders import NOON, ROOT, a_policy

SAMPLE = ROOT / "scripts" / "sample"
TICKETS = read_tickets(SAMPLE / "tickets")
SHOP = ShopData.model_validate_json((SAMPLE / "shop.json").read_bytes())
ORDER = re.compile(r"\bHR[ -]?(\d{4})\b", re.IGNORECASE)
NOT_THERE = {"9417"}
ELSEWHERE = {"line1": "Quay 1", "city": "Gent", "postcode": "9000", "country": "BE"}


def articles(folder: Path = SAMPLE) -> list[Article]:
    return [
        read_article(path.read_text(encoding="utf-8"), name=path.name, article_id=path.stem)
        for path in sorted((folder / "articles").glob("*.md"))
    ]


def words(ticket: SampleTicket) -> str:
    return "\n".join([ticket.subject, *(message.text for message in ticket.messages)])


def endings(ticket: SampleTicket) -> tuple[EndingKind, ...]:
    return ticket.expect.endings or (ticket.expect.last,)


# --- tickets --------------------------------------------------------------------------------------


def test_there_are_enough_tickets_to_show_the_shop() -> None:
    assert len(TICKETS) >= 36


@pytest.mark.parametrize("ticket", TICKETS, ids=lambda ticket: ticket.id)
def test_a_ticket_names_orders_that_exist_or_are_meant_not_to(ticket: SampleTicket) -> None:
    known = {re.sub(r"\D", "", order.id) for order in SHOP.orders} | NOT_THERE

    assert set(ORDER.findall(words(ticket))) <= known


@pytest.mark.parametrize("ticket", TICKETS, ids=lambda ticket: ticket.id)
def test_a_verified_asker_is_a_customer(ticket: SampleTicket) -> None:
    known = {customer.email for customer in SHOP.customers}

    assert not ticket.sender.verified or ticket.sender.email in known


@pytest.mark.parametrize("ticket", TICKETS, ids=lambda ticket: ticket.id)
def test_a_ticket_expects_actions_that_exist(ticket: SampleTicket) -> None:
    assert set(ticket.expect.actions) <= set(OURS.actions)


def test_every_ending_occurs() -> None:
    assert {kind for ticket in TICKETS for kind in endings(ticket)} == set(get_args(EndingKind))


def test_every_trigger_of_the_escalation_policy_occurs() -> None:
    expected = {code for ticket in TICKETS for code in ticket.expect.codes}
    triggers = {trigger.code for trigger in a_policy().triggers.values()}

    assert triggers - expected == set()


def test_at_least_six_in_ten_end_without_a_person() -> None:
    alone = [ticket for ticket in TICKETS if not ticket.by_a_person]

    assert len(alone) / len(TICKETS) >= 0.6


def test_every_payment_that_misbehaves_has_its_ticket() -> None:
    habits = {order.payment for order in SHOP.orders if order.payment}
    named = {
        order.payment
        for order in SHOP.orders
        for ticket in TICKETS
        if order.payment and order.id in words(ticket)
    }

    assert named == habits == {"loses_answer", "declines", "times_out"}


def test_nobody_gets_two_refunds_by_themselves_except_where_that_is_the_point() -> None:
    refunds = Counter(
        ticket.sender.email
        for ticket in TICKETS
        for action in ticket.expect.actions
        if action == "refund_order"
    )

    twice = {email for email, count in refunds.items() if count > 1}
    assert twice == {"hannah.weiss@example.com"}


# --- the shop -------------------------------------------------------------------------------------


def test_the_shop_has_orders_in_every_state_and_customers_of_every_kind() -> None:
    assert len(SHOP.customers) >= 12
    assert len(SHOP.orders) >= 30
    assert len({order.status for order in SHOP.orders}) == 6
    assert any(customer.vip for customer in SHOP.customers)
    assert any(customer.flagged for customer in SHOP.customers)
    assert len({customer.country for customer in SHOP.customers}) > 5
    assert any(not customer.activated for customer in SHOP.customers)


def test_every_order_of_the_shop_is_of_things_it_sells_for_what_they_cost() -> None:
    prices = {
        variant.id: variant.price_cents for product in SHOP.products for variant in product.variants
    }
    names = {product.id: product.name for product in SHOP.products}

    for line in (line for order in SHOP.orders for line in order.lines):
        assert (names[line.product_id], prices[line.variant_id]) == (
            line.product,
            line.unit_price_cents,
        )


def test_every_customer_has_an_address_and_a_way_to_pay_and_every_order_was_paid_by_one() -> None:
    ways = {customer.id: customer.payment_methods for customer in SHOP.customers}

    assert all(customer.address and customer.payment_methods for customer in SHOP.customers)
    assert all(
        order.payment_method in {way.id for way in ways[order.customer]} for order in SHOP.orders
    )
    kinds = {way.kind for ways_of_one in ways.values() for way in ways_of_one}
    assert kinds == set(get_args(PaymentKind))


def test_the_shop_has_something_of_every_kind() -> None:
    stock = [variant.stock for product in SHOP.products for variant in product.variants]

    assert 0 in stock
    assert any(len(product.variants) > 2 for product in SHOP.products)
    assert {one.status for one in SHOP.subscriptions} == set(get_args(SubscriptionStatus))
    assert {plan.interval for plan in SHOP.plans} == {"month", "year"}
    assert any(incident.status != "resolved" for incident in SHOP.incidents)
    assert any(line.level == "error" for device in SHOP.devices for line in device.logs)


def test_no_number_of_the_shop_can_be_taken_for_that_of_an_order() -> None:
    orders = {re.sub(r"\D", "", order.id) for order in SHOP.orders} | NOT_THERE
    others = [way.words for customer in SHOP.customers for way in customer.payment_methods]
    others += [customer.phone for customer in SHOP.customers]
    others += [one.id for one in SHOP.subscriptions]

    assert not orders & {number for text in others for number in re.findall(r"\d+", text)}


@pytest.mark.parametrize(
    ("bent", "wrong"),
    [
        ({"customer": "nobody"}, "no customer 'nobody'"),
        ({"delivered_days_ago": 3}, "delivered_days_ago"),
        ({"status": "delivered"}, "delivered_days_ago"),
        ({"status": "delivered", "delivered_days_ago": 9}, "before it was placed"),
        ({"refunded_cents": 21_00}, "more than the order's total"),
        ({"colour": "red"}, "Extra inputs"),
        ({"payment_method": "card-9"}, "order 1: there is no payment method of theirs 'card-9'"),
        ({"ship_to": ELSEWHERE}, "`ship_to` is not in `ship_to_country`"),
        (
            {"lines": [{"product": "Box", "product_id": "p", "unit_price_cents": 20_00}]},
            "order 1: there is no product 'p'",
        ),
    ],
)
def test_a_shop_that_cannot_be_is_refused(bent: dict[str, Any], wrong: str) -> None:
    order = {
        "id": "1",
        "customer": "ada",
        "status": "placed",
        "placed_days_ago": 5,
        "lines": [{"product": "Box", "unit_price_cents": 20_00}],
        "ship_to_country": "NL",
    } | bent
    ada = {"id": "ada", "name": "Ada", "email": "ada@example.com", "country": "NL"}

    with pytest.raises(ValidationError, match=wrong):
        ShopData.model_validate({"currency": "EUR", "customers": [ada], "orders": [order]})


def test_a_shop_with_the_same_customer_twice_is_refused() -> None:
    ada = {"id": "ada", "name": "Ada", "email": "ada@example.com", "country": "NL"}

    with pytest.raises(ValidationError, match="the same e-mail address twice"):
        ShopData.model_validate(
            {"currency": "EUR", "customers": [ada, ada | {"id": "two"}], "orders": []}
        )


@pytest.mark.parametrize(
    ("bent", "wrong"),
    [
        ({"customer": "nobody"}, "subscription s: there is no customer 'nobody'"),
        ({"plan": "gold"}, "subscription s: there is no plan 'gold'"),
        ({"status": "paused"}, "`paused_for_days` goes with the status paused"),
    ],
)
def test_a_subscription_that_cannot_be_is_refused(bent: dict[str, Any], wrong: str) -> None:
    ada = {"id": "ada", "name": "Ada", "email": "ada@example.com", "country": "NL"}
    plan = {"id": "plan", "name": "Seeds", "price_cents": 9_00}
    one = {"id": "s", "customer": "ada", "plan": "plan", "since_days_ago": 9, "renews_in_days": 9}

    with pytest.raises(ValidationError, match=wrong):
        ShopData.model_validate(
            {
                "currency": "EUR",
                "customers": [ada],
                "orders": [],
                "plans": [plan],
                "subscriptions": [one | bent],
            }
        )


# --- articles -------------------------------------------------------------------------------------


def test_every_category_that_an_intent_searches_has_articles_in_force() -> None:
    today = NOON.date()
    in_force = {
        article.category
        for article in articles()
        if article.audience == "public"
        and (article.effective_from or today) <= today <= (article.effective_until or today)
    }
    searched = {name for intent in a_policy().intents.values() for name in intent.knowledge}

    assert searched <= in_force


def test_some_articles_are_internal_and_some_are_out_of_force() -> None:
    today = NOON.date()

    assert len(articles()) >= 15
    assert any(article.audience == "internal" for article in articles())
    assert any(
        article.effective_until and article.effective_until < today for article in articles()
    )


def test_no_intent_knows_an_order_or_a_customer_of_the_shop() -> None:
    names = {name for customer in SHOP.customers for name in customer.name.split() if len(name) > 3}
    for intent in a_policy().intents.values():
        said = " ".join(intent.examples)
        assert not ORDER.search(said)
        assert not names & set(re.findall(r"\w+", said))


# --- bad ticket files -----------------------------------------------------------------------------

GOOD: dict[str, Any] = {
    "id": "a",
    "about": "It is simple.",
    "from": {"email": "ada@example.com"},
    "messages": [{"text": "Hello"}],
    "expect": {"ending": "answered"},
}


@pytest.mark.parametrize(
    ("bent", "wrong"),
    [
        ({"expect": {"ending": "solved"}}, r"a\.json: expect\.ending"),
        ({"expect": {}}, r"a\.json: expect: .*either `ending` or"),
        ({"from": {"email": "ada"}}, r"a\.json: from\.email"),
        ({"messages": []}, r"a\.json: messages"),
        ({"messages": [{"text": "x", "when": "later"}]}, r"a\.json: messages\.0\.when"),
        ({"messages": [{"text": "x", "when": "at_once"}]}, "the first message"),
        ({"messages": [{"text": "x"}, {"text": "y"}]}, "only the first message"),
        ({"person": [{"does": "edit", "by": "M"}]}, r"person\.0: .*needs `reply`"),
        ({"person": [{"does": "reject", "by": "M"}]}, r"person\.0: .*needs `reason`"),
        ({"id": "Not an id"}, r"a\.json: id"),
        ({"colour": "red"}, r"a\.json: colour"),
    ],
)
def test_a_bad_ticket_is_refused_with_its_file_and_field(
    tmp_path: Path, bent: dict[str, Any], wrong: str
) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(GOOD | bent), encoding="utf-8")

    with pytest.raises(TicketFileError, match=wrong):
        read_tickets(path)


@pytest.mark.parametrize(
    ("name", "content", "wrong"),
    [
        ("a.json", b"{", r"a\.json: not JSON at line 1"),
        ("a.json", b"\xff", r"a\.json: not UTF-8"),
        ("a.json", b"[]", r"a\.json: the ticket"),
        ("a.jsonl", json.dumps(GOOD).encode() + b"\n\n{", r"a\.jsonl:3: not JSON"),
        ("a.jsonl", (json.dumps(GOOD) + "\n").encode() * 2, "the id 'a' stands 2 times"),
        ("a.txt", b"", "no .json or .jsonl file"),
    ],
)
def test_a_bad_file_is_refused_with_the_place(
    tmp_path: Path, name: str, content: bytes, wrong: str
) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises(TicketFileError, match=wrong):
        read_tickets(tmp_path)


def test_a_path_where_nothing_is_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TicketFileError, match="no such file or folder"):
        read_tickets(tmp_path / "none.json")


def test_tickets_can_stand_one_a_line(tmp_path: Path) -> None:
    lines = [json.dumps(GOOD), "", json.dumps(GOOD | {"id": "b"})]
    (tmp_path / "two.jsonl").write_text("\n".join(lines), encoding="utf-8")

    assert [ticket.id for ticket in read_tickets(tmp_path / "two.jsonl")] == ["a", "b"]
