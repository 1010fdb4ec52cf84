"""Sends items of an order once more, at no cost."""

from typing import ClassVar

from pydantic import Field, JsonValue

from deskhand.domain.evidence import Facts
from deskhand.domain.money import Money
from deskhand.domain.records import CustomerScope
from deskhand.ports import Connectors
from deskhand.tools.facts.order import changed, whole
from deskhand.tools.order_action import LineIds, OrderAction
from deskhand.tools.order_lines import picked, picked_in_words


class SendAgain(OrderAction):
    """Send items of an order again at no cost, because they were lost or came damaged or wrong.
    Each line is sent whole. Never in addition to a refund of the same items."""

    tool_name: ClassVar[str] = "send_again"
    made_kind: ClassVar[str] = "reshipment"
    telling: ClassVar[tuple[str, ...]] = (
        *("again", "resend", "once more"),
        *("replace", "replacement", "new one", "another one", "the missing"),
    )

    line_ids: LineIds = Field(
        description="The lines that are sent again.",
        json_schema_extra={"x-from": "part.line_ids or order.line_ids"},
    )

    def in_words(self, facts: Facts) -> str:
        """The second sending as people are asked about it."""
        what = picked_in_words(self.thing(facts), self.line_ids)
        return f"sending {what} of order {self.order_id} again, at no cost"

    def context(self, facts: Facts) -> dict[str, JsonValue]:
        """Which lines."""
        return {
            "line_ids": list(self.line_ids),
            "lines_once": len(set(self.line_ids)) == len(self.line_ids),
        }

    def money(self, facts: Facts) -> Money:
        """What the items were sold for: they are given away as money would be."""
        order = self.thing(facts)
        cents = sum(line.cents for line in picked(order, self.line_ids))
        return Money(amount_cents=cents, currency=str(order.attributes["currency"]))

    def after(self, facts: Facts) -> Facts:
        """So much more of the order was given twice."""
        cents = whole(self.thing(facts), "sent_again_cents") + self.money(facts).amount_cents
        return changed(facts, self.fact_id, sent_again_cents=cents)

    def perform(self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str) -> str:
        """Has the shop send them, on condition that they are in stock."""
        return connectors.orders.reship(
            scope, self.order_id, line_ids=self.line_ids, idempotency_key=idempotency_key
        )

    def read_back(
        self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str
    ) -> str | None:
        """The new order's number, if the shop shows one of exactly these lines."""
        made = connectors.orders.made(scope, idempotency_key)
        return self.proof(made, lines=",".join(self.line_ids))

    def done_in_words(self, facts: Facts, reference: str) -> str:
        """What the customer is told once the shop shows the new order."""
        what = picked_in_words(self.thing(facts), self.line_ids)
        return f"We are sending {what} of order {self.order_id} again, as order {reference}."
