"""What is done beside orders: named in full, done once, read back, and foreseen as it then is."""

from dataclasses import replace
from typing import Any

import pytest

from deskhand.domain.draft import ProposedAction
from deskhand.domain.records import CustomerScope
from deskhand.errors import Rejected, Unavailable
from deskhand.ports import Connectors
from deskhand.tools.registry import OURS
from deskhand.tools.tool import Action
from tests.builders import an_asker
from tests.serving import (
    BERLIN,
    HAMBURG,
    LATER,
    REPORT,
    a_shop,
    facts_for,
    in_days,
    proposal,
    scope_of,
)

DEEDS: list[tuple[str, ProposedAction, str, str]] = [
    (
        "ada",
        proposal("recover_password"),
        "a letter with the link for a new password to the e-mail address on file",
        "The link for a new password has been sent to the e-mail address of your account"
        " (reference REF).",
    ),
    (
        "ben",
        proposal("resend_activation"),
        "the activation letter once more to the e-mail address on file",
        "The activation letter has been sent again to the e-mail address of your account"
        " (reference REF).",
    ),
    (
        "ada",
        proposal("update_record", name="Ada Berg"),
        'a change on the account: the name to "Ada Berg"',
        "The name of your account has been changed (reference REF).",
    ),
    (
        "ada",
        proposal("update_record", name="Ada Berg", phone="+49 40 7654321"),
        'a change on the account: the name to "Ada Berg" and the phone number to "+49 40 7654321"',
        "The name and the phone number of your account have been changed (reference REF).",
    ),
    (
        "ada",
        proposal("move_address", address=HAMBURG),
        'a change of the address on the account to "Dock 2, 20457 Hamburg, DE"',
        "The address of your account has been changed (reference REF).",
    ),
    (
        "ada",
        proposal("delete_account"),
        "the deletion of the account for good, which cannot be undone",
        "Your account has been deleted (reference REF).",
    ),
    (
        "ada",
        proposal("give_credit", order_id="A-1", amount_cents=5_00, why="The box came late"),
        'a credit of 5.00 EUR on the account for order A-1: "The box came late"',
        "A credit of 5.00 EUR is on your account for your next order (reference REF).",
    ),
    (
        "ada",
        proposal("cancel_subscription", subscription_id="S-1"),
        "the cancellation of subscription S-1 (Plus, 9.00 EUR a month)",
        "Subscription S-1 has been cancelled (reference REF).",
    ),
    (
        "ada",
        proposal("pause_subscription", subscription_id="S-1", until="2026-12-24"),
        "a pause of subscription S-1 until 24 December 2026",
        "Subscription S-1 is paused until 24 December 2026 (reference REF).",
    ),
    (
        "ada",
        proposal("change_subscription", subscription_id="S-1", plan_id="basic"),
        "a change of subscription S-1 from Plus to Basic for 5.00 EUR a month",
        "Subscription S-1 changes to Basic with its next renewal (reference REF).",
    ),
    (
        "ada",
        proposal("file_bug", **REPORT),
        'a report to our engineers about device D-1: "The camera is blind", with the steps'
        ' "1. Switch it on.\n2. Look at the picture." and its latest log lines',
        "Our engineers have a report about your device D-1 (reference REF).",
    ),
    (
        "ada",
        proposal("open_follow_up", **LATER),
        'a follow-up on 1 December 2026 about "The late parcel": "See whether it has come."',
        "We will come back to you on 1 December 2026 (ticket REF).",
    ),
]

OTHERS: dict[str, list[dict[str, Any]]] = {
    "update_record": [{"name": "Eve"}, {"phone": "+49 1 111111"}],
    "move_address": [{"address": BERLIN | {"line1": "Elm Street 3"}}],
    "give_credit": [{"amount_cents": 5_01}, {"why": "Something else"}],
    "cancel_subscription": [],
    "pause_subscription": [{"until": "2026-12-25"}],
    "change_subscription": [{"plan_id": "whole-year"}],
    "file_bug": [{"device_id": "D-2"}, {"title": "Another thing"}],
    "open_follow_up": [
        {"subject": "Else"},
        {"text": "Something else to see."},
        {"due": in_days(11)},
    ],
}
"""What each could be mistaken for."""

ALL = pytest.mark.parametrize(
    ("who", "proposed"), [deed[:2] for deed in DEEDS], ids=lambda one: getattr(one, "name", one)
)


@pytest.fixture
def shop() -> Connectors:
    return a_shop()


def done(
    action: Action, scope: CustomerScope, shop: Connectors, *, key: str = "k"
) -> tuple[str, str | None]:
    """Its reference as it was given, and as it was read back."""
    reference = action.perform(scope, shop, idempotency_key=key)
    return reference, action.read_back(scope, shop, idempotency_key=key)


def test_every_action_that_is_not_about_an_order_is_tried_here() -> None:
    tried = {proposed.name for _, proposed, *_ in DEEDS}
    others = {name for name, action in OURS.actions.items() if action.resource_kind != "Order"}

    assert others | {"give_credit"} == tried


@pytest.mark.parametrize(("who", "proposed", "asked", "told"), DEEDS)
def test_a_deed_is_asked_about_and_told_in_exact_words(
    shop: Connectors, who: str, proposed: ProposedAction, asked: str, told: str
) -> None:
    action, facts = OURS.action_of(proposed), facts_for(proposed, shop, who)

    assert action.in_words(facts) == asked
    assert action.done_in_words(facts, "REF") == told


@ALL
def test_a_deed_is_done_and_read_back(shop: Connectors, who: str, proposed: ProposedAction) -> None:
    action = OURS.action_of(proposed)
    assert action.read_back(scope_of(shop, who), shop, idempotency_key="k") is None

    reference, seen = done(action, scope_of(shop, who), shop)

    assert seen == reference != ""


