"""A small shop for what is done beside orders: accounts, subscriptions, devices, tickets."""

from datetime import timedelta
from typing import Any

from deskhand.adapters.connectors.sample_shop import SampleShop
from deskhand.adapters.memory.desk import MemoryBuiltInDesk
from deskhand.adapters.tickets_of_customer import with_tickets
from deskhand.domain.draft import ProposedAction
from deskhand.domain.evidence import Facts
from deskhand.domain.records import CustomerScope
from deskhand.domain.ticket import Message
from deskhand.domain.verdict import Verdict
from deskhand.ports import Connectors
from deskhand.tools.registry import OURS
from deskhand.tools.tool import Found
from tests.builders import NOON, a_draft, a_reading, some_evidence
from tests.judging import a_request_turn, asking, judged
from tests.ordering import everything_allowed
from tests.shopping import scope_at

BERLIN = {"line1": "Elm Street 1", "city": "Berlin", "postcode": "10115", "country": "DE"}
TODAY = NOON.date()


def in_days(days: int) -> str:
    """A day from today, as the model writes it."""
    return (TODAY + timedelta(days=days)).isoformat()


HAMBURG = BERLIN | {"line1": "Dock 2", "city": "Hamburg", "postcode": "20457"}
REPORT = {
    "device_id": "D-1",
    "title": "The camera is blind",
    "steps": "1. Switch it on.\n2. Look at the picture.",
}
LATER = {"subject": "The late parcel", "text": "See whether it has come.", "due": in_days(10)}
CREDIT = {"order_id": "A-1", "amount_cents": 5_00, "why": "The box came late"}
PAUSE = {"subscription_id": "S-1", "until": in_days(30)}
GOOD = {
    "recover_password": {},
    "update_record": {"name": "Ada Berg", "phone": "+49 40 7654321"},
    "move_address": {"address": HAMBURG},
    "delete_account": {},
    "give_credit": CREDIT,
    "cancel_subscription": {"subscription_id": "S-1"},
    "pause_subscription": PAUSE,
    "change_subscription": {"subscription_id": "S-1", "plan_id": "basic"},
    "file_bug": REPORT,
    "open_follow_up": LATER,
}
"""What Ada may ask for, but for a subscription of hers that keeps her account."""


def _customer(id_: str, **bent: Any) -> dict[str, Any]:
    name, email = id_.title(), f"{id_}@example.com"
    return {"id": id_, "name": name, "email": email, "country": "DE"} | bent


def _subscription(id_: str, customer: str, plan: str, **bent: Any) -> dict[str, Any]:
    given = {"id": id_, "customer": customer, "plan": plan}
    return given | {"since_days_ago": 100, "renews_in_days": 12} | bent


def _order(id_: str, customer: str, **bent: Any) -> dict[str, Any]:
    line = {"product": "Larch nest box", "unit_price_cents": 30_00}
    return {
        "id": id_,
        "customer": customer,
        "status": "delivered",
        "placed_days_ago": 9,
        "delivered_days_ago": 4,
        "lines": [line],
        "ship_to_country": "DE",
    } | bent


def _device(id_: str, customer: str, *logs: dict[str, Any], **bent: Any) -> dict[str, Any]:
    return {
        "id": id_,
        "customer": customer,
        "product": "Larch Cam",
        "version": "2.1",
        "state": "battery low",
        "last_seen_hours_ago": 2,
        "logs": list(logs),
    } | bent


