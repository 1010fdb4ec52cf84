"""What the agent can do: refunding and cancelling, from the model's arguments to the receipt."""

from dataclasses import replace
from typing import Any

import pytest
from pydantic import ValidationError

from deskhand.adapters.connectors.sample_shop import SampleShop
from deskhand.domain.draft import ProposedAction
from deskhand.domain.evidence import Fact
from deskhand.domain.money import Money
from deskhand.domain.records import CustomerScope, Refund
from deskhand.domain.ticket import Asker
from deskhand.errors import Rejected
from deskhand.ports import Connectors
from deskhand.tools.cancel_order import CancelOrder
from deskhand.tools.refund_order import RefundOrder
from deskhand.tools.registry import ACTIONS, LOOKUPS, action_of
from deskhand.tools.tool import Action
from tests.builders import NOON, a_policy
from tests.contract.shops import SHOP

REFUND = RefundOrder(order_id="delivered", amount_cents=12_00)
CANCEL = CancelOrder(order_id="open")


@pytest.fixture
def shop() -> Connectors:
    return SampleShop.seed(":memory:", SHOP, clock=lambda: NOON).connectors


@pytest.fixture
def ada(shop: Connectors) -> CustomerScope:
    scope = shop.identity.scope(Asker(email="ada@example.com", verified=True))
    assert scope is not None
    return scope


def fact_of(action: Action, scope: CustomerScope, shop: Connectors) -> Fact:
    fact = action.refresh(scope, shop)
    assert fact is not None
    return fact


# --- the registry ---------------------------------------------------------------------------------


def test_every_tool_stands_under_its_own_name() -> None:
    assert {name: lookup.name for name, lookup in LOOKUPS.items()} == {n: n for n in LOOKUPS}
    assert {name: action.tool_name for name, action in ACTIONS.items()} == {n: n for n in ACTIONS}


def test_the_policy_names_only_tools_that_exist() -> None:
    for intent in a_policy().intents.values():
        assert set(intent.lookups) <= set(LOOKUPS)
        assert set(intent.actions) <= set(ACTIONS)


def test_every_tool_is_used_by_some_intent() -> None:
    intents = a_policy().intents.values()
    assert {name for intent in intents for name in intent.actions} == set(ACTIONS)


@pytest.mark.parametrize("action", ACTIONS.values())
def test_the_model_is_told_what_an_action_does_and_takes(action: type[Action]) -> None:
    spec = action.spec()

    assert spec.description
    assert spec.arguments["required"]


def test_the_model_is_told_where_an_argument_stands() -> None:
    arguments: dict[str, Any] = RefundOrder.spec().arguments
    properties = arguments["properties"]

    places = "part.refundable_cents or order.refundable_cents"
    assert properties["amount_cents"]["x-from"] == places
    assert properties["order_id"]["x-from"] == "order.order_id"


@pytest.mark.parametrize("action", [REFUND, CANCEL])
def test_a_proposal_becomes_the_action(action: Action) -> None:
    proposed = ProposedAction(name=action.tool_name, arguments=action.model_dump())

    assert action_of(proposed) == action


def test_an_unknown_action_is_refused() -> None:
    with pytest.raises(KeyError):
        action_of(ProposedAction(name="pay_bonus", arguments={}))


@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"order_id": "1"},
        {"order_id": "1", "amount_cents": -5},
        {"order_id": "1", "amount_cents": 1.5},
        {"order_id": "", "amount_cents": 5},
        {"order_id": "1", "amount_cents": 5, "customer_id": "two"},
    ],
)
def test_arguments_that_an_action_does_not_take_are_refused(arguments: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        action_of(ProposedAction(name="refund_order", arguments=arguments))


# --- refunding ------------------------------------------------------------------------------------


def test_a_refund_is_named_in_full(shop: Connectors, ada: CustomerScope) -> None:
    fact = fact_of(REFUND, ada, shop)

    assert REFUND.in_words(fact) == "a refund of 12.00 EUR for order delivered"
    assert REFUND.money(fact) == Money(amount_cents=12_00, currency="EUR")
    assert REFUND.context(fact) == {"amount_cents": 12_00}
    assert REFUND.fact_id == fact.id == "order:delivered"


def test_a_refund_is_made_and_read_back(shop: Connectors, ada: CustomerScope) -> None:
    reference = REFUND.perform(ada, shop, idempotency_key="k")

    assert REFUND.read_back(ada, shop, idempotency_key="k") == reference
    fact = fact_of(REFUND, ada, shop)
    assert fact.attributes["refundable_cents"] == 18_00
    assert REFUND.done_in_words(fact, reference) == (
        f"12.00 EUR of order delivered has been refunded (reference {reference})."
    )


def test_what_was_not_done_is_not_read_back(shop: Connectors, ada: CustomerScope) -> None:
    assert REFUND.read_back(ada, shop, idempotency_key="k") is None
    assert CANCEL.read_back(ada, shop, idempotency_key="k") is None


def test_a_refund_of_another_amount_is_no_proof(shop: Connectors, ada: CustomerScope) -> None:
    another = RefundOrder(order_id="delivered", amount_cents=5_00)
    another.perform(ada, shop, idempotency_key="k")

    with pytest.raises(Rejected, match=r"5\.00 EUR for order delivered"):
        REFUND.read_back(ada, shop, idempotency_key="k")


def test_a_refund_of_another_order_is_no_proof(shop: Connectors, ada: CustomerScope) -> None:
    class Mistaken:
        """A billing system that answers with somebody else's refund."""

        def refund(
            self, scope: CustomerScope, order_id: str, *, amount_cents: int, idempotency_key: str
        ) -> str:
            raise NotImplementedError

        def refund_made(self, scope: CustomerScope, idempotency_key: str) -> Refund:
            money = Money(amount_cents=12_00, currency="EUR")
            return Refund(id="r", order_id="other", money=money, idempotency_key="k", made_at=NOON)

    with pytest.raises(Rejected, match="order other"):
        REFUND.read_back(ada, replace(shop, billing=Mistaken()), idempotency_key="k")


# --- cancelling -----------------------------------------------------------------------------------


def test_a_cancellation_is_named_in_full(shop: Connectors, ada: CustomerScope) -> None:
    fact = fact_of(CANCEL, ada, shop)

    assert CANCEL.in_words(fact) == "the cancellation of order open"
    assert CANCEL.money(fact) == Money(amount_cents=0, currency="EUR")
    assert CANCEL.context(fact) == {"amount_cents": 0}
    assert CANCEL.fact_id == fact.id == "order:open"


def test_a_cancellation_is_made_and_read_back(shop: Connectors, ada: CustomerScope) -> None:
    reference = CANCEL.perform(ada, shop, idempotency_key="k")

    assert CANCEL.read_back(ada, shop, idempotency_key="k") == reference
    fact = fact_of(CANCEL, ada, shop)
    assert fact.attributes["status"] == "cancelled"
    assert CANCEL.done_in_words(fact, reference) == (
        f"Order open has been cancelled (reference {reference})."
    )


@pytest.mark.parametrize("order_id", ["others", "unknown"])
def test_nothing_is_known_of_an_order_that_is_not_theirs(
    shop: Connectors, ada: CustomerScope, order_id: str
) -> None:
    assert RefundOrder(order_id=order_id, amount_cents=1).refresh(ada, shop) is None
    assert CancelOrder(order_id=order_id).refresh(ada, shop) is None
