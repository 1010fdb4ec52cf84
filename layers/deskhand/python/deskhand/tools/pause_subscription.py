"""Lets a subscription rest until a day."""

from datetime import date
from typing import ClassVar

from pydantic import Field, JsonValue

from deskhand.domain.evidence import Facts
from deskhand.domain.records import CustomerScope
from deskhand.ports import Connectors
from deskhand.tools.facts.order import changed, day
from deskhand.tools.subscription_action import SubscriptionAction


class PauseSubscription(SubscriptionAction):
    """Pause one subscription until a day that the customer names: until then nothing is sent and
    nothing is charged. At most 90 days."""

    tool_name: ClassVar[str] = "pause_subscription"
    made_kind: ClassVar[str] = "pause"
    telling: ClassVar[tuple[str, ...]] = ("pause", "on hold", "freeze", "suspend")

    until: date = Field(description="The day on which it goes on, as YYYY-MM-DD.")

    def in_words(self, facts: Facts) -> str:
        """The pause as people are asked about it."""
        return f"a pause of subscription {self.subscription_id} until {day(self.until)}"

    def context(self, facts: Facts) -> dict[str, JsonValue]:
        """How many days it is from the day on which the subscription was read."""
        read_on = date.fromisoformat(str(self.thing(facts).attributes["read_on"]))
        return {"days": (self.until - read_on).days}

    def after(self, facts: Facts) -> Facts:
        """The subscription is paused."""
        return changed(facts, self.fact_id, status="paused")

    def perform(self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str) -> str:
        """Has it paused, on condition that it is active."""
        return connectors.subscriptions.pause(
            scope, self.subscription_id, until=self.until, idempotency_key=idempotency_key
        )

    def read_back(
        self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str
    ) -> str | None:
        """The pause's id, if one until exactly that day is shown."""
        return self.proven(scope, connectors, idempotency_key, until=self.until.isoformat())

    def done_in_words(self, facts: Facts, reference: str) -> str:
        """What the customer is told once it shows as paused."""
        until = day(self.until)
        return (
            f"Subscription {self.subscription_id} is paused until {until} (reference {reference})."
        )
