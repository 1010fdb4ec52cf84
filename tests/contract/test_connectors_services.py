"""Products, subscriptions, incidents and devices are read as they are now, and everybody sees only
what is theirs."""

from datetime import timedelta

import pytest

from deskhand.domain.services import BugReport, LogLine, Subscription
from deskhand.errors import Rejected
from tests.contract.shops import NOW, Shop

TODAY = NOW.date()


# --- products -------------------------------------------------------------------------------------


def test_a_product_is_sold_as_its_variants_cheapest_first(shop: Shop) -> None:
    variants = shop.connectors.products.variants("box")

    assert [one.id for one in variants][:2] == ["box-xs", "box-s"]
    assert (variants[0].product, variants[0].options) == ("Larch nest box", "tiny")
    assert (variants[0].price.words, variants[0].stock) == ("24.00 EUR", 5)


def test_a_product_that_is_not_sold_has_no_variants(shop: Shop) -> None:
    assert shop.connectors.products.variants("unknown") == ()


@pytest.mark.parametrize(
    ("text", "products"),
    [
        ("Is the Larch Nest Box in stock?", {"box"}),
        ("do you have nest boxes?", {"box"}),
        ("I like larch.", set()),
        ("Is the Larch still to be had?", {"box"}),
        ("Any lamps, and a larch box?", {"lamp", "box"}),
        ("Where is my order?", set()),
        ("", set()),
    ],
)
def test_a_product_is_found_by_its_name_in_a_text(
    shop: Shop, text: str, products: set[str]
) -> None:
    assert {one.product_id for one in shop.connectors.products.named(text)} == products


# --- subscriptions --------------------------------------------------------------------------------


def subscription(shop: Shop, id_: str) -> Subscription:
    found = shop.connectors.subscriptions.subscriptions(shop.ada)
    return next(one for one in found if one.id == id_)


def test_subscriptions_are_the_customers_own_newest_first(shop: Shop) -> None:
    subscriptions = shop.connectors.subscriptions

    assert [one.id for one in subscriptions.subscriptions(shop.ada)] == ["s1", "s2", "s3"]
    assert [one.id for one in subscriptions.subscriptions(shop.ben)] == ["s4"]


def test_a_subscription_is_read_whole(shop: Shop) -> None:
    running, paused = subscription(shop, "s1"), subscription(shop, "s2")

    assert (running.plan.name, running.plan.price.words) == ("Small box", "10.00 EUR")
    assert (running.status, running.renews_on) == ("active", TODAY + timedelta(days=20))
    assert (running.paused_until, running.next_plan) == (None, None)
    assert (paused.status, paused.paused_until) == ("paused", TODAY + timedelta(days=12))


def test_plans_come_cheapest_first(shop: Shop) -> None:
    plans = shop.connectors.subscriptions.plans()

    assert [(plan.id, plan.interval) for plan in plans] == [
        ("small", "month"),
        ("big", "month"),
        ("yearly", "year"),
    ]


@pytest.mark.parametrize("id_", ["s1", "s2"])
def test_a_subscription_ends_when_what_is_paid_is_over(shop: Shop, id_: str) -> None:
    before = subscription(shop, id_)

    shop.connectors.subscriptions.cancel(shop.ada, id_, idempotency_key="k")

    after = subscription(shop, id_)
    assert (after.status, after.renews_on) == ("cancelled", before.renews_on)


@pytest.mark.parametrize("id_", ["s3", "s4", "unknown"])
def test_what_is_over_or_not_theirs_is_neither_ended_nor_changed(shop: Shop, id_: str) -> None:
    subscriptions = shop.connectors.subscriptions

    with pytest.raises(Rejected, match=id_):
        subscriptions.cancel(shop.ada, id_, idempotency_key="a")
    with pytest.raises(Rejected, match=id_):
        subscriptions.pause(shop.ada, id_, until=TODAY + timedelta(days=9), idempotency_key="b")
    with pytest.raises(Rejected, match=id_):
        subscriptions.change_plan(shop.ada, id_, plan_id="small", idempotency_key="c")

    assert all(subscriptions.made(shop.ada, key) is None for key in "abc")


