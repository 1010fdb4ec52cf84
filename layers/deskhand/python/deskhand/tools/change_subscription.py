"""Changes the plan of a subscription."""

from typing import ClassVar

from pydantic import Field, JsonValue

from deskhand.domain.evidence import Fact, Facts
from deskhand.domain.money import Money
from deskhand.domain.records import CustomerScope
from deskhand.ports import Connectors
from deskhand.tools.facts.order import changed, whole
from deskhand.tools.facts.subscription import plan_fact
from deskhand.tools.plain import RecordId
from deskhand.tools.subscription_action import SubscriptionAction


class ChangeSubscription(SubscriptionAction):
    """Change one subscription to another plan, from its next renewal on. The plan has to be one
    of those that can be had now."""

    tool_name: ClassVar[str] = "change_subscription"
    made_kind: ClassVar[str] = "change_of_plan"
    telling: ClassVar[tuple[str, ...]] = (
        *("switch", "upgrade", "downgrade", "change to", "another plan", "other plan"),
        *("change my plan", "change my subscription"),
    )

    plan_id: RecordId = Field(description="The id of the plan that the customer wants.")

    @property
    def fact_ids(self) -> tuple[str, ...]:
        """The subscription, and the plan that it is changed to."""
        return (self.fact_id, self._plan)

    @property
    def _plan(self) -> str:
        return f"plan:{self.plan_id}"

    def in_words(self, facts: Facts) -> str:
        """The change as people are asked about it, with what it will cost."""
        before, plan = self.thing(facts).attributes["plan"], facts[self._plan]
        price = Money(
            amount_cents=whole(plan, "price_cents"), currency=str(plan.attributes["currency"])
        )
        name, interval = plan.attributes["plan"], plan.attributes["interval"]
        return (
            f"a change of subscription {self.subscription_id} from {before} to {name}"
            f" for {price.words} a {interval}"
        )

    def context(self, facts: Facts) -> dict[str, JsonValue]:
        """What the new plan is like beside the present one."""
        plan = facts[self._plan].attributes
        return {
            "plan_id": self.plan_id,
            "interval": plan["interval"],
            "currency": plan["currency"],
        }

    def refresh(self, scope: CustomerScope, connectors: Connectors) -> tuple[Fact, ...]:
        """The subscription and the plan as they are now."""
        plans = (plan for plan in connectors.subscriptions.plans() if plan.id == self.plan_id)
        return (*super().refresh(scope, connectors), *(plan_fact(plan) for plan in plans))

    def after(self, facts: Facts) -> Facts:
        """The subscription will be on the new plan."""
        return changed(facts, self.fact_id, next_plan_id=self.plan_id)

    def perform(self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str) -> str:
        """Has the plan changed, on condition that the subscription runs."""
        return connectors.subscriptions.change_plan(
            scope, self.subscription_id, plan_id=self.plan_id, idempotency_key=idempotency_key
        )

    def read_back(
        self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str
    ) -> str | None:
        """The change's id, if one to exactly that plan is shown."""
        return self.proven(scope, connectors, idempotency_key, plan_id=self.plan_id)

    def done_in_words(self, facts: Facts, reference: str) -> str:
        """What the customer is told once the change shows."""
        name = facts[self._plan].attributes["plan"]
        return (
            f"Subscription {self.subscription_id} changes to {name} with its next renewal"
            f" (reference {reference})."
        )
