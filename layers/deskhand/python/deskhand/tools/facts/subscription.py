"""Subscriptions and plans in plain sentences, each true on its own."""

from collections.abc import Iterator
from datetime import date

from deskhand.domain.evidence import Fact
from deskhand.domain.services import Plan, Subscription
from deskhand.ports import Clock
from deskhand.tools.facts.order import day


def subscription_fact(subscription: Subscription, clock: Clock) -> Fact:
    """What the subscriptions' system of record says about one of them at this moment."""
    today = clock().date()
    plan = subscription.plan
    return Fact(
        id=f"subscription:{subscription.id}",
        kind="subscription",
        key=subscription.id,
        source="subscriptions",
        words=tuple(_words(subscription, today)),
        attributes={
            "subscription_id": subscription.id,
            "status": subscription.status,
            "plan_id": plan.id,
            "plan": plan.name,
            "interval": plan.interval,
            "next_plan_id": subscription.next_plan.id if subscription.next_plan else "",
            "price_cents": plan.price.amount_cents,
            "currency": plan.price.currency,
            "read_on": today.isoformat(),
        },
    )


def plan_fact(plan: Plan) -> Fact:
    """What can be subscribed to."""
    return Fact(
        id=f"plan:{plan.id}",
        kind="plan",
        key=plan.id,
        source="subscriptions",
        words=(f"The plan {plan.name} costs {price_in_words(plan)}.",),
        attributes={
            "plan_id": plan.id,
            "plan": plan.name,
            "interval": plan.interval,
            "price_cents": plan.price.amount_cents,
            "currency": plan.price.currency,
        },
    )


def price_in_words(plan: Plan) -> str:
    """What a plan costs: `9.00 EUR a month`."""
    return f"{plan.price.words} a {plan.interval}"


def in_a_choice(subscription: Subscription) -> str:
    """How one is named where the customer has to choose from several."""
    return f"subscription {subscription.id} ({subscription.plan.name})"


def _words(subscription: Subscription, today: date) -> Iterator[str]:
    number, renewal = subscription.id, day(subscription.renews_on)
    plan = subscription.plan
    match subscription.status:
        case "active":
            yield f"Your subscription {number} is active and renews on {renewal}."
        case "paused" if subscription.paused_until:
            yield f"Your subscription {number} is paused until {day(subscription.paused_until)}."
        case "paused":
            yield f"Your subscription {number} is paused."
        case "cancelled" if subscription.renews_on > today:
            yield f"Your subscription {number} is cancelled and paid until {renewal}."
        case _:  # cancelled, and over
            yield f"Your subscription {number} is cancelled."
    yield f"Your subscription {number} is on the plan {plan.name} for {price_in_words(plan)}."
    if subscription.next_plan:
        after = subscription.next_plan
        yield (
            f"With its next renewal your subscription {number} changes to the plan {after.name}"
            f" for {price_in_words(after)}."
        )
    yield f"You have had subscription {number} since {day(subscription.since)}."
