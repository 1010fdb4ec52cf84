"""An action is proposed with what the customer names and the records say, or not at all."""

from datetime import date

from pydantic import JsonValue

from deskhand.domain.classification import Entities
from deskhand.domain.evidence import Fact
from deskhand.domain.tool import ToolSpec
from deskhand.text.proposals import propose
from deskhand.tools.registry import OURS
from tests.builders import an_order_fact

REFUND = OURS.actions["refund_order"].spec()


def a_tool(properties: JsonValue, required: JsonValue = ()) -> ToolSpec:
    needed = list(required) if isinstance(required, tuple) else required
    return ToolSpec(
        name="wave",
        description="Waves.",
        arguments={"properties": properties, "required": needed},
    )


def test_what_the_customer_does_not_say_comes_from_the_record() -> None:
    proposed = propose(REFUND, [an_order_fact()], Entities())

    assert proposed is not None
    assert proposed.name == "refund_order"
    assert proposed.arguments == {"order_id": "1001", "amount_cents": 42_00}


def test_an_amount_that_is_named_goes_before_the_records() -> None:
    proposed = propose(REFUND, [an_order_fact()], Entities(amounts_cents=(10_00,)))

    assert proposed is not None
    assert proposed.arguments["amount_cents"] == 10_00


def test_of_two_amounts_neither_is_guessed() -> None:
    proposed = propose(REFUND, [an_order_fact()], Entities(amounts_cents=(10_00, 20_00)))

    assert proposed is not None
    assert proposed.arguments["amount_cents"] == 42_00


def test_without_a_record_nothing_is_proposed() -> None:
    assert propose(REFUND, [], Entities(references=("1001",))) is None


def test_the_first_source_that_is_there_is_used() -> None:
    tool = a_tool({"cents": {"x-from": "order.item_cents or order.total_cents"}}, ("cents",))

    proposed = propose(tool, [an_order_fact()], Entities())
    assert proposed is not None
    assert proposed.arguments == {"cents": 42_00}


def test_what_is_not_needed_may_be_left_out() -> None:
    tool = a_tool({"order": {"x-from": "order.order_id"}, "note": {}, "by": True})
    proposed = propose(tool, [an_order_fact()], Entities())

    assert proposed is not None
    assert proposed.arguments == {"order": "1001"}


def test_a_change_of_which_nothing_is_known_is_not_proposed() -> None:
    assert propose(OURS.actions["update_record"].spec(), [], Entities()) is None


def test_what_takes_nothing_needs_nothing() -> None:
    proposed = propose(OURS.actions["recover_password"].spec(), [], Entities())

    assert proposed is not None
    assert proposed.arguments == {}


def test_a_day_is_the_one_that_was_named_or_none() -> None:
    pause = OURS.actions["pause_subscription"].spec()
    running = Fact(
        id="subscription:S1",
        kind="subscription",
        key="S1",
        source="subscriptions",
        words=("Your subscription S1 is active.",),
        attributes={"subscription_id": "S1"},
    )
    proposed = propose(pause, [running], Entities(), until=date(2027, 1, 5))

    assert propose(pause, [running], Entities()) is None
    assert proposed is not None
    assert proposed.arguments == {"subscription_id": "S1", "until": "2027-01-05"}


def test_a_tool_that_does_not_say_what_it_takes_is_not_used() -> None:
    assert propose(a_tool("anything"), [an_order_fact()], Entities()) is None
    assert propose(a_tool({}, required="all"), [an_order_fact()], Entities()) is None
