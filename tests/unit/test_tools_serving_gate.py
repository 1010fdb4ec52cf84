"""What may be done beside orders as the records stand, and why not."""

from typing import Any

import pytest

from deskhand.domain.draft import ProposedAction
from deskhand.ports import Connectors
from deskhand.text.wishes import mentions
from deskhand.tools.registry import OURS
from tests.judging import codes, cures
from tests.serving import (
    BERLIN,
    CREDIT,
    GOOD,
    HAMBURG,
    LATER,
    PAUSE,
    REPORT,
    SHOP,
    a_shop,
    everything_found,
    in_days,
    judge,
    proposal,
    scope_of,
    verdict_on,
)

ASKED_FIRST = ("update_record", "move_address", "cancel_subscription", "change_subscription")
AT_ONCE = ("recover_password", "give_credit", "pause_subscription", "file_bug", "open_follow_up")


@pytest.fixture
def shop() -> Connectors:
    return a_shop()


@pytest.mark.parametrize("name", AT_ONCE)
def test_what_harms_nobody_is_done_at_once(shop: Connectors, name: str) -> None:
    proposed = proposal(name, **GOOD[name])

    verdict = judge(proposed, shop)

    assert (verdict.decision, verdict.actions) == ("send", (proposed,)), verdict.words


@pytest.mark.parametrize("name", ASKED_FIRST)
def test_what_changes_something_for_long_is_done_after_a_yes_to_exactly_this(
    shop: Connectors, name: str
) -> None:
    proposed = proposal(name, **GOOD[name])

    before, after = judge(proposed, shop), judge(proposed, shop, yes_to=proposed)

    assert (before.decision, cures(before)) == ("send", [("CONFIRM", "confirm")])
    assert before.actions == ()
    assert (after.decision, after.actions) == ("send", (proposed,)), after.words


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("update_record", {"name": "Ada Berg", "phone": "+49 40 7654322"}),
        ("update_record", {"name": "Ada Berg"}),
        ("move_address", {"address": HAMBURG | {"line2": "Back door"}}),
        ("change_subscription", {"subscription_id": "S-1", "plan_id": "whole-year"}),
    ],
)
def test_a_yes_to_something_else_is_no_yes(
    shop: Connectors, name: str, other: dict[str, Any]
) -> None:
    verdict = judge(proposal(name, **GOOD[name]), shop, yes_to=proposal(name, **other))

    assert cures(verdict) == [("CONFIRM", "confirm")]
    assert verdict.actions == ()


def test_deleting_an_account_needs_the_customer_and_then_a_person(shop: Connectors) -> None:
    proposed = proposal("delete_account")

    before = judge(proposed, shop, who="flo")
    after = judge(proposed, shop, who="flo", yes_to=proposed)

    assert cures(before) == [("CONFIRM", "confirm")]
    assert (after.decision, cures(after)) == ("await_approval", [("PERSON_DELETES", "approval")])


def test_ending_a_yearly_plan_needs_the_customer_and_then_a_person() -> None:
    proposed = proposal("cancel_subscription", subscription_id="S-1")
    yearly = SHOP["subscriptions"][0] | {"plan": "whole-year"}
    shop = a_shop(SHOP | {"subscriptions": [yearly]})

    before, after = judge(proposed, shop), judge(proposed, shop, yes_to=proposed)

    assert cures(before) == [("CONFIRM", "confirm")]
    assert (after.decision, cures(after)) == ("await_approval", [("YEARLY_PLAN", "approval")])


# --- as the records stand -------------------------------------------------------------------------

STANDING = [
    ("ada", proposal("resend_activation"), "ACTIVE_ALREADY", "explain"),
    ("ben", proposal("recover_password"), "NOT_ACTIVATED_YET", "explain"),
    ("ada", proposal("update_record", name="Ada"), "NOTHING_TO_CHANGE", "explain"),
    ("ada", proposal("move_address", address=BERLIN), "SAME_ADDRESS", "explain"),
    ("ada", proposal("delete_account"), "SUBSCRIPTION_STILL_RUNS", "explain"),
    ("ada", proposal("give_credit", **CREDIT | {"amount_cents": 30_01}), "CREDIT_ABOVE_ORDER", ""),
    ("ada", proposal("give_credit", **CREDIT | {"amount_cents": 20_01}), "CREDIT_ABOVE_LIMIT", ""),
    ("ada", proposal("pause_subscription", **PAUSE | {"until": in_days(0)}), "PAUSE_OVER", ""),
    ("ada", proposal("pause_subscription", **PAUSE | {"until": "1999-01-01"}), "PAUSE_OVER", ""),
    ("ada", proposal("pause_subscription", **PAUSE | {"until": in_days(91)}), "PAUSE_TOO_LONG", ""),
    ("ada", proposal("pause_subscription", **PAUSE | {"until": "9999-12-31"}), "PAUSE_TOO_LO", ""),
    ("ada", proposal("change_subscription", subscription_id="S-1", plan_id="plus"), "SAME_PLA", ""),
    ("ada", proposal("open_follow_up", **LATER | {"due": in_days(-1)}), "FOLLOW_UP_OVER", ""),
    ("ada", proposal("open_follow_up", **LATER | {"due": in_days(61)}), "FOLLOW_UP_TOO_FAR", ""),
    ("ada", proposal("file_bug", **REPORT | {"device_id": "D-2"}), "NO_ERROR_LOGGED", "approval"),
    ("ben", proposal("pause_subscription", **PAUSE | {"subscription_id": "S-8"}), "PAUSED_A", ""),
]


