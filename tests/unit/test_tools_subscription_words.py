"""A subscription says in plain sentences how it stands, and what comes after it."""

from datetime import date
from typing import Any

import pytest

from deskhand.domain.money import Money
from deskhand.domain.services import Plan, Subscription
from deskhand.tools.facts.subscription import subscription_fact
from tests.builders import StoppedClock

SMALL = Plan(id="p1", name="Small box", price=Money(amount_cents=14_90, currency="EUR"))
LARGE = Plan(id="p2", name="Large box", price=Money(amount_cents=24_90, currency="EUR"))


def words(**bent: Any) -> tuple[str, ...]:
    given = {
        "id": "S1",
        "customer_id": "c1",
        "plan": SMALL,
        "status": "active",
        "since": date(2026, 1, 5),
        "renews_on": date(2026, 12, 5),
    }
    return subscription_fact(Subscription.model_validate(given | bent), StoppedClock()).words


@pytest.mark.parametrize(
    ("bent", "sentence"),
    [
        ({}, "Your subscription S1 is active and renews on 5 December 2026."),
        (
            {"status": "paused", "paused_until": date(2027, 1, 1)},
            "Your subscription S1 is paused until 1 January 2027.",
        ),
        ({"status": "paused"}, "Your subscription S1 is paused."),
        (
            {"status": "cancelled"},
            "Your subscription S1 is cancelled and paid until 5 December 2026.",
        ),
        (
            {"status": "cancelled", "renews_on": date(2026, 11, 1)},
            "Your subscription S1 is cancelled.",
        ),
    ],
)
def test_how_it_stands_comes_first(bent: dict[str, Any], sentence: str) -> None:
    assert words(**bent)[0] == sentence


def test_a_plan_that_it_changes_to_is_told_with_its_price() -> None:
    (told,) = [one for one in words(next_plan=LARGE) if "Large box" in one]

    assert told.startswith("With its next renewal your subscription S1 changes to the plan Large")
    assert "24.90 EUR" in told
