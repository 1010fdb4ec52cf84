"""What may be done with an order as the shop's records have it, and why not."""

from typing import Any

import pytest

from deskhand.domain.draft import ProposedAction
from deskhand.domain.evidence import Facts
from deskhand.domain.verdict import Verdict
from deskhand.tools.registry import OURS
from tests.judging import asking, codes, cures
from tests.ordering import BERLIN, a_shop, ada, all_facts, proposal, swap, verdict_on

HAMBURG = BERLIN | {"line1": "Dock 2", "city": "Hamburg", "postcode": "20457"}


def a_return(order_id: str = "delivered", **bent: Any) -> ProposedAction:
    return proposal("return_items", **{"order_id": order_id, "line_ids": ["1"]} | bent)


def an_exchange(order_id: str = "delivered", **bent: Any) -> ProposedAction:
    given = {"order_id": order_id, "swaps": [swap()], "pay_with": "card-1"}
    return proposal("exchange_items", **given | bent)


def another_sending(order_id: str = "delivered", **bent: Any) -> ProposedAction:
    return proposal("send_again", **{"order_id": order_id, "line_ids": ["2"]} | bent)


def other_items(order_id: str = "placed", **bent: Any) -> ProposedAction:
    given = {"order_id": order_id, "swaps": [swap()], "pay_with": "card-1"}
    return proposal("change_order_items", **given | bent)


def another_address(order_id: str = "placed", **address: Any) -> ProposedAction:
    given = {"order_id": order_id, "address": HAMBURG | address}
    return proposal("change_order_address", **given)


def another_payment(order_id: str = "placed", **bent: Any) -> ProposedAction:
    given = {"order_id": order_id, "pay_with": "card-2"}
    return proposal("change_order_payment", **given | bent)


CONFIRMED = [
    a_return(),
    an_exchange(),
    another_sending(),
    other_items(),
    another_address(),
    another_payment(),
]


def found(proposed: ProposedAction) -> Facts:
    return all_facts(a_shop(), str(proposed.arguments["order_id"]))


def once_confirmed(proposed: ProposedAction) -> Verdict:
    """The verdict after our question and the customer's yes."""
    return after_a_yes(proposed, facts=found(proposed))


def after_a_yes(
    *proposed: ProposedAction, facts: Facts, to: tuple[ProposedAction, ...] = ()
) -> Verdict:
    """The verdict when the customer has said yes, to these or to something else."""
    asked = to or proposed
    words = " and ".join(OURS.action_of(one).in_words(facts) for one in asked)
    history = (asking(*asked, words=words),)
    return verdict_on(*proposed, facts=facts, history=history, text="Yes, please.")


@pytest.mark.parametrize("proposed", CONFIRMED, ids=lambda one: one.name)
def test_it_is_done_after_a_yes_to_exactly_this(proposed: ProposedAction) -> None:
    before = verdict_on(proposed, facts=found(proposed))
    after = once_confirmed(proposed)

    assert (before.decision, cures(before)) == ("send", [("CONFIRM", "confirm")])
    assert (after.decision, after.actions) == ("send", (proposed,)), after.words


@pytest.mark.parametrize(
    "proposed",
    [
        proposal("refund_order", order_id="delivered", amount_cents=50_00),
        proposal("refund_order", order_id="delivered", amount_cents=50_00, to="gift-2"),
        proposal("cancel_order", order_id="packed"),
    ],
)
def test_a_small_refund_and_a_small_cancellation_need_no_second_yes(
    proposed: ProposedAction,
) -> None:
    verdict = verdict_on(proposed, facts=found(proposed))

    assert (verdict.decision, verdict.actions) == ("send", (proposed,)), verdict.words


@pytest.mark.parametrize(
    ("proposed", "other"),
    [
        (a_return(), a_return(to="gift-1")),
        (a_return(), a_return(line_ids=["2"])),
        (an_exchange(), an_exchange(swaps=[swap(variant="tent-red")])),
        (an_exchange(), an_exchange(pay_with="card-2")),
        (another_sending(), another_sending(line_ids=["1"])),
        (other_items(), other_items(pay_with="gift-1")),
        (another_address(), another_address(line2="Back door")),
        (another_payment(), another_payment(pay_with="gift-1")),
    ],
)
def test_a_yes_to_something_else_is_no_yes(proposed: ProposedAction, other: ProposedAction) -> None:
    verdict = after_a_yes(proposed, facts=found(proposed), to=(other,))

    assert cures(verdict) == [("CONFIRM", "confirm")]
    assert verdict.actions == ()


