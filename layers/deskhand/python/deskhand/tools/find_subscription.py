"""Finds the subscription that a message speaks of, and the plans that it could be changed to."""

from deskhand.domain.classification import Classification
from deskhand.domain.records import CustomerScope
from deskhand.domain.services import Subscription
from deskhand.ports import Connectors
from deskhand.tools.facts.subscription import in_a_choice, plan_fact, subscription_fact
from deskhand.tools.naming import named
from deskhand.tools.tool import Found


class FindSubscription:
    """Looks a subscription up by its number, else by its plan, else takes the only one that runs;
    of those that are over, the latest."""

    name = "find_subscription"

    def look_up(
        self, scope: CustomerScope, connectors: Connectors, reading: Classification, text: str
    ) -> Found:
        """The facts about the subscription that is meant and about all plans, or what to choose
        from."""
        own = connectors.subscriptions.subscriptions(scope)
        meant = _meant(own, text)
        if not meant:
            return Found(missing=("a subscription in your account",))
        if len(meant) > 1:
            return Found(choices=tuple(in_a_choice(one) for one in meant))
        plans = connectors.subscriptions.plans()
        return Found(
            facts=(
                subscription_fact(meant[0], connectors.clock),
                *(plan_fact(plan) for plan in plans),
            )
        )


def _meant(own: tuple[Subscription, ...], text: str) -> tuple[Subscription, ...]:
    if numbered := tuple(one for one in own if named(text, one.id)):
        return numbered
    running = tuple(one for one in own if one.status != "cancelled")
    # Who has one only may well name another plan: the one that they want.
    by_plan = tuple(one for one in running if named(text, one.plan.name))
    return (running if len(running) == 1 else by_plan or running) or own[:1]
