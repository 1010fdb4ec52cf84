"""What is done with orders: named in full, done once, read back, and foreseen as it then is."""

from typing import Any

import pytest

from deskhand.domain.draft import ProposedAction
from deskhand.errors import Rejected, Unavailable
from deskhand.ports import Connectors
from deskhand.tools.order_action import OrderAction
from deskhand.tools.registry import OURS
from deskhand.tools.tool import Action
from tests.ordering import BERLIN, a_shop, ada, facts_for, proposal, swap

HAMBURG = BERLIN | {"line1": "Dock 2", "city": "Hamburg", "postcode": "20457"}
MUNICH = BERLIN | {"line1": "Lake Road 3", "city": "Munich", "postcode": "80331"}
TWO_SWAPS = [swap(), swap("2", "lantern", "lantern-large")]

DEEDS = [
    (
        proposal("refund_order", order_id="delivered", amount_cents=12_00),
        "a refund of 12.00 EUR for order delivered",
        "12.00 EUR of order delivered has been refunded (reference REF).",
    ),
    (
        proposal("refund_order", order_id="delivered", amount_cents=12_00, to="gift-1"),
        "a refund of 12.00 EUR for order delivered to the gift card ending in 7070",
        "12.00 EUR of order delivered has been refunded to the gift card ending in 7070"
        " (reference REF).",
    ),
    (
        proposal("cancel_order", order_id="by-gift-card"),
        "the cancellation of order by-gift-card",
        "Order by-gift-card has been cancelled (reference REF).",
    ),
    (
        proposal("return_items", order_id="delivered", line_ids=["1"]),
        "the return of 1 x Dune tent of order delivered, the money going back to where it came"
        " from",
        "The return of 1 x Dune tent of order delivered is open (reference REF). Once it is with"
        " us, the money goes back to where it came from.",
    ),
    (
        proposal("return_items", order_id="delivered", line_ids=["2", "1"], to="gift-1"),
        "the return of 2 x Lantern and 1 x Dune tent of order delivered, the money going to the"
        " gift card ending in 7070",
        "The return of 2 x Lantern and 1 x Dune tent of order delivered is open (reference REF)."
        " Once it is with us, the money goes to the gift card ending in 7070.",
    ),
    (
        proposal("exchange_items", order_id="delivered", swaps=TWO_SWAPS, pay_with="gift-1"),
        "the exchange of 1 x Dune tent for Dune tent, sand and 2 x Lantern for Lantern, large of"
        " order delivered, with 14.00 EUR to pay by the gift card ending in 7070",
        "The exchange of 1 x Dune tent for Dune tent, sand and 2 x Lantern for Lantern, large of"
        " order delivered is open, with 14.00 EUR to pay by the gift card ending in 7070"
        " (reference REF).",
    ),
    (
        proposal(
            "exchange_items",
            order_id="delivered",
            swaps=[swap(variant="tent-red")],
            pay_with="card-1",
        ),
        "the exchange of 1 x Dune tent for Dune tent, red of order delivered, with 5.00 EUR going"
        " back to the card ending in 4242",
        "The exchange of 1 x Dune tent for Dune tent, red of order delivered is open, with"
        " 5.00 EUR going back to the card ending in 4242 (reference REF).",
    ),
    (
        proposal("send_again", order_id="delivered", line_ids=["2"]),
        "sending 2 x Lantern of order delivered again, at no cost",
        "We are sending 2 x Lantern of order delivered again, as order REF.",
    ),
    (
        proposal("change_order_address", order_id="packed", address=HAMBURG),
        "sending order packed to Dock 2, 20457 Hamburg, DE",
        "Order packed now goes to Dock 2, 20457 Hamburg, DE (reference REF).",
    ),
    (
        proposal("change_order_items", order_id="placed", swaps=TWO_SWAPS, pay_with="gift-1"),
        "the change of 1 x Dune tent for Dune tent, sand and 2 x Lantern for Lantern, large in"
        " order placed, with 14.00 EUR to pay by the gift card ending in 7070",
        "The change of 1 x Dune tent for Dune tent, sand and 2 x Lantern for Lantern, large in"
        " order placed is made, with 14.00 EUR to pay by the gift card ending in 7070"
        " (reference REF).",
    ),
    (
        proposal("change_order_payment", order_id="by-gift-card", pay_with="card-2"),
        "paying order by-gift-card with the card ending in 1881, the first payment going back",
        "Order by-gift-card is now paid with the card ending in 1881 (reference REF).",
    ),
    (
        proposal("change_order_payment", order_id="placed", pay_with="gift-1"),
        "paying order placed with the gift card ending in 7070, the first payment going back",
        "Order placed is now paid with the gift card ending in 7070 (reference REF).",
    ),
]

OTHERS = {
    "refund_order": [{"amount_cents": 1}, {"to": "gift-2"}, {"order_id": "late"}],
    "cancel_order": [{"order_id": "placed"}],
    "return_items": [{"line_ids": ["1", "2"]}, {"to": "gift-2"}],
    "exchange_items": [
        {"swaps": [swap("2", "lantern", "lantern-large")]},
        {"swaps": [swap(variant="tent-red")], "pay_with": "gift-2"},
    ],
    "send_again": [{"line_ids": ["1"]}, {"order_id": "shipped"}],
    "change_order_address": [{"address": MUNICH}, {"order_id": "placed"}],
    "change_order_items": [{"swaps": [swap()]}, {"pay_with": "card-1"}],
    "change_order_payment": [{"order_id": "placed", "pay_with": "card-2"}],
}
"""What each could be mistaken for."""