AFTER_ARRIVAL = {
    "placed": "ORDER_NOT_SENT_YET",
    "packed": "ORDER_NOT_SENT_YET",
    "shipped": "ORDER_NOT_ARRIVED_YET",
    "cancelled": "ORDER_WAS_CANCELLED",
    "returned": "ORDER_CAME_BACK",
    "return_requested": "RETURN_OPEN_ALREADY",
    "exchange_requested": "EXCHANGE_OPEN_ALREADY",
    "late": "WINDOW_CLOSED",
}
GONE = dict.fromkeys(
    ("shipped", "delivered", "returned", "return_requested", "exchange_requested"),
    "ORDER_HAS_LEFT",
)
BEFORE_IT_IS_PACKED = GONE | {"packed": "ORDER_IS_PACKED", "cancelled": "ORDER_WAS_CANCELLED"}
STATES = [
    *((a_return(order), code) for order, code in AFTER_ARRIVAL.items()),
    *((an_exchange(order), code) for order, code in AFTER_ARRIVAL.items()),
    *(
        (another_sending(order), code)
        for order, code in AFTER_ARRIVAL.items()
        if order != "shipped"
    ),
    *((other_items(order), code) for order, code in BEFORE_IT_IS_PACKED.items()),
    *((another_payment(order), code) for order, code in BEFORE_IT_IS_PACKED.items()),
    *((another_address(order), code) for order, code in GONE.items()),
    (another_address("cancelled"), "ORDER_WAS_CANCELLED"),
]


@pytest.mark.parametrize(("proposed", "code"), STATES)
def test_an_order_in_another_state_is_left_alone_and_the_customer_told_why(
    proposed: ProposedAction, code: str
) -> None:
    verdict = once_confirmed(proposed)

    assert (verdict.decision, cures(verdict)) == ("send", [(code, "explain")])
    assert verdict.actions == ()


@pytest.mark.parametrize(
    ("proposed", "code"),
    [
        (a_return(line_ids=["3"]), "LINE_NOT_IN_ORDER"),
        (a_return(line_ids=["1", "1"]), "MORE_THAN_ORDERED"),
        (a_return(to="card-2"), "DESTINATION_NOT_ALLOWED"),
        (an_exchange(swaps=[swap("3")]), "LINE_NOT_IN_ORDER"),
        (an_exchange(swaps=[swap(), swap(variant="tent-red")]), "MORE_THAN_ORDERED"),
        (an_exchange(swaps=[swap("1", "lantern", "lantern-large")]), "OTHER_PRODUCT"),
        (an_exchange(swaps=[swap("1", "tent", "lantern-large")]), "OTHER_PRODUCT"),
        (an_exchange(swaps=[swap(variant="no-such-thing")]), "OTHER_PRODUCT"),
        (an_exchange(swaps=[swap(variant="tent-blue")]), "SOLD_OUT"),
        (an_exchange(swaps=[swap(variant="tent-green")]), "SAME_ITEM"),
        (an_exchange(pay_with="gift-2"), "GIFT_CARD_TOO_LOW"),
        (
            an_exchange(swaps=[swap(variant="tent-red")], pay_with="card-2"),
            "DESTINATION_NOT_ALLOWED",
        ),
        (another_sending(line_ids=["2", "9"]), "LINE_NOT_IN_ORDER"),
        (another_sending(line_ids=["2", "2"]), "MORE_THAN_ORDERED"),
        (other_items(swaps=[swap("1", "lantern", "lantern-large")]), "OTHER_PRODUCT"),
        (other_items(swaps=[swap(variant="tent-blue")]), "SOLD_OUT"),
        (other_items(pay_with="gift-2"), "GIFT_CARD_TOO_LOW"),
        (another_payment(pay_with="gift-2"), "GIFT_CARD_TOO_LOW"),
        (another_payment(pay_with="card-1"), "SAME_PAYMENT"),
        (another_address(**BERLIN), "SAME_ADDRESS"),
        (
            proposal("refund_order", order_id="delivered", amount_cents=1, to="card-2"),
            "DESTINATION_NOT_ALLOWED",
        ),
        (proposal("refund_order", order_id="delivered", amount_cents=0), "NO_AMOUNT"),
        (proposal("refund_order", order_id="delivered", amount_cents=60_01), "ABOVE_REFUNDABLE"),
        (proposal("refund_order", order_id="cancelled", amount_cents=1), "NOTHING_TO_REFUND"),
    ],
)
def test_what_the_records_speak_against_is_not_done_and_the_customer_told_why(
    proposed: ProposedAction, code: str
) -> None:
    verdict = once_confirmed(proposed)

    assert (verdict.decision, cures(verdict)) == ("send", [(code, "explain")])
    assert verdict.actions == ()
    assert verdict.objections[0].words.endswith(".")


