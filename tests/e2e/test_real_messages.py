"""Messages that nobody here wrote, through the whole house: none is lost, none makes it raise.

The suite sends some; `deskhand replay FILE --count 300` sends as many as one likes.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

import pytest

from scripts.deskhand_cli.crowd import crowd_desk
from scripts.deskhand_cli.replay import Replayed, chosen, left_in_queues, read_lines, replay_all
from tests.builders import ROOT

DATA = ROOT.parent / "shared" / "data"
REQUESTS = DATA / "intent" / "bitext_cs.jsonl"
OF_BANKS = DATA / "safety" / "benign_support.jsonl"
SEED, AT_ONCE = 20261121, 4
COUNTS = {REQUESTS: 36, OF_BANKS: 24}
LEAST_SHARE = 0.4

COVERED = {
    "cancel_order": {"cancel_order"},
    "change_order": {"change_order"},
    "change_shipping_address": {"change_address"},
    "check_cancellation_fee": {"cancel_order", "subscription"},
    "check_invoice": {"payment_and_invoices"},
    "check_payment_methods": {"payment_and_invoices"},
    "check_refund_policy": {"return_policy", "refund_request"},
    "complaint": {"complaint"},
    "contact_customer_service": {"shop_information"},
    "create_account": {"account_access"},
    "delete_account": {"account_deletion"},
    "delivery_options": {"delivery_times"},
    "delivery_period": {"delivery_times", "order_status"},
    "edit_account": {"account_access", "change_address"},
    "get_invoice": {"payment_and_invoices"},
    "get_refund": {"refund_request", "return_request"},
    "payment_issue": {"payment_and_invoices"},
    "recover_password": {"account_access"},
    "registration_problems": {"account_access"},
    "set_up_shipping_address": {"change_address"},
    "track_order": {"order_status"},
    "track_refund": {"refund_request"},
}
"""What the data set calls what our shop has an intent for, and which of ours would fit. Reviews,
newsletters, the switching of profiles, shopping itself and people are no intents of the shop."""

pytestmark = pytest.mark.skipif(
    not all(file.is_file() for file in COUNTS),
    reason=f"the messages are no part of the project; they are looked for in {DATA}",
)


@pytest.fixture(scope="module")
def replayed() -> Iterator[tuple[Sequence[Replayed], int]]:
    """Every message with what became of it, and how many are left in queues."""
    lines = [
        line
        for file, count in COUNTS.items()
        for line in chosen(read_lines(file), count, seed=SEED)
    ]
    with crowd_desk(customers=len(lines), report=lambda _: None) as (api, stack):
        done = replay_all(lines, api, at_once=AT_ONCE)
        yield done, left_in_queues(stack)


Sent = tuple[Sequence[Replayed], int]


def test_every_message_has_exactly_one_ending_or_a_person_who_is_asked(replayed: Sent) -> None:
    done, left = replayed

    assert len(done) == sum(COUNTS.values())
    assert [one.line.text for one in done if one.how == "lost"] == []
    assert left == 0


def test_no_message_makes_anything_raise(replayed: Sent) -> None:
    assert {one.line.text: one.followed.broken for one in replayed[0] if one.followed.broken} == {}


def test_nobody_is_ignored_but_who_only_says_thanks(replayed: Sent) -> None:
    ignored = {
        one.line.text: one.followed.ending.codes
        for one in replayed[0]
        if one.followed.ending and one.how in ("ignored", "superseded")
    }
    assert set(ignored.values()) <= {("NO_REPLY_WANTED",)}, ignored


def test_of_what_the_shop_covers_two_in_five_are_answered_or_asked_back_fittingly(
    replayed: Sent,
) -> None:
    covered = [one for one in replayed[0] if one.line.intent in COVERED and one.line.intent]
    fitting = [
        one
        for one in covered
        if one.how in ("answered", "asked_customer") and set(one.read_as) & COVERED[one.line.intent]
    ]
    found = f"{len(fitting)} of {len(covered)} fit, seed {SEED}: {Counter(o.how for o in covered)}"
    assert len(covered) >= COUNTS[REQUESTS] / 2, found
    assert len(fitting) >= LEAST_SHARE * len(covered), found


def test_nobody_unknown_is_told_anything_of_an_account(replayed: Sent) -> None:
    """What they hear is the shop's own rules, or that they have to show who they are."""
    strangers = [one for one in replayed[0] if not one.known and one.followed.ending]
    assert strangers
    for one in strangers:
        ending = one.followed.ending
        assert ending is not None
        assert ending.receipts == () or {receipt.kind for receipt in ending.receipts} == {"reply"}
        assert "HR-" not in ending.reply