@pytest.mark.parametrize(("days", "renews_in_days"), [(5, 20), (40, 40)])
def test_a_paused_subscription_renews_no_earlier_than_it_goes_on(
    shop: Shop, days: int, renews_in_days: int
) -> None:
    until = TODAY + timedelta(days=days)

    shop.connectors.subscriptions.pause(shop.ada, "s1", until=until, idempotency_key="k")

    paused = subscription(shop, "s1")
    assert (paused.status, paused.paused_until) == ("paused", until)
    assert paused.renews_on == TODAY + timedelta(days=renews_in_days)


@pytest.mark.parametrize(("id_", "days"), [("s1", 0), ("s1", -3), ("s2", 30)])
def test_a_pause_begins_once_and_ends_in_the_future(shop: Shop, id_: str, days: int) -> None:
    before = subscription(shop, id_)

    with pytest.raises(Rejected, match=id_):
        shop.connectors.subscriptions.pause(
            shop.ada, id_, until=TODAY + timedelta(days=days), idempotency_key="k"
        )

    assert subscription(shop, id_) == before


def test_another_plan_begins_at_the_next_renewal(shop: Shop) -> None:
    shop.connectors.subscriptions.change_plan(shop.ada, "s1", plan_id="big", idempotency_key="k")

    after = subscription(shop, "s1")
    assert after.plan.id == "small"
    assert after.next_plan is not None
    assert after.next_plan.id == "big"


@pytest.mark.parametrize(
    ("plan_id", "why"), [("small", "already"), ("gold", "no plan"), ("", "no plan")]
)
def test_there_is_no_change_to_the_same_plan_or_one_that_there_is_not(
    shop: Shop, plan_id: str, why: str
) -> None:
    with pytest.raises(Rejected, match=why):
        shop.connectors.subscriptions.change_plan(
            shop.ada, "s1", plan_id=plan_id, idempotency_key="k"
        )


# --- what works just now --------------------------------------------------------------------------


def test_incidents_are_told_until_a_day_after_they_are_over(shop: Shop) -> None:
    incidents = shop.connectors.incidents.current()

    assert [one.id for one in incidents] == ["now", "just-over"]
    assert (incidents[0].words, incidents[0].began_at) == (
        "It does not start.",
        NOW - timedelta(hours=2),
    )


def test_devices_are_the_customers_own(shop: Shop) -> None:
    (device,) = shop.connectors.telemetry.devices(shop.ada)

    assert (device.id, device.version, device.state) == ("d1", "1.2", "battery low")
    assert device.last_seen_at == NOW - timedelta(hours=2)


def test_logs_are_the_latest_lines_oldest_first(shop: Shop) -> None:
    telemetry = shop.connectors.telemetry

    said = [line.text for line in telemetry.logs(shop.ada, "d1")]

    assert said == ["started", "battery at 4 percent", "went out"]
    assert [line.text for line in telemetry.logs(shop.ada, "d1", limit=2)] == said[1:]


@pytest.mark.parametrize("device_id", ["d2", "unknown", ""])
def test_nobody_reads_the_logs_of_others_devices(shop: Shop, device_id: str) -> None:
    assert shop.connectors.telemetry.logs(shop.ada, device_id) == ()


def test_a_bug_report_has_the_logs_that_came_with_it(shop: Shop) -> None:
    line = LogLine(at=NOW, level="error", text="went out")
    report = BugReport(title="It goes out", steps="Wait.", device_id="d1", logs=(line,))

    shop.connectors.issues.file_bug(shop.ada, report, idempotency_key="k")

    made = shop.connectors.issues.made(shop.ada, "k")
    assert made is not None
    assert made.details["logs"] == f"{NOW.isoformat()} error went out"


def test_a_bug_report_asked_for_again_with_newer_logs_is_the_same_report(shop: Shop) -> None:
    report = BugReport(title="It goes out", steps="Wait.", device_id="d1")
    later = report.model_copy(update={"logs": (LogLine(at=NOW, level="info", text="on"),)})
    issues = shop.connectors.issues

    first = issues.file_bug(shop.ada, report, idempotency_key="k")

    assert issues.file_bug(shop.ada, later, idempotency_key="k") == first


def test_a_bug_report_names_no_device_of_others(shop: Shop) -> None:
    report = BugReport(title="It goes out", steps="Wait.", device_id="d2")

    with pytest.raises(Rejected, match="d2"):
        shop.connectors.issues.file_bug(shop.ada, report, idempotency_key="k")

    assert shop.connectors.issues.made(shop.ada, "k") is None
