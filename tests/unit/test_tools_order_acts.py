"""What is done with orders, the whole way: ruled on, done with the shop, read back and told."""

from dataclasses import replace
from typing import Any

import pytest

from deskhand.domain.draft import ProposedAction
from deskhand.domain.turn import Ending, Judged, Turn, grow
from deskhand.stages.act import act
from deskhand.tools.registry import OURS
from tests.builders import StoppedClock
from tests.judging import asking, judged, shipped_permissions
from tests.memory_house import MemoryHouse
from tests.ordering import (
    BERLIN,
    a_shop,
    a_wish,
    ada,
    all_facts,
    everything_allowed,
    proposal,
    swap,
)

HAMBURG = BERLIN | {"line1": "Dock 2", "city": "Hamburg", "postcode": "20457"}
LARGE = swap("2", "lantern", "lantern-large")


def done(*plan: ProposedAction) -> tuple[MemoryHouse, Ending | Turn]:
    """A desk at which the customer was asked for a plan, said yes, and it was acted upon."""
    house = MemoryHouse(
        policy=everything_allowed(), clock=StoppedClock(), permissions=shipped_permissions()
    )
    shop = a_shop()
    house.connectors = replace(shop, tickets=house.connectors.tickets)
    facts = all_facts(shop, *{str(one.arguments["order_id"]) for one in plan})
    words = " and ".join(OURS.action_of(one).in_words(facts) for one in plan)
    wish = a_wish(*plan, facts=facts, text="Yes, please.", history=(asking(*plan, words=words),))
    verdict = judged(wish, policy=house.policy)
    assert verdict.actions == plan, verdict.words
    turn = house.stored(grow(wish, Judged, verdict=verdict))
    assert isinstance(turn, Judged)
    return house, act(turn, policy=house.policy, world=house.world)


@pytest.mark.parametrize(
    ("proposed", "changed"),
    [
        (
            proposal("return_items", order_id="delivered", line_ids=["1"], to="gift-1"),
            {"status": "return_requested"},
        ),
        (
            proposal("exchange_items", order_id="delivered", swaps=[LARGE], pay_with="gift-2"),
            {"status": "exchange_requested"},
        ),
        (proposal("send_again", order_id="delivered", line_ids=["2"]), {"status": "delivered"}),
        (
            proposal("change_order_address", order_id="packed", address=HAMBURG),
            {"ship_to_country": "DE", "status": "packed"},
        ),
        (
            proposal("change_order_items", order_id="placed", swaps=[LARGE], pay_with="gift-2"),
            {"changed": True},
        ),
        (
            proposal("change_order_payment", order_id="placed", pay_with="gift-1"),
            {"payment_method_id": "gift-1"},
        ),
        (
            proposal("refund_order", order_id="delivered", amount_cents=12_00, to="gift-2"),
            {"refunded_cents": 12_00},
        ),
    ],
    ids=lambda one: getattr(one, "name", None),
)
def test_it_is_done_once_read_back_and_told_with_its_receipt(
    proposed: ProposedAction, changed: dict[str, Any]
) -> None:
    house, ending = done(proposed)

    assert isinstance(ending, Ending)
    assert [receipt.name for receipt in ending.receipts] == [proposed.name, "reply"]
    assert ending.receipts[0].words in ending.reply
    order = house.connectors.orders.order(
        ada(house.connectors), str(proposed.arguments["order_id"])
    )
    assert order is not None
    assert {name: getattr(order, name) for name in changed} == changed


def test_a_plan_is_done_in_order_each_step_on_what_the_one_before_left() -> None:
    """Both differences come from one gift card: 60.00 less 10.00 less 4.00."""
    sand = [swap(variant="tent-sand")]
    plan = (
        proposal("cancel_order", order_id="packed"),
        proposal("change_order_items", order_id="placed", swaps=sand, pay_with="gift-1"),
        proposal("exchange_items", order_id="delivered", swaps=[LARGE], pay_with="gift-1"),
    )
    house, ending = done(*plan)

    assert isinstance(ending, Ending)
    assert [receipt.name for receipt in ending.receipts] == [*(one.name for one in plan), "reply"]
    methods = house.connectors.customers.customer(ada(house.connectors)).payment_methods
    assert [one.balance_cents for one in methods if one.id == "gift-1"] == [46_00]


def test_a_payment_that_loses_its_answer_is_read_back_and_not_done_again() -> None:
    house, ending = done(
        proposal("exchange_items", order_id="hangs-up", swaps=[LARGE], pay_with="gift-2")
    )

    assert isinstance(ending, Ending)
    assert ending.receipts[0].name == "exchange_items"
    methods = house.connectors.customers.customer(ada(house.connectors)).payment_methods
    assert [one.balance_cents for one in methods if one.id == "gift-2"] == [1_00]


def test_a_payment_that_times_out_is_handed_over_and_nothing_is_told_as_done() -> None:
    house, turn = done(
        proposal("exchange_items", order_id="silent", swaps=[LARGE], pay_with="gift-2")
    )

    assert isinstance(turn, Judged)
    assert turn.next_step == "escalate"
    assert [trouble.code for trouble in turn.troubles] == ["TOOL_ERROR"]
    order = house.connectors.orders.order(ada(house.connectors), "silent")
    assert order is not None
    assert order.status == "delivered"
