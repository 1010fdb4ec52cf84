"""The registry of tools, and what the model is told of each action and may fill in."""

from typing import Any

import pytest
from pydantic import ValidationError

from deskhand.domain.draft import ProposedAction
from deskhand.tools.cancel_order import CancelOrder
from deskhand.tools.find_order import FindOrder
from deskhand.tools.refund_order import RefundOrder
from deskhand.tools.registry import OURS, Tools
from deskhand.tools.tool import Action
from tests.builders import a_policy
from tests.ordering import BERLIN, a_shop, all_facts, swap, verdict_on


def test_every_tool_stands_under_its_own_name() -> None:
    assert {name: lookup.name for name, lookup in OURS.lookups.items()} == {
        name: name for name in OURS.lookups
    }
    assert {name: action.tool_name for name, action in OURS.actions.items()} == {
        name: name for name in OURS.actions
    }


def test_two_tools_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="the same name: cancel_order"):
        Tools.of(lookups=(FindOrder("cancel_order"),), actions=(CancelOrder,))


def test_the_policy_names_only_tools_that_exist() -> None:
    for intent in a_policy().intents.values():
        assert set(intent.lookups) <= set(OURS.lookups)
        assert set(intent.actions) <= set(OURS.actions)


@pytest.mark.parametrize("action", OURS.actions.values())
def test_the_model_is_told_what_an_action_does_and_takes(action: type[Action]) -> None:
    spec = action.spec()

    assert spec.description.endswith(".")
    assert spec.arguments["additionalProperties"] is False


def test_the_model_is_told_where_an_argument_stands() -> None:
    arguments: dict[str, Any] = RefundOrder.spec().arguments
    properties = arguments["properties"]

    places = "part.refundable_cents or order.refundable_cents"
    assert properties["amount_cents"]["x-from"] == places
    assert properties["order_id"]["x-from"] == "order.order_id"
    assert "to" not in arguments["required"]


@pytest.mark.parametrize("name", ["return_items", "send_again"])
def test_lines_are_taken_from_what_the_message_is_about(name: str) -> None:
    properties: Any = OURS.actions[name].spec().arguments["properties"]

    assert properties["line_ids"]["x-from"] == "part.line_ids or order.line_ids"


def test_an_unknown_action_is_refused() -> None:
    with pytest.raises(KeyError):
        OURS.action_of(ProposedAction(name="pay_bonus", arguments={}))


REFUND = {"order_id": "1", "amount_cents": 5}
LINES = {"order_id": "1", "line_ids": ["1"]}
SWAPS = {"order_id": "1", "swaps": [swap()], "pay_with": "card-1"}
ADDRESS = {"order_id": "1", "address": BERLIN}
PAYMENT = {"order_id": "1", "pay_with": "card-1"}
GOOD = {
    "refund_order": REFUND,
    "cancel_order": {"order_id": "1"},
    "return_items": LINES,
    "send_again": LINES,
    "exchange_items": SWAPS,
    "change_order_items": SWAPS,
    "change_order_address": ADDRESS,
    "change_order_payment": PAYMENT,
}
NOT_AN_ID = ["", "  ", None, 7, 1.5, True, ["1"], {"id": "1"}, "x" * 65, "1\n2"]
BAD: list[tuple[str, dict[str, Any]]] = [
    *((name, {"order_id": bad}) for name in GOOD for bad in NOT_AN_ID),
    *((name, {"customer_id": "ben"}) for name in GOOD),
    *(
        ("refund_order", {"amount_cents": bad})
        for bad in (-1, 1.0, 1.5, "5", "5.00", True, None, 10_000_001, 10**30, float("nan"), [5])
    ),
    *(("refund_order", {"currency": bad}) for bad in ("USD", "EUR")),
    *(("refund_order", {"to": bad}) for bad in (None, 7, "x" * 65, ["card-1"])),
    *(
        (name, {"line_ids": bad})
        for name in ("return_items", "send_again")
        for bad in ([], None, "1", [1], [""], [None], [["1"]], ["1"] * 21, {})
    ),
    *(
        (name, {"swaps": bad})
        for name in ("exchange_items", "change_order_items")
        for bad in (
            *([], None, "1", {"1": "tent-red"}, [{}], ["1"], [swap()] * 21),
            [swap() | {"quantity": 2}],
            [swap(variant="")],
            [{"line_id": "1", "variant_id": "tent-red"}],
        )
    ),
    *(
        (name, {"pay_with": bad})
        for name in ("exchange_items", "change_order_items", "change_order_payment")
        for bad in NOT_AN_ID
    ),
    *(
        ("change_order_address", {"address": bad})
        for bad in (
            *({}, None, "Elm Street 1, Berlin", [], BERLIN | {"planet": "Mars"}),
            *(BERLIN | {"country": country} for country in ("Germany", "de", "", None)),
            *(BERLIN | {part: ""} for part in ("line1", "city", "postcode")),
            *(BERLIN | {part: "x" * 101} for part in ("line1", "line2", "city", "postcode")),
            *(BERLIN | {"line1": text} for text in ("Elm\nStreet", "  ", "Elm \u202e1", 5)),
        )
    ),
]


@pytest.mark.parametrize(("name", "arguments"), GOOD.items())
def test_good_arguments_become_the_action_and_none_may_be_left_out(
    name: str, arguments: dict[str, Any]
) -> None:
    action = OURS.action_of(ProposedAction(name=name, arguments=arguments))

    again = ProposedAction(name=name, arguments=action.model_dump(mode="json"))
    assert OURS.action_of(again) == action
    for left_out in arguments:
        fewer = {one: value for one, value in arguments.items() if one != left_out}
        with pytest.raises(ValidationError):
            OURS.actions[name].model_validate(fewer)


@pytest.mark.parametrize(("name", "bad"), BAD)
def test_arguments_that_an_action_does_not_take_are_refused(name: str, bad: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        OURS.actions[name].model_validate(GOOD[name] | bad)


@pytest.mark.parametrize(("name", "bad"), BAD)
def test_bad_arguments_get_an_objection_in_words_and_nothing_is_done(
    name: str, bad: dict[str, Any]
) -> None:
    proposed = ProposedAction(name=name, arguments=GOOD[name] | bad)
    verdict = verdict_on(proposed, facts=all_facts(a_shop(), "delivered"))

    assert [(one.code, one.cure) for one in verdict.objections] == [("INVALID_ACTION", "rewrite")]
    assert verdict.objections[0].words.startswith(f"{name} cannot be done like this: ")
    assert verdict.actions == ()
