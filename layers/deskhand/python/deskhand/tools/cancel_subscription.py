"""Ends a subscription."""

from typing import ClassVar

from deskhand.domain.evidence import Facts
from deskhand.domain.money import Money
from deskhand.domain.records import CustomerScope
from deskhand.ports import Connectors
from deskhand.tools.facts.order import changed, whole
from deskhand.tools.subscription_action import SubscriptionAction


class CancelSubscription(SubscriptionAction):
    """Cancel one subscription: it ends when what is paid is used up, and nothing is charged
    after that. The customer has to say yes to it first, and for a yearly plan a person, too."""

    tool_name: ClassVar[str] = "cancel_subscription"
    made_kind: ClassVar[str] = "cancellation"
    telling: ClassVar[tuple[str, ...]] = (
        *("cancel", "terminate", "stop"),
        *("end my", "end the", "end this", "end it"),
    )

    def in_words(self, facts: Facts) -> str:
        """The cancellation as people are asked about it."""
        subscription = self.thing(facts)
        price = Money(
            amount_cents=whole(subscription, "price_cents"),
            currency=str(subscription.attributes["currency"]),
        )
        plan, interval = (subscription.attributes[name] for name in ("plan", "interval"))
        return (
            f"the cancellation of subscription {self.subscription_id}"
            f" ({plan}, {price.words} a {interval})"
        )

    def after(self, facts: Facts) -> Facts:
        """The subscription is cancelled."""
        return changed(facts, self.fact_id, status="cancelled")

    def perform(self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str) -> str:
        """Has it ended, on condition that it still runs."""
        return connectors.subscriptions.cancel(
            scope, self.subscription_id, idempotency_key=idempotency_key
        )

    def read_back(
        self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str
    ) -> str | None:
        """The cancellation's id, if one is shown and the subscription is cancelled."""
        made = self.proven(scope, connectors, idempotency_key)
        now = self.found(scope, connectors)
        return made if now is not None and now.status == "cancelled" else None

    def done_in_words(self, facts: Facts, reference: str) -> str:
        """What the customer is told once it shows as cancelled."""
        return f"Subscription {self.subscription_id} has been cancelled (reference {reference})."
