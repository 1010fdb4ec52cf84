"""Sends an order that has not left yet to another address."""

from typing import ClassVar

from pydantic import Field, JsonValue

from deskhand.domain.evidence import Facts
from deskhand.domain.records import CustomerScope
from deskhand.ports import Connectors
from deskhand.tools.facts.order import changed
from deskhand.tools.order_action import OrderAction
from deskhand.tools.plain import PlainAddress


class ChangeOrderAddress(OrderAction):
    """Send one order that has not left yet to another address. The address on the customer's
    account stays as it is."""

    tool_name: ClassVar[str] = "change_order_address"
    made_kind: ClassVar[str] = "change_of_address"
    telling: ClassVar[tuple[str, ...]] = ("address", "deliver it to", "send it to", "ship it to")

    address: PlainAddress = Field(description="The whole new address, as the customer gives it.")

    def in_words(self, facts: Facts) -> str:
        """The change as people are asked about it."""
        return f"sending order {self.order_id} to {self.address.words}"

    def context(self, facts: Facts) -> dict[str, JsonValue]:
        """Where it is to go."""
        return {"ship_to": self.address.words, "country": self.address.country}

    def after(self, facts: Facts) -> Facts:
        """The order goes there."""
        return changed(
            facts,
            self.fact_id,
            ship_to=self.address.words,
            ship_to_country=self.address.country,
        )

    def perform(self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str) -> str:
        """Has the shop change it, on condition that the order has not left."""
        return connectors.orders.change_address(
            scope, self.order_id, self.address, idempotency_key=idempotency_key
        )

    def read_back(
        self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str
    ) -> str | None:
        """The change's number, if the shop shows one to exactly this address."""
        made = connectors.orders.made(scope, idempotency_key)
        return self.proof(made, address=self.address.words)

    def done_in_words(self, facts: Facts, reference: str) -> str:
        """What the customer is told once the shop shows the change."""
        return f"Order {self.order_id} now goes to {self.address.words} (reference {reference})."