TROUBLE = (
    {"minutes_ago": 30, "text": "started"},
    {"minutes_ago": 20, "level": "warning", "text": "battery at 4 percent"},
    {"minutes_ago": 10, "level": "error", "text": "The sensor does not answer."},
)
SHOP: dict[str, Any] = {
    "currency": "EUR",
    "customers": [
        _customer("ada", phone="+49 30 1234567", address=BERLIN),
        _customer("ben", activated=False),
        _customer("flo", flagged=True),
        _customer("kay"),
        _customer("ulf", payment="loses_answer"),
        _customer("tim", payment="times_out"),
    ],
    "orders": [
        _order("A-1", "ada"),
        _order("B-1", "ben"),
        _order("U-1", "ulf"),
        _order("T-1", "tim"),
        _order("K-1", "kay", status="shipped", delivered_days_ago=None),
    ],
    "plans": [
        {"id": "basic", "name": "Basic", "price_cents": 5_00},
        {"id": "plus", "name": "Plus", "price_cents": 9_00},
        {"id": "whole-year", "name": "Whole year", "price_cents": 90_00, "interval": "year"},
    ],
    "subscriptions": [
        _subscription("S-1", "ada", "plus"),
        _subscription("S-0", "ada", "basic", since_days_ago=400, status="cancelled"),
        _subscription("S-8", "ben", "basic", status="paused", paused_for_days=5),
        _subscription("S-9", "kay", "whole-year"),
        _subscription("S-10", "kay", "basic"),
    ],
    "incidents": [
        {
            "id": "I-1",
            "component": "Camera cloud",
            "words": "Pictures of the cameras load slowly.",
            "status": "identified",
            "began_hours_ago": 5,
            "updated_hours_ago": 1,
        },
        {
            "id": "I-2",
            "component": "Checkout",
            "words": "Cards could not be charged.",
            "status": "resolved",
            "began_hours_ago": 30,
            "updated_hours_ago": 6,
        },
    ],
    "devices": [
        _device("D-1", "ada", *TROUBLE),
        _device("D-2", "ada", product="Dune lamp", last_seen_hours_ago=24 * 40),
        _device("D-9", "ben"),
    ],
}
"""Ada has everything in order; what ails the others stands in their data."""


def a_shop(data: dict[str, Any] | None = None) -> Connectors:
    """The shop, with the built-in desk for its tickets."""
    shop = SampleShop.seed(":memory:", SHOP if data is None else data, clock=lambda: NOON)
    return with_tickets(shop.connectors, MemoryBuiltInDesk(lambda: NOON))


def scope_of(shop: Connectors, who: str = "ada") -> CustomerScope:
    return scope_at(shop, f"{who}@example.com")


def proposal(tool: str, /, **arguments: Any) -> ProposedAction:
    return ProposedAction(name=tool, arguments=arguments)


def facts_for(proposed: ProposedAction, shop: Connectors, who: str = "ada") -> Facts:
    """The records that the action is held against, as they are now."""
    action = OURS.action_of(proposed)
    return {fact.id: fact for fact in action.refresh(scope_of(shop, who), shop)}


def looked_up(
    lookup: str, text: str = "Please.", *, shop: Connectors | None = None, who: str = "ada"
) -> Found:
    """What a lookup brings back for a message."""
    shop = shop or a_shop()
    tool = OURS.lookups[lookup]
    return tool.look_up(scope_of(shop, who), shop, a_reading(question=text), text)


def everything_found(shop: Connectors, who: str = "ada") -> Facts:
    """What all lookups together bring back for a message that names much."""
    text = "My order A-1, subscription S-1 and everything else"
    names = (
        *("find_order", "find_account", "find_ties", "find_subscription", "find_devices"),
        "find_past_tickets",
    )
    found = (looked_up(name, text, shop=shop, who=who) for name in names)
    return {fact.id: fact for one in found for fact in one.facts}


def verdict_on(
    *proposed: ProposedAction,
    facts: Facts,
    shop: Connectors,
    who: str = "ada",
    history: tuple[Message, ...] = (),
    text: str = "Please.",
    **counted: int,
) -> Verdict:
    """What the gate says to these proposals, with the rules that are shipped."""
    customer = shop.customers.customer(scope_of(shop, who))
    evidence = some_evidence(facts=tuple(facts.values()), customer=customer)
    draft = a_draft(claims=(), actions=proposed)
    turn = a_request_turn(text, draft=draft, evidence=evidence, history=history)
    return judged(turn, policy=everything_allowed(), **counted)


def judge(
    proposed: ProposedAction,
    shop: Connectors,
    *,
    who: str = "ada",
    yes_to: ProposedAction | None = None,
    without: str = "",
    **counted: int,
) -> Verdict:
    """The verdict on one proposal; with `yes_to`, after our question and the customer's yes."""
    facts: Facts = everything_found(shop, who)
    facts = {id_: fact for id_, fact in facts.items() if id_ != without}
    if yes_to is None:
        return verdict_on(proposed, facts=facts, shop=shop, who=who, **counted)
    words = OURS.action_of(yes_to).in_words(facts)
    return verdict_on(
        proposed,
        facts=facts,
        shop=shop,
        who=who,
        history=(asking(yes_to, words=words),),
        text="Yes, please.",
        **counted,
    )
