"""What the shop's writes have in common."""

from abc import ABC
from collections import Counter
from collections.abc import Sequence
from typing import Any, ClassVar

from pydantic import JsonValue

from deskhand.domain.evidence import Fact, Facts
from deskhand.domain.records import CustomerScope
from deskhand.ports import Connectors
from deskhand.tools.facts.order import changed
from deskhand.tools.tool import Action
from tests.exam.tau_retail.tools.facts import PROFILE, facts_of_order, profile_fact, shop_of

Record = dict[str, Any]


class ShopAction(Action, ABC):
    """One of the shop's writes, done once the shop shows it under its key."""

    def read_back(
        self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str
    ) -> str | None:
        """The shop's reference for it."""
        return shop_of(connectors).made(scope, idempotency_key)

    def done_in_words(self, facts: Facts, reference: str) -> str:
        """What the customer is told then."""
        words = self.in_words(facts)
        return f"{words[:1].upper()}{words[1:]}: that is done (reference {reference})."


class OrderAction(ShopAction, ABC):
    """A write on one order, held against it, its products and the customer's payment methods."""

    resource_kind: ClassVar[str] = "Order"
    becomes: ClassVar[str] = ""
    """The order's status once it is done; empty: as it was."""

    order_id: str

    @property
    def fact_id(self) -> str:
        """The fact about the order."""
        return f"order:{self.order_id}"

    @property
    def fact_ids(self) -> tuple[str, ...]:
        """The order, what its products are sold as, and the customer's profile."""
        return (self.fact_id, f"goods:{self.order_id}", PROFILE)

    def refresh(self, scope: CustomerScope, connectors: Connectors) -> tuple[Fact, ...]:
        """All of them as they are now."""
        shop = shop_of(connectors)
        return (*facts_of_order(scope, shop, self.order_id), profile_fact(scope, shop))

    def after(self, facts: Facts) -> Facts:
        """The order in its new status."""
        return changed(facts, self.fact_id, status=self.becomes) if self.becomes else facts

    def item(self, facts: Facts, item_id: str) -> Record | None:
        """An item of the order, or None."""
        items: list[Any] = list(self.thing(facts).attributes["items"])  # type: ignore[arg-type]
        return next((one for one in items if one["item_id"] == item_id), None)

    def named(self, facts: Facts, item_ids: Sequence[str]) -> str:
        """The items as a customer knows them."""
        known = ((one, self.item(facts, one)) for one in item_ids)
        words = (f"{item['name']} {one}" if item else one for one, item in known)
        return " and ".join(words) or "nothing"

    def goods(self, facts: Facts, item_ids: Sequence[str]) -> dict[str, JsonValue]:
        """How many items are named, and whether the order has each of them as often."""
        items: list[Any] = list(self.thing(facts).attributes["items"])  # type: ignore[arg-type]
        there = Counter(one["item_id"] for one in items)
        return {"count": len(item_ids), "in_order": Counter(item_ids) <= there}

    def payment(self, facts: Facts, method_id: str, *, to_pay_cents: int) -> dict[str, JsonValue]:
        """The payment method that is named, `nobody's` if the customer has none of that id."""
        methods: list[Any] = list(facts[PROFILE].attributes["methods"])  # type: ignore[arg-type]
        method = next((one for one in methods if one["id"] == method_id), None)
        return {
            "method": method_id,
            "kind": method["kind"] if method else "nobody's",
            "balance_cents": method["balance_cents"] if method else 0,
            "to_pay_cents": to_pay_cents,
        }