@ALL
def test_a_deed_twice_with_one_key_is_one_deed(
    shop: Connectors, who: str, proposed: ProposedAction
) -> None:
    action, scope = OURS.action_of(proposed), scope_of(shop, who)
    first = action.perform(scope, shop, idempotency_key="k")

    assert action.perform(scope, shop, idempotency_key="k") == first
    assert action.read_back(scope, shop, idempotency_key="other key") is None


@ALL
def test_a_deed_of_somebody_else_is_no_proof(
    shop: Connectors, who: str, proposed: ProposedAction
) -> None:
    action, kay = OURS.action_of(proposed), scope_of(shop, "kay")
    action.perform(scope_of(shop, who), shop, idempotency_key="k")

    assert action.read_back(kay, shop, idempotency_key="k") is None


@pytest.mark.parametrize(
    ("proposed", "other"),
    [(deed[1], other) for deed in DEEDS for other in OTHERS.get(deed[1].name, ())],
    ids=lambda one: getattr(one, "name", str(one)[:30]),
)
def test_what_was_done_otherwise_is_no_proof(
    shop: Connectors, proposed: ProposedAction, other: dict[str, Any]
) -> None:
    done_instead = proposed.model_copy(update={"arguments": {**proposed.arguments, **other}})
    OURS.action_of(done_instead).perform(scope_of(shop), shop, idempotency_key="k")

    with pytest.raises(Rejected):
        OURS.action_of(proposed).read_back(scope_of(shop), shop, idempotency_key="k")


@ALL
def test_what_is_foreseen_is_what_the_records_then_show(
    shop: Connectors, who: str, proposed: ProposedAction
) -> None:
    action, scope = OURS.action_of(proposed), scope_of(shop, who)
    foreseen = action.after(facts_for(proposed, shop, who))
    action.perform(scope, shop, idempotency_key="k")

    if proposed.name == "delete_account":
        assert shop.identity.scope(an_asker()) is None
        return
    after = facts_for(proposed, shop, who)
    assert {id_: fact.attributes for id_, fact in foreseen.items()} == {
        id_: fact.attributes for id_, fact in after.items()
    }


@ALL
def test_only_a_credit_counts_against_the_limits_of_money(
    shop: Connectors, who: str, proposed: ProposedAction
) -> None:
    money = OURS.action_of(proposed).money(facts_for(proposed, shop, who))

    assert money.amount_cents == (5_00 if proposed.name == "give_credit" else 0)


# --- payments that misbehave ----------------------------------------------------------------------


def test_a_credit_whose_answer_was_lost_is_seen_all_the_same(shop: Connectors) -> None:
    action = OURS.action_of(proposal("give_credit", order_id="U-1", amount_cents=500, why="Late"))

    with pytest.raises(Unavailable):
        action.perform(scope_of(shop, "ulf"), shop, idempotency_key="k")

    assert action.read_back(scope_of(shop, "ulf"), shop, idempotency_key="k")


def test_a_credit_that_timed_out_was_not_given(shop: Connectors) -> None:
    action = OURS.action_of(proposal("give_credit", order_id="T-1", amount_cents=500, why="Late"))

    with pytest.raises(Unavailable):
        action.perform(scope_of(shop, "tim"), shop, idempotency_key="k")

    assert action.read_back(scope_of(shop, "tim"), shop, idempotency_key="k") is None


# --- what is not the customer's -------------------------------------------------------------------


@pytest.mark.parametrize(
    "proposed",
    [
        proposal("cancel_subscription", subscription_id="S-8"),
        proposal("pause_subscription", subscription_id="S-8", until=in_days(3)),
        proposal("change_subscription", subscription_id="S-8", plan_id="plus"),
        proposal("file_bug", **REPORT | {"device_id": "D-9"}),
        proposal("give_credit", order_id="B-1", amount_cents=500, why="Late"),
    ],
    ids=lambda one: one.name,
)
def test_what_is_bens_looks_to_ada_like_what_does_not_exist(
    shop: Connectors, proposed: ProposedAction
) -> None:
    action = OURS.action_of(proposed)

    assert action.fact_id not in facts_for(proposed, shop)
    with pytest.raises(Rejected):
        action.perform(scope_of(shop), shop, idempotency_key="k")
    assert action.read_back(scope_of(shop), shop, idempotency_key="k") is None


def test_a_report_takes_the_log_of_the_device_along(shop: Connectors) -> None:
    OURS.action_of(proposal("file_bug", **REPORT)).perform(
        scope_of(shop), shop, idempotency_key="k"
    )

    made = shop.issues.made(scope_of(shop), "k")
    assert made is not None
    assert made.details["steps"] == REPORT["steps"]
    assert "error The sensor does not answer." in made.details["logs"]


def test_a_cancellation_that_the_record_does_not_show_is_none(shop: Connectors) -> None:
    action = OURS.action_of(proposal("cancel_subscription", subscription_id="S-1"))
    action.perform(scope_of(shop), shop, idempotency_key="k")

    class Unchanged:
        """Says that it was cancelled, and still shows it as it was."""

        made = staticmethod(shop.subscriptions.made)

        def subscriptions(self, scope: CustomerScope) -> tuple[Any, ...]:
            own = shop.subscriptions.subscriptions(scope)
            return tuple(one.model_copy(update={"status": "active"}) for one in own)

    unchanged: Any = Unchanged()
    still = replace(shop, subscriptions=unchanged)
    assert action.read_back(scope_of(shop), still, idempotency_key="k") is None
