"""What exchanging and changing items have in common: lines, and what is wanted in their place."""

from abc import ABC

from pydantic import Field, JsonValue

from deskhand.domain.evidence import Facts
from deskhand.domain.money import Money
from deskhand.domain.noun import Noun
from deskhand.domain.records import CustomerScope
from deskhand.ports import Connectors
from deskhand.tools.facts.payment import destination, payment_in_words
from deskhand.tools.facts.product import Choice, choice_in_words, choice_of
from deskhand.tools.order_action import MOST_LINES, OrderAction, payment_ids
from deskhand.tools.order_lines import Line, lines_of, picked_in_words
from deskhand.tools.plain import RecordId


class Swap(Noun):
    """One line of an order, and what is wanted in its place."""

    line_id: RecordId = Field(description="The line of the order.")
    product_id: RecordId = Field(description="The product of that line.")
    variant_id: RecordId = Field(description="The variant of the same product that is wanted.")


class SwapLines(OrderAction, ABC):
    """Puts other variants in the place of lines of an order."""

    swaps: tuple[Swap, ...] = Field(min_length=1, max_length=MOST_LINES)
    pay_with: RecordId = Field(
        description="The payment method by which the difference is paid, or paid back.",
        json_schema_extra={"x-from": "order.payment_method"},
    )

    @property
    def fact_ids(self) -> tuple[str, ...]:
        """The order, the products, and what the difference is paid with."""
        products = dict.fromkeys(f"product:{swap.product_id}" for swap in self.swaps)
        return (self.fact_id, *products, *payment_ids(self.pay_with))

    @property
    def swaps_made(self) -> str:
        """The swaps as a system of record shows them: `1:v-7,3:v-9`."""
        return ",".join(f"{line}:{variant}" for line, variant in sorted(self.wanted.items()))

    @property
    def wanted(self) -> dict[str, str]:
        """Line id → variant id."""
        return {swap.line_id: swap.variant_id for swap in self.swaps}

    def context(self, facts: Facts) -> dict[str, JsonValue]:
        """Whether each line can be swapped like this, and what it costs."""
        order = self.thing(facts)
        lines = lines_of(order)
        payment = facts[f"payment:{self.pay_with}"].attributes
        choices = [self._choice(swap, facts) for swap in self.swaps]
        same = all(
            swap.line_id not in lines or lines[swap.line_id].product_id == swap.product_id
            for swap in self.swaps
        )
        same_item = (
            swap.line_id in lines and lines[swap.line_id].variant_id == swap.variant_id
            for swap in self.swaps
        )
        return {
            "line_ids": [swap.line_id for swap in self.swaps],
            "lines_once": len(self.wanted) == len(self.swaps),
            "same_product": same and all(choice is not None for choice in choices),
            "same_item": any(same_item),
            "in_stock": all(choice.in_stock for choice in choices if choice),
            "to_pay_cents": self.to_pay_cents(facts),
            "destination": destination(facts, order, self.pay_with),
            "pay_kind": payment["kind"],
            "pay_balance_cents": payment["balance_cents"],
        }

    def read_back(
        self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str
    ) -> str | None:
        """The number of what was made, if the shop shows one of exactly these swaps."""
        made = connectors.orders.made(scope, idempotency_key)
        return self.proof(made, swaps=self.swaps_made, pay_with=self.pay_with)

    def to_pay_cents(self, facts: Facts) -> int:
        """What the customer pays on top; negative: what they get back."""
        lines = lines_of(self.thing(facts))
        pairs = [(lines.get(swap.line_id), self._choice(swap, facts)) for swap in self.swaps]
        return sum(
            line.quantity * (choice.price_cents - line.unit_price_cents)
            for line, choice in pairs
            if line and choice
        )

    def swaps_in_words(self, facts: Facts) -> str:
        """Each line, and what takes its place."""
        order = self.thing(facts)
        return " and ".join(
            f"{picked_in_words(order, [swap.line_id])} for "
            + choice_in_words(
                facts[f"product:{swap.product_id}"],
                swap.variant_id,
                currency=str(order.attributes["currency"]),
            )
            for swap in self.swaps
        )

    def cost_in_words(self, facts: Facts) -> str:
        """What it costs, and how that is paid."""
        cents, method = self.to_pay_cents(facts), payment_in_words(facts, self.pay_with)
        currency = str(self.thing(facts).attributes["currency"])
        money = Money(amount_cents=abs(cents), currency=currency).words
        if cents > 0:
            return f"with {money} to pay by {method}"
        return f"with {money} going back to {method}" if cents else f"at no cost to {method}"

    def lines_after(self, facts: Facts) -> list[JsonValue]:
        """The order's lines once they are swapped."""
        chosen = {swap.line_id: self._choice(swap, facts) for swap in self.swaps}
        return [
            _swapped(line, chosen.get(line.line_id)).model_dump()
            for line in lines_of(self.thing(facts)).values()
        ]

    def _choice(self, swap: Swap, facts: Facts) -> Choice | None:
        currency = str(self.thing(facts).attributes["currency"])
        return choice_of(facts[f"product:{swap.product_id}"], swap.variant_id, currency=currency)


def _swapped(line: Line, choice: Choice | None) -> Line:
    if choice is None:
        return line
    new = {"variant_id": choice.variant_id, "unit_price_cents": choice.price_cents}
    return line.model_copy(update=new)
