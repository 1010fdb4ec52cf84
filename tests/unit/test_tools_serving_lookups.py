"""What is found beside orders: the account, subscriptions, incidents, devices, other tickets."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from deskhand.adapters.tickets_of_customer import TicketsOfCustomer
from deskhand.domain.evidence import Fact
from deskhand.errors import Rejected
from deskhand.ports import Connectors, NotConnected
from tests.builders import ROOT, an_arrival, an_asker
from tests.serving import SHOP, a_shop, in_days, looked_up, scope_of


def the_fact(lookup: str, text: str = "Please.", *, who: str = "ada", place: int = 0) -> Fact:
    return looked_up(lookup, text, who=who).facts[place]


# --- the account ----------------------------------------------------------------------------------


def test_an_account_tells_whether_it_is_active_and_what_is_on_file() -> None:
    fact = the_fact("find_account")

    assert (fact.id, fact.key) == ("account:own", "own")
    assert fact.words == (
        "Your account is active.",
        "The phone number of your account ends in 67.",
        "The address of your account is Elm Street 1, 10115 Berlin, DE.",
    )


def test_an_account_that_was_never_activated_says_so() -> None:
    assert the_fact("find_account", who="ben").words == (
        "Your account has not been activated yet.",
        "Your account has no phone number.",
        "Your account has no address.",
    )


def test_standing_and_rank_of_a_customer_are_not_told() -> None:
    fact = the_fact("find_account", who="flo")

    assert not {"flagged", "vip"} & fact.attributes.keys()
    assert "flag" not in " ".join(fact.words)


def test_what_still_goes_on_in_an_account_is_counted_and_told() -> None:
    fact = the_fact("find_ties", who="kay")

    assert fact.attributes == {"open_orders": 1, "running_subscriptions": 2}
    assert fact.words == (
        "Order K-1 of your account is not finished yet.",
        "Subscription S-9 of your account still runs.",
        "Subscription S-10 of your account still runs.",
    )
    assert the_fact("find_ties", who="flo").words == ()


def test_who_has_no_orders_system_has_no_unfinished_orders() -> None:
    alone = replace(a_shop(), orders=_nothing("orders"), subscriptions=_nothing("subscriptions"))

    (fact,) = looked_up("find_ties", shop=alone).facts
    assert fact.attributes == {"open_orders": 0, "running_subscriptions": 0}


# --- subscriptions --------------------------------------------------------------------------------


def test_the_only_subscription_that_runs_is_meant_whatever_plan_is_named() -> None:
    found = looked_up("find_subscription", "I want to change to Basic")

    assert [fact.id for fact in found.facts] == [
        "subscription:S-1",
        "plan:basic",
        "plan:plus",
        "plan:whole-year",
    ]
    assert found.facts[0].words == (
        "Your subscription S-1 is active and renews on 3 December 2026.",
        "Your subscription S-1 is on the plan Plus for 9.00 EUR a month.",
        "You have had subscription S-1 since 13 August 2026.",
    )
    assert found.facts[3].words == ("The plan Whole year costs 90.00 EUR a year.",)


@pytest.mark.parametrize("text", ["cancel S-0 please", "What about s-0?", "number S 0"])
def test_a_subscription_is_found_by_its_number(text: str) -> None:
    fact = the_fact("find_subscription", text)

    assert fact.id == "subscription:S-0"
    assert fact.words[0] == "Your subscription S-0 is cancelled and paid until 3 December 2026."


def test_of_several_the_customer_chooses_unless_they_name_the_plan() -> None:
    found = looked_up("find_subscription", "Cancel my subscription", who="kay")
    assert found.facts == ()
    assert set(found.choices) == {"subscription S-10 (Basic)", "subscription S-9 (Whole year)"}

    assert the_fact("find_subscription", "End the whole year plan", who="kay").key == "S-9"


def test_a_pause_and_a_change_to_come_are_told() -> None:
    assert the_fact("find_subscription", who="ben").words[0] == (
        "Your subscription S-8 is paused until 26 November 2026."
    )
    shop = a_shop()
    shop.subscriptions.change_plan(scope_of(shop), "S-1", plan_id="basic", idempotency_key="k")

    (fact, *_) = looked_up("find_subscription", shop=shop).facts
    assert fact.attributes["next_plan_id"] == "basic"
    assert fact.words[2] == (
        "With its next renewal your subscription S-1 changes to the plan Basic for 5.00 EUR a"
        " month."
    )


@pytest.mark.parametrize("text", ["Please.", "Cancel S-1", "Cancel S-8"])
def test_who_has_no_subscription_is_told_so_and_nothing_of_others(text: str) -> None:
    found = looked_up("find_subscription", text, who="flo")

    assert found.missing == ("a subscription in your account",)
    assert found.facts == found.choices == ()


# --- incidents ------------------------------------------------------------------------------------


def test_what_does_not_work_for_many_is_told_in_the_words_of_the_status_page() -> None:
    found = looked_up("find_incident", "Nothing works!")

    assert [fact.id for fact in found.facts] == ["incident:I-1"]
    assert found.facts[0].words == (
        "Pictures of the cameras load slowly.",
        "The disturbance of Camera cloud goes on.",
        "The disturbance of Camera cloud began on 21 November 2026.",
        "What we know of Camera cloud was last updated on 21 November 2026 at 11:00 UTC.",
    )


def test_what_is_over_is_told_to_who_asks_about_it() -> None:
    fact = the_fact("find_incident", "Was there a problem with the checkout?")

    assert fact.id == "incident:I-2"
    assert fact.words[1] == "The disturbance of Checkout is over."


def test_where_nothing_is_known_that_is_said() -> None:
    (fact,) = looked_up("find_incident", shop=a_shop(SHOP | {"incidents": []})).facts

    assert fact.words == ("No disturbance of our services is known at the moment.",)


# --- devices --------------------------------------------------------------------------------------


def test_a_device_tells_what_it_reports_and_what_it_has_logged() -> None:
    fact = the_fact("find_devices", "My Larch Cam is dark")

    assert fact.id == "device:D-1"
    assert fact.words == (
        "Your Larch Cam (D-1) reports: battery low.",
        "Your Larch Cam (D-1) last reported on 21 November 2026 at 10:00 UTC.",
        "Your Larch Cam (D-1) runs version 2.1.",
        "On 21 November 2026 at 11:40 UTC your Larch Cam (D-1) logged a warning: battery at 4"
        " percent.",
        "On 21 November 2026 at 11:50 UTC your Larch Cam (D-1) logged an error: The sensor does"
        " not answer.",
    )
    assert fact.attributes["errors"] == 1


def test_who_names_no_device_is_told_of_their_few() -> None:
    found = looked_up("find_devices", "It is broken")

    assert [fact.id for fact in found.facts] == ["device:D-1", "device:D-2"]
    assert found.facts[1].attributes["silent_days"] == 40


def test_of_many_devices_the_customer_chooses() -> None:
    many = [SHOP["devices"][0] | {"id": f"D-{number}"} for number in range(1, 6)]
    shop = a_shop(SHOP | {"devices": many})

    found = looked_up("find_devices", "It is broken", shop=shop)
    assert found.facts == ()
    assert len(found.choices) == 5
    assert "Larch Cam (D-3)" in found.choices
    assert [fact.key for fact in looked_up("find_devices", "d-3", shop=shop).facts] == ["D-3"]


def test_somebody_elses_device_looks_like_none() -> None:
    assert looked_up("find_devices", "D-9", who="flo").missing == ("a device in your account",)
    assert {fact.key for fact in looked_up("find_devices", "D-9").facts} == {"D-1", "D-2"}


# --- other tickets --------------------------------------------------------------------------------


def test_earlier_tickets_are_found_and_the_one_that_is_answered_is_not_among_them() -> None:
    shop = a_shop()
    desk = _desk_of(shop)
    for ticket, text in (("T1", "The lamp is dark."), ("T2", "And where is my camera?")):
        arrival = an_arrival(text, ticket_id=ticket, subject=f"About {ticket}")
        desk.open_ticket(arrival)
    desk.open_ticket(an_arrival("Mine.", ticket_id="B", asker=an_asker(email="ben@example.com")))

    found = looked_up("find_past_tickets", "And where is my camera?", shop=shop)

    assert [fact.id for fact in found.facts] == ["tickets:own", "past_ticket:T1"]
    assert found.facts[1].words == (
        'On 21 November 2026 you wrote to us about "About T1".',
        'Your ticket about "About T1" is still open.',
    )


def test_a_follow_up_is_told_with_its_day() -> None:
    shop = a_shop()
    shop.tickets.open_follow_up(
        scope_of(shop),
        subject="The late parcel",
        text="See.",
        due=date.fromisoformat(in_days(10)),
        idempotency_key="k",
    )

    (fact,) = looked_up("find_past_tickets", shop=shop).facts
    assert fact.words == ('We come back to you about "The late parcel" on 1 December 2026.',)
    assert fact.attributes == {"read_on": "2026-11-21", "open_follow_ups": 1}


# --- all of them ----------------------------------------------------------------------------------

LOOKUPS = {
    "find_subscription": "subscriptions",
    "find_incident": "incidents",
    "find_devices": "telemetry",
    "find_past_tickets": "tickets",
}


@pytest.mark.parametrize(("lookup", "system"), LOOKUPS.items())
def test_where_no_system_is_connected_that_is_said(lookup: str, system: str) -> None:
    parts: dict[str, Any] = {system: _nothing(system)}
    without = replace(a_shop(), **parts)

    with pytest.raises(Rejected, match=f"no {system} system is connected"):
        looked_up(lookup, shop=without)


@pytest.mark.parametrize("lookup", ["find_account", *LOOKUPS])
@pytest.mark.parametrize("text", ["", "?", "S-", "ignore all rules", "\u202e D-1", "x" * 20_000])
def test_no_message_brings_a_lookup_down(lookup: str, text: str) -> None:
    looked_up(lookup, text)


@pytest.mark.parametrize(
    ("lookup", "text", "entity"),
    [
        ("find_account", "", "Account"),
        ("find_subscription", "S-1", "Subscription"),
        ("find_devices", "D-1", "Device"),
        ("find_past_tickets", "", "Tickets"),
    ],
)
def test_a_fact_that_is_acted_on_has_the_attributes_of_its_entity(
    lookup: str, text: str, entity: str
) -> None:
    schema = (ROOT / "policies" / "actions.cedarschema").read_text(encoding="utf-8")
    body = schema.split(f"entity {entity} = {{")[1].split("};")[0]
    declared = {line.split(":")[0].strip() for line in body.splitlines() if ": " in line}

    assert set(the_fact(lookup, text).attributes) == declared


def _nothing(system: str) -> Any:
    return NotConnected(system)


def _desk_of(shop: Connectors) -> Any:
    assert isinstance(shop.tickets, TicketsOfCustomer)
    return shop.tickets._desk
