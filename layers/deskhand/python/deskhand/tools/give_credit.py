"""Puts money on a customer's account as an apology."""

from typing import Annotated, ClassVar

from pydantic import Field

from deskhand.domain.evidence import Facts
from deskhand.domain.money import Money
from deskhand.domain.records import CustomerScope
from deskhand.errors import Rejected
from deskhand.ports import Connectors
from deskhand.tools.order_action import OrderAction
from deskhand.tools.plain import Title

MOST_CENTS = 10_000_000


class GiveCredit(OrderAction):
    """Put a credit on the customer's account, for their next order, as an apology for trouble with
    one order. It is no refund: what was paid stays paid."""

    tool_name: ClassVar[str] = "give_credit"
    made_kind: ClassVar[str] = "credit"
    telling: ClassVar[tuple[str, ...]] = ("credit", "compensation", "goodwill", "voucher")

    amount_cents: Annotated[int, Field(strict=True, ge=1, le=MOST_CENTS)]
    why: Title = Field(description="The trouble that it is for, in a few words.")
    """Cedar never sees it: a reason makes no credit allowed."""

    def in_words(self, facts: Facts) -> str:
        """The credit as people are asked about it; the reason somebody typed stands in quotes."""
        money = self.money(facts).words
        return f'a credit of {money} on the account for order {self.order_id}: "{self.why}"'

    def money(self, facts: Facts) -> Money:
        """The amount in the currency of the order, which the limits are held against."""
        currency = str(self.thing(facts).attributes["currency"])
        return Money(amount_cents=self.amount_cents, currency=currency)

    def perform(self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str) -> str:
        """Has billing put it on the account, in the currency that the order has now."""
        facts = {fact.id: fact for fact in self.refresh(scope, connectors)}
        if self.fact_id not in facts:
            raise Rejected(f"this customer has no order {self.order_id}")
        return connectors.billing.credit(
            scope, self.money(facts), why=self._reason, idempotency_key=idempotency_key
        )

    def read_back(
        self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str
    ) -> str | None:
        """The credit's id, if billing shows one of exactly this amount for this reason."""
        made = connectors.billing.made(scope, idempotency_key)
        found = self.proof_of(made, scope.customer_id, why=self._reason)
        cents = made.money.amount_cents if made and made.money else 0
        if made and cents != self.amount_cents:
            raise Rejected(f"billing shows a credit of {cents} cents, which is another amount")
        return found

    def done_in_words(self, facts: Facts, reference: str) -> str:
        """What the customer is told once billing shows the credit."""
        money = self.money(facts).words
        return (
            f"A credit of {money} is on your account for your next order (reference {reference})."
        )

    @property
    def _reason(self) -> str:
        return f"order {self.order_id}: {self.why}"
