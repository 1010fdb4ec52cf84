"""Who reads the answer: what is known of their plan, region and channel, and nothing guessed."""

from deskhand.domain.policy import Policy
from deskhand.domain.records import Customer, CustomerScope
from deskhand.domain.search import Reader
from deskhand.domain.turn import Turn
from deskhand.errors import Rejected
from deskhand.ports import Connectors


def reader_of(
    turn: Turn,
    scope: CustomerScope | None,
    customer: Customer | None,
    connectors: Connectors,
    policy: Policy,
) -> Reader:
    """The reader of a turn. Only a verified customer has a region or a plan; the plan is read only
    where the policy lists plans that articles may be written for.

    `Unavailable`: the subscriptions cannot be read in this moment.
    """
    return Reader(
        plan=_plan(scope, connectors, policy.macros.known.plan) if scope else "",
        region=customer.country if customer else "",
        channel=turn.messages[-1].channel if turn.messages else "",
    )


def _plan(scope: CustomerScope, connectors: Connectors, known: tuple[str, ...]) -> str:
    """The one of those plans that the customer pays for; with none or several it is unknown."""
    if not known:
        return ""
    try:
        subscriptions = connectors.subscriptions.subscriptions(scope)
    except Rejected:
        return ""
    active = {one.plan.id for one in subscriptions if one.status == "active"}
    [plan, *others] = [*sorted(active & set(known)), ""]
    return "" if any(others) else plan