ALL = pytest.mark.parametrize("proposed", [deed[0] for deed in DEEDS], ids=lambda one: one.name)


@pytest.fixture
def shop() -> Connectors:
    return a_shop()


def action_of(proposed: ProposedAction, **bent: Any) -> Action:
    arguments = {**proposed.arguments, **bent}
    return OURS.action_of(ProposedAction(name=proposed.name, arguments=arguments))


def test_everything_that_can_be_done_with_an_order_is_tried_here() -> None:
    orders = {name for name, action in OURS.actions.items() if issubclass(action, OrderAction)}

    assert {deed[0].name for deed in DEEDS} == orders - {"give_credit"} == set(OTHERS)


@pytest.mark.parametrize(("proposed", "words", "done"), DEEDS)
def test_a_deed_is_named_with_all_that_it_does(
    shop: Connectors, proposed: ProposedAction, words: str, done: str
) -> None:
    action = action_of(proposed)
    facts = facts_for(action, shop)

    assert action.in_words(facts) == words
    assert action.done_in_words(facts, "REF") == done


@ALL
def test_a_deed_is_done_once_and_read_back(shop: Connectors, proposed: ProposedAction) -> None:
    action = action_of(proposed)

    reference = action.perform(ada(shop), shop, idempotency_key="k")

    assert action.perform(ada(shop), shop, idempotency_key="k") == reference
    assert action.read_back(ada(shop), shop, idempotency_key="k") == reference


@ALL
def test_what_was_not_done_is_not_read_back(shop: Connectors, proposed: ProposedAction) -> None:
    assert action_of(proposed).read_back(ada(shop), shop, idempotency_key="k") is None


@ALL
def test_something_else_is_no_proof(shop: Connectors, proposed: ProposedAction) -> None:
    for number, bent in enumerate(OTHERS[proposed.name]):
        shop = a_shop()
        other = action_of(proposed, **bent)
        other.perform(ada(shop), shop, idempotency_key=f"k{number}")

        with pytest.raises(Rejected):
            action_of(proposed).read_back(ada(shop), shop, idempotency_key=f"k{number}")


@ALL
def test_the_records_then_show_what_was_foreseen(
    shop: Connectors, proposed: ProposedAction
) -> None:
    action = action_of(proposed)
    foreseen = action.after(facts_for(action, shop))

    action.perform(ada(shop), shop, idempotency_key="k")

    now = facts_for(action, shop)
    assert {name: fact.attributes for name, fact in foreseen.items()} == {
        name: fact.attributes for name, fact in now.items()
    }


@ALL
def test_nothing_is_known_of_an_order_that_is_not_theirs(
    shop: Connectors, proposed: ProposedAction
) -> None:
    action = action_of(proposed, order_id="bens")

    assert action.fact_id not in facts_for(action, shop)
    with pytest.raises(Rejected):
        action.perform(ada(shop), shop, idempotency_key="k")


@pytest.mark.parametrize(
    ("proposed", "order_id"),
    [
        (deed[0], "hangs-up" if deed[0].arguments["order_id"] == "delivered" else "hangs-up-placed")
        for deed in DEEDS
        if deed[0].name != "change_order_address"  # no payment stands behind an address
    ],
)
def test_a_lost_answer_is_read_back(
    shop: Connectors, proposed: ProposedAction, order_id: str
) -> None:
    action = action_of(proposed, order_id=order_id)

    with pytest.raises(Unavailable):
        action.perform(ada(shop), shop, idempotency_key="k")

    assert action.read_back(ada(shop), shop, idempotency_key="k")


@pytest.mark.parametrize(
    ("proposed", "order_id"),
    [
        (deed[0], "silent" if deed[0].arguments["order_id"] == "delivered" else "silent-placed")
        for deed in DEEDS
        if deed[0].name != "change_order_address"
    ],
)
def test_what_timed_out_has_certainly_not_happened(
    shop: Connectors, proposed: ProposedAction, order_id: str
) -> None:
    action = action_of(proposed, order_id=order_id)
    before = facts_for(action, shop)

    with pytest.raises(Unavailable):
        action.perform(ada(shop), shop, idempotency_key="k")

    assert action.read_back(ada(shop), shop, idempotency_key="k") is None
    assert facts_for(action, shop) == before


@pytest.mark.parametrize("variant", ["tent-red", "tent-sand"])
def test_an_exchange_gives_away_only_what_goes_back(shop: Connectors, variant: str) -> None:
    action = action_of(
        proposal(
            "exchange_items",
            order_id="delivered",
            swaps=[swap(variant=variant)],
            pay_with="card-1",
        )
    )

    assert action.money(facts_for(action, shop)).amount_cents == (
        5_00 if variant == "tent-red" else 0
    )


def test_what_is_sent_again_counts_as_money(shop: Connectors) -> None:
    action = action_of(proposal("send_again", order_id="delivered", line_ids=["2"]))

    assert action.money(facts_for(action, shop)).words == "20.00 EUR"


def test_an_exchange_at_no_cost_says_so(shop: Connectors) -> None:
    action = action_of(
        proposal(
            "exchange_items",
            order_id="delivered",
            swaps=[swap(variant="tent-blue")],
            pay_with="card-1",
        )
    )

    assert action.in_words(facts_for(action, shop)).endswith(
        "at no cost to the card ending in 4242"
    )
