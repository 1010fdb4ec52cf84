"""Every change that a system of record can make, each with what is asked for and something else."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from deskhand.domain.money import Money
from deskhand.domain.records import Address, CustomerScope
from deskhand.domain.services import BugReport
from deskhand.ports import Connectors
from deskhand.ports.records import Changes
from tests.contract.shops import HOME, NOW

Ask = Callable[[Connectors, CustomerScope, str], str]
MOVED = Address(line1="Harbour 9", city="Gent", postcode="9000", country="BE")
ELSEWHERE = Address(line1="Harbour 10", city="Gent", postcode="9000", country="BE")
IN_MAY = NOW.date() + timedelta(days=30)


@dataclass(frozen=True)
class Change:
    """One change of Ada's: who keeps it, what it is called, how it is asked for, and how
    something else would be asked for."""

    system: str
    kind: str
    subject: str
    ask: Ask
    ask_else: Ask
    details: dict[str, str]
    who: str = "ada@example.com"

    def keeper(self, connectors: Connectors) -> Changes:
        """The system that shows it."""
        keeper: Changes = getattr(connectors, self.system)
        return keeper


def _verb(system: str, verb: str, *subject: Any, **arguments: Any) -> Ask:
    def ask(connectors: Connectors, scope: CustomerScope, key: str) -> str:
        do = getattr(getattr(connectors, system), verb)
        reference: str = do(scope, *subject, **arguments, idempotency_key=key)
        return reference

    return ask


def _changes() -> dict[str, Change]:
    small, other = (
        Money(amount_cents=5_00, currency="EUR"),
        Money(amount_cents=6_00, currency="EUR"),
    )
    bug = BugReport(title="It goes out", steps="Switch it on.", device_id="d1")
    swap = {"swaps": {"1": "box-m"}, "pay_with": "card-one"}
    swapped = {"swaps": "1:box-m", "pay_with": "card-one", "difference_cents": "500"}
    return {
        "a refund": Change(
            "billing", "refund", "delivered",
            _verb("billing", "refund", "delivered", amount_cents=12_00),
            _verb("billing", "refund", "delivered", amount_cents=11_00),
            {"amount_cents": "1200", "to": "card-one"},
        ),
        "a credit": Change(
            "billing", "credit", "one",
            _verb("billing", "credit", small, why="late"),
            _verb("billing", "credit", other, why="late"),
            {"why": "late", "amount_cents": "500", "currency": "EUR"},
        ),
        "a cancellation": Change(
            "orders", "cancellation", "open",
            _verb("orders", "cancel", "open"),
            _verb("orders", "cancel", "packed"),
            {},
        ),
        "a return": Change(
            "orders", "return", "delivered",
            _verb("orders", "return_lines", "delivered", line_ids=["1"], refund_to="card-one"),
            _verb("orders", "return_lines", "delivered", line_ids=["1"], refund_to="gift-one"),
            {"lines": "1", "to": "card-one", "refund_cents": "3000"},
        ),
        "an exchange": Change(
            "orders", "exchange", "delivered",
            _verb("orders", "exchange_lines", "delivered", **swap),
            _verb("orders", "exchange_lines", "delivered", **swap | {"pay_with": "gift-one"}),
            swapped,
        ),
        "a replacement": Change(
            "orders", "reshipment", "several",
            _verb("orders", "reship", "several", line_ids=["1", "3"]),
            _verb("orders", "reship", "several", line_ids=["2"]),
            {"lines": "1,3"},
        ),
        "another address of an order": Change(
            "orders", "change_of_address", "packed",
            _verb("orders", "change_address", "packed", MOVED),
            _verb("orders", "change_address", "packed", ELSEWHERE),
            {"address": "Harbour 9, 9000 Gent, BE"},
        ),
        "other items of an order": Change(
            "orders", "change_of_items", "open",
            _verb("orders", "change_lines", "open", **swap),
            _verb("orders", "change_lines", "open", **swap | {"swaps": {"1": "box-xs"}}),
            swapped,
        ),
        "another payment of an order": Change(
            "orders", "change_of_payment", "open",
            _verb("orders", "change_payment", "open", payment_method_id="paypal-one"),
            _verb("orders", "change_payment", "open", payment_method_id="gift-one"),
            {"payment_method_id": "paypal-one"},
        ),
        "another name": Change(
            "customers", "update", "one",
            _verb("customers", "update", {"name": "Ada L.", "phone": "+31 2"}),
            _verb("customers", "update", {"name": "Ada M."}),
            {"name": "Ada L.", "phone": "+31 2"},
        ),
        "a move": Change(
            "customers", "move", "one",
            _verb("customers", "move", MOVED),
            _verb("customers", "move", Address(**HOME)),
            {"address": "Harbour 9, 9000 Gent, BE"},
        ),
        "a new password": Change(
            "customers", "password_recovery", "one",
            _verb("customers", "recover_password"),
            _verb("customers", "move", MOVED),
            {},
        ),
        "another activation letter": Change(
            "customers", "activation", "two",
            _verb("customers", "resend_activation"),
            _verb("customers", "recover_password"),
            {},
            who="ben@example.com",
        ),
        "a deletion": Change(
            "customers", "deletion", "one",
            _verb("customers", "delete"),
            _verb("customers", "recover_password"),
            {},
        ),
        "the end of a subscription": Change(
            "subscriptions", "cancellation", "s1",
            _verb("subscriptions", "cancel", "s1"),
            _verb("subscriptions", "cancel", "s2"),
            {},
        ),
        "a pause": Change(
            "subscriptions", "pause", "s1",
            _verb("subscriptions", "pause", "s1", until=IN_MAY),
            _verb("subscriptions", "pause", "s1", until=IN_MAY + timedelta(days=1)),
            {"until": IN_MAY.isoformat()},
        ),
        "another plan": Change(
            "subscriptions", "change_of_plan", "s1",
            _verb("subscriptions", "change_plan", "s1", plan_id="big"),
            _verb("subscriptions", "change_plan", "s1", plan_id="yearly"),
            {"plan_id": "big"},
        ),
        "a bug report": Change(
            "issues", "bug", "d1",
            _verb("issues", "file_bug", bug),
            _verb("issues", "file_bug", bug.model_copy(update={"title": "It hums"})),
            {"title": "It goes out", "steps": "Switch it on.", "device_id": "d1", "logs": ""},
        ),
    }  # fmt: skip


CHANGES = _changes()