@pytest.mark.parametrize(
    ("proposed", "code"),
    [
        (another_sending("shipped"), "ORDER_ON_ITS_WAY"),
        (another_sending(line_ids=["1", "2"]), "SEND_AGAIN_ABOVE_LIMIT"),
        (another_address(country="FR"), "ADDRESS_ABROAD"),
        (
            proposal("refund_order", order_id="return_requested", amount_cents=1),
            "RETURN_OR_EXCHANGE_OPEN",
        ),
        (
            proposal("refund_order", order_id="exchange_requested", amount_cents=1),
            "RETURN_OR_EXCHANGE_OPEN",
        ),
    ],
)
def test_what_only_a_person_may_allow_is_put_before_one(
    proposed: ProposedAction, code: str
) -> None:
    verdict = once_confirmed(proposed)

    assert (verdict.decision, cures(verdict)) == ("await_approval", [(code, "approval")])


def test_a_variant_that_is_sold_in_another_currency_is_no_option() -> None:
    facts = dict(all_facts(a_shop(), "delivered"))
    order = facts["order:delivered"]
    dollars = {**order.attributes, "currency": "USD"}
    facts[order.id] = order.model_copy(update={"attributes": dollars})

    assert "OTHER_PRODUCT" in codes(after_a_yes(an_exchange(), facts=facts))


def test_an_exchange_that_pays_back_much_is_put_before_a_person() -> None:
    facts = dict(all_facts(a_shop(), "delivered"))
    order = facts["order:delivered"]
    dear = [line | {"unit_price_cents": 101_00} for line in order.attributes["lines"]]  # type: ignore[union-attr,operator]
    facts[order.id] = order.model_copy(update={"attributes": {**order.attributes, "lines": dear}})
    proposed = an_exchange()
    verdict = after_a_yes(proposed, facts=facts)

    assert (verdict.decision, codes(verdict)) == ("await_approval", ["EXCHANGE_ABOVE_LIMIT"])


@pytest.mark.parametrize(
    "proposed",
    [
        a_return("bens"),
        a_return("no-such-order"),
        a_return(to="card-9"),
        an_exchange(pay_with="card-9"),
        an_exchange(swaps=[swap("1", "no-such-product", "x")]),
        another_sending("bens"),
        other_items("bens-placed"),
        other_items(pay_with="no-such-card"),
        another_address("bens-placed"),
        another_payment(pay_with="card-9"),
        proposal("refund_order", order_id="bens", amount_cents=1),
        proposal("refund_order", order_id="delivered", amount_cents=1, to="card-9"),
        proposal("cancel_order", order_id="bens-placed"),
    ],
)
def test_what_is_not_this_customers_looks_as_if_it_did_not_exist(proposed: ProposedAction) -> None:
    verdict = verdict_on(proposed, facts=found(proposed))

    assert (verdict.decision, cures(verdict)) == (
        "look_again",
        [("UNKNOWN_REFERENCE", "rewrite")],
    )
    assert verdict.actions == ()


def test_a_second_change_of_items_is_one_too_many() -> None:
    shop = a_shop()
    first = other_items()
    shop.orders.change_lines(
        ada(shop),
        "placed",
        swaps={"1": "tent-sand"},
        pay_with="card-1",
        idempotency_key="k",
    )
    second = other_items(swaps=[swap("2", "lantern", "lantern-large")])
    verdict = verdict_on(second, facts=all_facts(shop, "placed"))

    assert first != second
    assert cures(verdict) == [("ITEMS_CHANGED_ALREADY", "explain")]


def test_a_plan_is_ruled_on_as_the_steps_before_leave_the_records() -> None:
    """Once a return is open, nothing else of the order is exchanged in the same breath."""
    plan = a_return(), an_exchange(swaps=[swap("2", "lantern", "lantern-large")])
    verdict = after_a_yes(*plan, facts=all_facts(a_shop(), "delivered"))

    assert "RETURN_OPEN_ALREADY" in codes(verdict)
    assert verdict.actions == ()


def test_a_gift_card_is_not_spent_twice_in_one_plan() -> None:
    plan = another_payment(pay_with="gift-1"), other_items(pay_with="gift-1")
    facts = all_facts(a_shop(), "placed")

    assert cures(verdict_on(*reversed(plan), facts=facts)) == [
        ("GIFT_CARD_TOO_LOW", "explain"),
        ("PLAN_HELD_BACK", "explain"),
    ]
