"""Two customers ask the same and are told what holds for each; of a stranger nothing is guessed."""

from datetime import date
from typing import Any

import pytest

from deskhand.adapters.memory.knowledge import MemoryKnowledge
from deskhand.domain.evidence import Evidence, OnlyFor
from deskhand.domain.macros import Macros
from deskhand.domain.money import Money
from deskhand.domain.records import CustomerScope
from deskhand.domain.services import Plan, Subscription
from deskhand.errors import Rejected, Unavailable
from deskhand.jobs.reindex import reindex
from deskhand.ports import Connectors, NotConnected
from deskhand.stages.retrieve import retrieve
from deskhand.tools.registry import OURS, Tools
from tests.builders import StoppedClock, a_classified_turn, a_message, an_asker
from tests.knowledge import TODAY, CountingEmbedder, an_article
from tests.retrieving import WHERE, Lookup, Records, asked, the_policy

PAGE = """
## Support

We answer parcels within {{ hours }} hours.

::: only-for plan=pro
Parcels of yours are looked for by phone, at once.
:::

::: only-for plan=team region=NL
Parcels of teams in the Netherlands have their own driver.
:::

::: only-for channel=chat
In the chat we show you the parcel on a map.
:::
"""
MACROS = Macros(variables={"hours": 9}, known=OnlyFor(plan=("pro", "team")))
FOR_ALL = "We answer parcels within 9 hours."
FOR_PRO = "Parcels of yours are looked for by phone, at once."
FOR_TEAMS = "Parcels of teams in the Netherlands have their own driver."
IN_THE_CHAT = "In the chat we show you the parcel on a map."


def subscribed(plan: str, status: str = "active") -> Subscription:
    bought = Plan(id=plan, name=plan, price=Money(amount_cents=9_00, currency="EUR"))
    day = date(2026, 11, 1)
    given = {"id": plan, "customer_id": "c1", "since": day, "renews_on": day, "status": status}
    return Subscription.model_validate(given | {"plan": bought})


class Subscriptions:
    """What the customer subscribes to, or why that cannot be said."""

    def __init__(self, *held: Subscription, fails: Exception | None = None) -> None:
        self.held, self.fails, self.asked_for = held, fails, list[str]()

    def subscriptions(self, scope: CustomerScope) -> tuple[Subscription, ...]:
        self.asked_for.append(scope.customer_id)
        if self.fails:
            raise self.fails
        return self.held


class Customers(Records):
    """Customers of one country."""

    def __init__(self, country: str) -> None:
        super().__init__()
        self._country = country

    def customer(self, scope: CustomerScope):
        return super().customer(scope).model_copy(update={"country": self._country})


def found(
    subscriptions: Any, *, country: str = "DE", macros: Macros = MACROS, **bent: Any
) -> Evidence:
    """What is found for the question about a parcel."""
    records, embedder, knowledge = Customers(country), CountingEmbedder(), MemoryKnowledge()

    class Pages:
        def articles(self):
            return [an_article(PAGE, category="delivery")]

    reindex(source=Pages(), knowledge=knowledge, embedder=embedder, macros=MACROS)
    connectors = Connectors(
        identity=records, customers=records, subscriptions=subscriptions, clock=StoppedClock()
    )
    return retrieve(
        a_classified_turn(reading=asked(WHERE), **bent),
        embedder=embedder,
        knowledge=knowledge,
        connectors=connectors,
        policy=the_policy(max_passages=9).model_copy(update={"macros": macros}),
        tools=Tools.of([Lookup(name, records) for name in OURS.lookups], []),
        today=TODAY,
    )


def told(*given: Any, **bent: Any) -> set[str]:
    return {passage.text for passage in found(*given, **bent).passages}


def test_customers_of_two_plans_are_told_two_things():
    assert told(Subscriptions(subscribed("pro"))) == {FOR_ALL, FOR_PRO}
    assert told(Subscriptions(subscribed("team")), country="NL") == {FOR_ALL, FOR_TEAMS}


def test_both_conditions_have_to_hold():
    assert told(Subscriptions(subscribed("team")), country="BE") == {FOR_ALL}


def test_a_stranger_is_told_what_holds_for_everybody():
    subscriptions = Subscriptions(subscribed("pro"))

    assert told(subscriptions, asker=an_asker(verified=False)) == {FOR_ALL}
    assert subscriptions.asked_for == []


@pytest.mark.parametrize(
    "subscriptions",
    [
        NotConnected("subscriptions"),
        Subscriptions(fails=Rejected("no such customer")),
        Subscriptions(),
        Subscriptions(subscribed("pro", "cancelled"), subscribed("team", "paused")),
        Subscriptions(subscribed("pro"), subscribed("team")),
        Subscriptions(subscribed("library")),
    ],
)
def test_an_unknown_plan_is_not_guessed_and_is_no_trouble(subscriptions):
    evidence = found(subscriptions)

    assert {passage.text for passage in evidence.passages} == {FOR_ALL}
    assert evidence.troubles == ()


def test_a_second_subscription_that_is_no_plan_of_ours_changes_nothing():
    assert told(Subscriptions(subscribed("library"), subscribed("pro"))) == {FOR_ALL, FOR_PRO}


def test_subscriptions_that_may_work_in_a_moment_are_left_to_the_machine():
    with pytest.raises(Unavailable):
        found(Subscriptions(fails=Unavailable("busy")))


def test_no_plan_is_read_where_no_article_can_be_written_for_one():
    subscriptions = Subscriptions(subscribed("pro"))

    assert told(subscriptions, macros=Macros()) == {FOR_ALL}
    assert subscriptions.asked_for == []


def test_the_channel_is_that_of_the_last_message_whoever_writes():
    by_chat = (a_message(channel="email"), a_message(id="m2", channel="chat"))

    assert told(
        NotConnected("subscriptions"), asker=an_asker(verified=False), messages=by_chat
    ) == {FOR_ALL, IN_THE_CHAT}


def test_a_customer_whose_record_cannot_be_read_is_from_nowhere():
    assert told(Subscriptions(subscribed("team")), country="") == {FOR_ALL}
