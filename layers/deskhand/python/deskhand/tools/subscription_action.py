"""What everything that is done to a subscription has in common."""

from abc import ABC
from typing import ClassVar

from pydantic import Field

from deskhand.domain.evidence import Fact
from deskhand.domain.records import CustomerScope
from deskhand.domain.services import Subscription
from deskhand.ports import Connectors
from deskhand.tools.facts.subscription import subscription_fact
from deskhand.tools.plain import RecordId
from deskhand.tools.proof import ProvenAction


class SubscriptionAction(ProvenAction, ABC):
    """An action on one subscription of the customer's own."""

    resource_kind: ClassVar[str] = "Subscription"

    subscription_id: RecordId = Field(json_schema_extra={"x-from": "subscription.subscription_id"})

    @property
    def fact_id(self) -> str:
        """The fact about the subscription."""
        return f"subscription:{self.subscription_id}"

    def refresh(self, scope: CustomerScope, connectors: Connectors) -> tuple[Fact, ...]:
        """The subscription as it is now."""
        found = self.found(scope, connectors)
        return (subscription_fact(found, connectors.clock),) if found else ()

    def found(self, scope: CustomerScope, connectors: Connectors) -> Subscription | None:
        """The customer's subscription of that number; None: they have none, whoever else may."""
        own = connectors.subscriptions.subscriptions(scope)
        return next((one for one in own if one.id == self.subscription_id), None)

    def proven(
        self, scope: CustomerScope, connectors: Connectors, idempotency_key: str, **asked: str
    ) -> str | None:
        """The id of what was made with that key, if it is this."""
        made = connectors.subscriptions.made(scope, idempotency_key)
        return self.proof_of(made, self.subscription_id, **asked)
