"""Opens the return of items that have arrived."""

from typing import ClassVar

from pydantic import Field, JsonValue

from deskhand.domain.evidence import Facts
from deskhand.domain.records import CustomerScope
from deskhand.ports import Connectors
from deskhand.tools.facts.order import changed
from deskhand.tools.facts.payment import destination, payment_in_words
from deskhand.tools.order_action import LineIds, OrderAction, payment_ids, way_back
from deskhand.tools.order_lines import picked_in_words


class ReturnItems(OrderAction):
    """Open the return of items of a delivered order. Each line goes back whole; the money follows
    once the items are with us, to where it was paid from or to a gift card of the customer's."""

    tool_name: ClassVar[str] = "return_items"
    made_kind: ClassVar[str] = "return"
    telling: ClassVar[tuple[str, ...]] = (
        *("return", "send back", "give back"),
        *("take back", "go back", "send it back"),
    )

    line_ids: LineIds = Field(
        description="The lines that go back.",
        json_schema_extra={"x-from": "part.line_ids or order.line_ids"},
    )
    to: str = Field(
        default="",
        max_length=64,
        description="The payment method that the money goes to; empty: where it was paid from.",
    )

    @property
    def fact_ids(self) -> tuple[str, ...]:
        """The order, and where the money goes if that is said."""
        return (self.fact_id, *payment_ids(self.to))

    def in_words(self, facts: Facts) -> str:
        """The return as people are asked about it."""
        what = picked_in_words(self.thing(facts), self.line_ids)
        return f"the return of {what} of order {self.order_id}, the money going {self._to(facts)}"

    def context(self, facts: Facts) -> dict[str, JsonValue]:
        """Which lines, and where the money goes."""
        return {
            "line_ids": list(self.line_ids),
            "lines_once": len(set(self.line_ids)) == len(self.line_ids),
            "destination": destination(facts, self.thing(facts), self.to),
        }

    def after(self, facts: Facts) -> Facts:
        """The return is open; no money moves before the items are back."""
        return changed(facts, self.fact_id, status="return_requested")

    def perform(self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str) -> str:
        """Has the shop open it, on condition that the order is delivered."""
        return connectors.orders.return_lines(
            scope,
            self.order_id,
            line_ids=self.line_ids,
            refund_to=self.to,
            idempotency_key=idempotency_key,
        )

    def read_back(
        self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str
    ) -> str | None:
        """The return's number, if the shop shows one of exactly these lines."""
        made = connectors.orders.made(scope, idempotency_key)
        where = way_back(self.order_id, self.to, scope, connectors)
        return self.proof(made, lines=",".join(self.line_ids), **where)

    def done_in_words(self, facts: Facts, reference: str) -> str:
        """What the customer is told once the shop shows the return."""
        what = picked_in_words(self.thing(facts), self.line_ids)
        return (
            f"The return of {what} of order {self.order_id} is open (reference {reference})."
            f" Once it is with us, the money goes {self._to(facts)}."
        )

    def _to(self, facts: Facts) -> str:
        return f"to {payment_in_words(facts, self.to)}" if self.to else "back to where it came from"
