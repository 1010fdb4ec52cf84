"""A small shop with products, ways of paying and an order in every state, for what is done to
orders."""

from typing import Any

from deskhand.adapters.connectors.sample_shop import SampleShop
from deskhand.domain.draft import ProposedAction
from deskhand.domain.evidence import Facts
from deskhand.domain.policy import Policy
from deskhand.domain.records import CustomerScope
from deskhand.domain.ticket import Message
from deskhand.domain.turn import Drafted
from deskhand.domain.verdict import Verdict
from deskhand.ports import Connectors
from deskhand.tools.registry import OURS
from deskhand.tools.tool import Action
from tests.builders import NOON, a_draft, some_evidence
from tests.judging import a_request_turn, judged, with_intent
from tests.shopping import a_card, a_gift_card, scope_at

BERLIN = {"line1": "Elm Street 1", "city": "Berlin", "postcode": "10115", "country": "DE"}


def _order(id_: str, status: str, **bent: Any) -> dict[str, Any]:
    arrived = status not in ("placed", "packed", "shipped", "cancelled")
    return {
        "id": id_,
        "customer": "ada",
        "status": status,
        "placed_days_ago": 9,
        "delivered_days_ago": 4 if arrived else None,
        "lines": [
            {
                "product": "Dune tent",
                "product_id": "tent",
                "variant_id": "tent-green",
                "unit_price_cents": 40_00,
            },
            {
                "product": "Lantern",
                "product_id": "lantern",
                "variant_id": "lantern-small",
                "quantity": 2,
                "unit_price_cents": 10_00,
            },
        ],
        "payment_method": "card-1",
        "ship_to": BERLIN,
        "ship_to_country": "DE",
    } | bent


SHOP = {
    "currency": "EUR",
    "customers": [
        {
            "id": "ada",
            "name": "Ada",
            "email": "ada@example.com",
            "country": "DE",
            "payment_methods": [
                a_card("card-1", "4242"),
                a_card("card-2", "1881"),
                a_gift_card("gift-1", "7070", 60_00),
                a_gift_card("gift-2", "8080", 5_00),
            ],
        },
        {
            "id": "ben",
            "name": "Ben",
            "email": "ben@example.com",
            "country": "DE",
            "payment_methods": [a_card("card-9", "9999")],
        },
    ],
    "products": [
        {
            "id": "tent",
            "name": "Dune tent",
            "variants": [
                {"id": "tent-red", "options": "red", "price_cents": 35_00, "stock": 4},
                {"id": "tent-green", "options": "green", "price_cents": 40_00, "stock": 4},
                {"id": "tent-sand", "options": "sand", "price_cents": 50_00, "stock": 4},
                {"id": "tent-blue", "options": "blue", "price_cents": 40_00, "stock": 0},
            ],
        },
        {
            "id": "lantern",
            "name": "Lantern",
            "variants": [
                {"id": "lantern-small", "options": "small", "price_cents": 10_00, "stock": 4},
                {"id": "lantern-large", "options": "large", "price_cents": 12_00, "stock": 4},
            ],
        },
    ],
    "orders": [
        _order("placed", "placed"),
        _order("packed", "packed"),
        _order("shipped", "shipped", carrier="Postwing", tracking="PW1", expected_in_days=-2),
        _order("delivered", "delivered"),
        _order("cancelled", "cancelled", refunded_cents=60_00),
        _order("returned", "returned"),
        _order("return_requested", "return_requested"),
        _order("exchange_requested", "exchange_requested"),
        _order("by-gift-card", "placed", payment_method="gift-1", paid_with="gift card"),
        _order("late", "delivered", placed_days_ago=40, delivered_days_ago=31),
        _order("hangs-up-placed", "placed", payment="loses_answer"),
        _order("hangs-up", "delivered", payment="loses_answer"),
        _order("silent-placed", "placed", payment="times_out"),
        _order("silent", "delivered", payment="times_out"),
        _order("bens", "delivered", customer="ben", payment_method="card-9"),
        _order("bens-placed", "placed", customer="ben", payment_method="card-9"),
    ],
}
"""Ada's orders have their state for a name; each came to 60.00, a tent and two lanterns."""


def a_shop() -> Connectors:
    return SampleShop.seed(":memory:", SHOP, clock=lambda: NOON).connectors


def ada(shop: Connectors) -> CustomerScope:
    return scope_at(shop)


def facts_for(action: Action, shop: Connectors) -> Facts:
    """The records that the action is held against, as they are now."""
    return {fact.id: fact for fact in action.refresh(ada(shop), shop)}


def all_facts(shop: Connectors, *order_ids: str) -> Facts:
    """What the lookups would have found of these orders, all products and all ways of paying."""
    named = [
        OURS.actions["exchange_items"].model_validate(
            {
                "order_id": order_id,
                "swaps": [
                    {"line_id": "1", "product_id": product, "variant_id": "any"}
                    for product in ("tent", "lantern")
                ],
                "pay_with": method,
            }
        )
        for order_id in order_ids
        for method in ("card-1", "card-2", "gift-1", "gift-2")
    ]
    return {fact.id: fact for action in named for fact in action.refresh(ada(shop), shop)}


def everything_allowed() -> Policy:
    """The shipped policy with one wish for which everything may be proposed."""
    return with_intent("refund_request", actions=tuple(OURS.actions))


def a_wish(*proposed: ProposedAction, facts: Facts, text: str = "Please.", **bent: Any) -> Drafted:
    """A turn of Ada's that proposes these, with the records that were found."""
    evidence = some_evidence(
        facts=tuple(facts.values()), customer=a_shop().customers.customer(ada(a_shop()))
    )
    draft = a_draft(claims=(), actions=proposed)
    return a_request_turn(text, draft=draft, evidence=evidence, **bent)


def verdict_on(
    *proposed: ProposedAction,
    facts: Facts,
    history: tuple[Message, ...] = (),
    text: str = "Please.",
) -> Verdict:
    """What the gate says to these proposals, with the rules that are shipped."""
    turn = a_wish(*proposed, facts=facts, text=text, history=history)
    return judged(turn, policy=everything_allowed())


def proposal(name: str, **arguments: Any) -> ProposedAction:
    return ProposedAction(name=name, arguments=arguments)


def swap(line: str = "1", product: str = "tent", variant: str = "tent-sand") -> dict[str, str]:
    return {"line_id": line, "product_id": product, "variant_id": variant}