@pytest.mark.parametrize(("who", "proposed", "code", "cure"), STANDING)
def test_what_the_records_do_not_allow_is_left_and_explained(
    shop: Connectors, who: str, proposed: ProposedAction, code: str, cure: str
) -> None:
    verdict = judge(proposed, shop, who=who)

    assert verdict.actions == () or verdict.decision == "await_approval"
    objections = [one for one in verdict.objections if one.code.startswith(code)]
    assert objections, codes(verdict)
    assert objections[0].words.endswith(".")
    assert not cure or objections[0].cure == cure


def test_what_was_cancelled_is_neither_cancelled_again_nor_changed(shop: Connectors) -> None:
    shop.subscriptions.cancel(scope_of(shop), "S-1", idempotency_key="k")

    for name, code in (
        ("cancel_subscription", "CANCELLED_ALREADY"),
        ("pause_subscription", "SUBSCRIPTION_OVER"),
        ("change_subscription", "SUBSCRIPTION_OVER"),
    ):
        assert codes(judge(proposal(name, **GOOD[name]), shop)) == [code]


def test_a_follow_up_that_waits_is_not_doubled_without_a_person(shop: Connectors) -> None:
    proposed = proposal("open_follow_up", **LATER)
    OURS.action_of(proposed).perform(scope_of(shop), shop, idempotency_key="k")

    verdict = judge(proposed, shop)

    assert cures(verdict) == [("FOLLOW_UP_OPEN_ALREADY", "approval")]


def test_a_second_gift_within_a_week_needs_a_person(shop: Connectors) -> None:
    verdict = judge(proposal("give_credit", **CREDIT), shop, refunds_in_7_days=1)

    assert cures(verdict) == [("SECOND_CREDIT_IN_7_DAYS", "approval")]


def test_a_flagged_account_is_changed_by_a_person(shop: Connectors) -> None:
    proposed = proposal("update_record", phone="+49 40 7654321")

    verdict = judge(proposed, shop, who="flo", yes_to=proposed)

    assert cures(verdict) == [("FLAGGED_ACCOUNT", "approval")]


def test_two_changes_of_one_account_are_judged_one_after_the_other(shop: Connectors) -> None:
    first = proposal("update_record", name="Ada Berg")
    again = proposal("update_record", name="Ada Berg", phone="+49 30 1234567")

    verdict = verdict_on(first, again, facts=everything_found(shop), shop=shop)

    assert "NOTHING_TO_CHANGE" in codes(verdict)
    assert verdict.actions == ()


# --- which one is meant, where nobody understands the language ------------------------------------

WISHES = {
    "I forgot my password, send me a new one": ["recover_password"],
    "Please send the activation mail again": ["resend_activation"],
    "I have a new phone number: +49 40 7654321": ["update_record"],
    "I moved, please change my address": ["move_address"],
    "Delete my account": ["delete_account"],
    "I want a credit for the trouble": ["give_credit"],
    "Cancel my subscription": ["cancel_subscription"],
    "I want to end my seed box": ["cancel_subscription"],
    "Pause it until the end of the month": ["pause_subscription"],
    "Upgrade me to Plus": ["change_subscription"],
    "Can I change to another plan?": ["change_subscription"],
    "The camera crashes all day": ["file_bug"],
    "Please get back to me in a week": ["open_follow_up"],
}


@pytest.mark.parametrize(("wish", "meant"), WISHES.items())
def test_the_words_of_a_wish_tell_which_action_is_meant(wish: str, meant: list[str]) -> None:
    ours = {name: OURS.actions[name] for name in (*GOOD, "resend_activation")}

    assert sorted(n for n, one in ours.items() if mentions(wish, one.telling)) == sorted(meant)
