"""Reads policy cases: a request to the permission layer or a small turn, and what comes of it."""

import json
from pathlib import Path
from typing import Any

from deskhand.domain.classification import Entities
from deskhand.domain.draft import Claim, ProposedAction
from deskhand.domain.permission import Permission, PermissionRequest
from deskhand.domain.turn import Drafted
from deskhand.domain.verdict import Verdict
from deskhand.tools.registry import OURS
from tests.builders import (
    a_customer,
    a_draft,
    a_drafted_turn,
    a_passage,
    a_reading,
    an_approval,
    an_order_fact,
    some_evidence,
)
from tests.judging import guesses, judged, said, shipped_permissions

FOLDER = Path(__file__).parent
CASES = sorted(FOLDER.glob("*/*.json"))

CUSTOMER = {"vip": False, "flagged": False, "country": "DE"}
CONTEXT = {
    "verified": True,
    "shown": False,
    "confirmed": False,
    "approved": False,
    "stopped": False,
    "amount_cents": 42_00,
    "currency": "EUR",
    "refunds_in_7_days": 0,
    "attempts_in_1_hour": 0,
    "refunded_today_cents": 0,
    "customer_today_cents": 0,
    "ticket_cents": 0,
    "intent": "refund_request",
}
_LINES = {"line_ids": ["1"], "lines_once": True}
_PAYING = {"to_pay_cents": 0, "pay_kind": "card", "pay_balance_cents": -1}
_SWAPS = (
    _LINES
    | _PAYING
    | {"same_product": True, "same_item": False, "in_stock": True, "destination": "original"}
)
ARGUMENTS: dict[str, dict[str, Any]] = {
    "refund_order": {"destination": "original"},
    "return_items": _LINES | {"destination": "original"},
    "exchange_items": _SWAPS,
    "send_again": _LINES,
    "change_order_items": _SWAPS,
    "change_order_address": {"ship_to": "Oak Street 2, 10117 Berlin, DE", "country": "DE"},
    "change_order_payment": _PAYING | {"pay_with": "card-2", "to_pay_cents": 42_00},
    "update_record": {"changes": 1},
    "move_address": {"same": False, "country": "DE"},
    "delete_account": {"open_orders": 0, "running_subscriptions": 0},
    "pause_subscription": {"days": 30},
    "change_subscription": {"plan_id": "basic", "interval": "month", "currency": "EUR"},
    "open_follow_up": {"days": 7},
}
"""What Cedar is told of harmless arguments, where it is told anything."""
THINGS: dict[str, dict[str, Any]] = {
    "Order": dict(an_order_fact().attributes),
    "Account": {
        "activated": True,
        "name": "Ada",
        "phone": "+49 30 1234567",
        "address": "Elm Street 1, 10115 Berlin, DE",
    },
    "Subscription": {
        "subscription_id": "s1",
        "status": "active",
        "plan_id": "plus",
        "plan": "Plus",
        "next_plan_id": "",
        "interval": "month",
        "price_cents": 9_00,
        "currency": "EUR",
        "read_on": "2026-11-21",
    },
    "Device": {
        "device_id": "d1",
        "product": "Larch Cam",
        "version": "2.1",
        "silent_days": 0,
        "errors": 1,
    },
    "Tickets": {"read_on": "2026-11-21", "open_follow_ups": 0},
}
"""A harmless thing of each kind; a case bends an order under `order`, all else under `thing`."""


def read(case: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(case.read_text(encoding="utf-8"))
    return content


def answered(request: dict[str, Any]) -> Permission:
    """What the permission layer says to a harmless request with what the case bends."""
    without = set(request.get("without", ()))

    def bent(table: dict[str, Any], part: str) -> dict[str, Any]:
        filled = table | request.get(part, {})
        return {name: value for name, value in filled.items() if name not in without}

    acting = OURS.actions.get(request["action"])
    kind = acting.resource_kind if acting else "Order"
    arguments = bent(ARGUMENTS.get(request["action"], {}), "arguments")
    return shipped_permissions().ask(
        PermissionRequest(
            action=request["action"],
            customer_id="c1",
            customer=bent(CUSTOMER, "customer"),
            resource_kind=kind,
            resource_id="1001",
            resource=bent(THINGS[kind], "order" if kind == "Order" else "thing"),
            context=bent(CONTEXT, "context") | ({"arguments": arguments} if arguments else {}),
        )
    )


def verdict_on(turn: dict[str, Any]) -> Verdict:
    """What the gate decides about a small turn."""
    return judged(_turn(turn), **turn.get("counters", {}))


def _turn(case: dict[str, Any]) -> Drafted:
    draft = case["draft"]
    actions = _actions(draft.get("actions", ()))
    asked = tuple(OURS.action_of(one).fingerprint for one in actions if one.name in OURS.actions)
    claims = tuple(Claim(text=text, supports=tuple(cited)) for text, *cited in draft["claims"])
    built = a_drafted_turn(
        *case["says"],
        reading=a_reading(
            intents=guesses(*case["intents"]),
            wants_person=case.get("wants_person", False),
            entities=Entities(amounts_cents=tuple(case.get("amounts_cents", ()))),
        ),
        evidence=_evidence(case),
        draft=a_draft(**draft | {"claims": claims, "actions": actions}),
        history=tuple(
            said(text, author, asks_for=asked if author == "agent" else ())
            for author, text in case.get("history", ())
        ),
        looks=case.get("looks", 0),
    )
    decisions = tuple(
        an_approval(built, state=state, actions=_actions(case[state]))
        for state in ("approved", "rejected")
        if state in case
    )
    return built.model_copy(update={"decisions": decisions})


def _evidence(case: dict[str, Any]) -> Any:
    customer = case.get("customer", {})
    facts = [an_order_fact(**order) for order in case.get("orders", [{}])]
    passages = [a_passage(**passage) for passage in case.get("passages", [{}])]
    return some_evidence(
        customer=None if customer is None else a_customer(**customer),
        facts=tuple(facts),
        passages=tuple(passages),
        missing=tuple(case.get("missing", ())),
    )


def _actions(listed: Any) -> tuple[ProposedAction, ...]:
    return tuple(ProposedAction.model_validate(action) for action in listed)
