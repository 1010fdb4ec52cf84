"""How a ticket ended is compared with how its file says that it should."""

from datetime import timedelta
from typing import Any

import pytest

from deskhand.domain.conversation import Conversation, Lease
from deskhand.domain.money import Money
from deskhand.domain.receipt import Receipt
from deskhand.domain.turn import Ended, Ending, Turn
from scripts.deskhand_cli.checking import differences
from scripts.deskhand_cli.outcome import Outcome, Summary
from scripts.deskhand_cli.seen import Seen
from scripts.sample.ticket_file import Expected, SampleTicket
from tests.builders import CONVERSATION, NOON, a_turn, an_approval, an_asker


def a_receipt(name: str = "refund_order", key: str = "k1") -> Receipt:
    return Receipt(
        key=key,
        kind="action",
        name=name,
        reference="re-1",
        words="Refunded.",
        money=Money(amount_cents=10_00, currency="EUR"),
        read_back_at=NOON,
    )


def an_ended(kind: str = "answered", *, number: int = 1, **bent: Any) -> Ended:
    ending = {"kind": kind, "why": "", "at": NOON + timedelta(seconds=2 * number)} | bent
    turn = a_turn(id=f"t{number}", started_at=NOON + timedelta(seconds=number))
    return Ended(turn=turn, ending=Ending.model_validate(ending))


def a_seen(*turns: Turn | Ended, **bent: Any) -> Seen:
    approvals = bent.pop("approvals", ())
    head = {
        "id": CONVERSATION,
        "helpdesk": "inbox",
        "ticket_id": "T1",
        "subject": "",
        "asker": an_asker(),
    } | bent
    return Seen(Conversation.model_validate(head), turns, approvals)


def expected(**given: Any) -> Expected:
    return Expected.model_validate({"ending": "answered"} | given)


def test_a_ticket_that_ended_as_its_file_says_differs_in_nothing() -> None:
    seen = a_seen(an_ended(codes=("VERIFY", "THIN_EVIDENCE"), receipts=(a_receipt(),)))
    assert differences(expected(codes=["VERIFY"], actions=["refund_order"]), seen) == ()


@pytest.mark.parametrize(
    ("given", "found", "said"),
    [
        ({"ending": "handed_over"}, {}, "ending: expected handed_over; found answered"),
        ({"codes": ["LANGUAGE"]}, {}, "codes: expected LANGUAGE; found none"),
        (
            {"codes": ["LANGUAGE", "VIP"]},
            {"codes": ("VIP",)},
            "codes: expected LANGUAGE; found VIP",
        ),
        ({"actions": ["refund_order"]}, {}, "actions: expected refund_order; found none"),
        ({}, {"receipts": (a_receipt(),)}, "actions: expected none; found refund_order"),
    ],
)
def test_each_difference_is_a_sentence(given: Any, found: Any, said: str) -> None:
    assert differences(expected(**given), a_seen(an_ended(**found))) == (said,)


def test_an_action_done_once_too_often_is_a_difference() -> None:
    twice = (a_receipt(), a_receipt(key="k2"))
    said = differences(expected(actions=["refund_order"]), a_seen(an_ended(receipts=twice)))
    assert said == ("actions: expected refund_order; found refund_order, refund_order",)


def test_a_receipt_that_stands_on_the_turn_and_in_its_ending_is_one_action() -> None:
    ended = an_ended(receipts=(a_receipt(),))
    both = ended.model_copy(
        update={"turn": ended.turn.model_copy(update={"receipts": (a_receipt(),)})}
    )
    assert differences(expected(actions=["refund_order"]), a_seen(both)) == ()


def test_a_single_ending_is_that_of_the_turn_that_ended_last() -> None:
    first = an_ended("superseded", number=1)
    assert differences(expected(), a_seen(first, an_ended("answered", number=2))) == ()


def test_all_endings_are_compared_in_the_order_of_their_turns() -> None:
    wanted = Expected.model_validate({"endings": ["superseded", "answered"]})
    right = a_seen(an_ended("superseded", number=1), an_ended("answered", number=2))
    wrong = a_seen(an_ended("answered", number=1), an_ended("superseded", number=2))
    assert differences(wanted, right) == ()
    assert differences(wanted, wrong) == (
        "endings: expected superseded, answered; found answered, superseded",
    )


def test_a_turn_without_an_ending_is_a_difference_even_if_the_last_one_is_right() -> None:
    seen = a_seen(a_turn(id="t9"), an_ended("answered", number=2))
    assert differences(expected(), seen) == ("1 of its turns had no ending",)


def test_a_ticket_that_was_never_kept_is_a_difference() -> None:
    assert differences(expected(), None) == ("nothing was kept of it",)


# --- when nothing more happens by itself ---------------------------------------------------------


def test_a_conversation_rests_when_all_that_was_sent_has_an_ending() -> None:
    assert a_seen(an_ended()).rests(["m1"])


@pytest.mark.parametrize(
    "seen",
    [
        a_seen(an_ended(), waiting=1),
        a_seen(an_ended(), lease=Lease(turn_id="t2", until=NOON + timedelta(minutes=15))),
        a_seen(an_ended(), a_turn(id="t2")),
    ],
    ids=["a message waits", "a turn has the lease", "a turn has no ending"],
)
def test_a_conversation_does_not_rest_while_something_happens(seen: Seen) -> None:
    assert not seen.rests(["m1"])


def test_a_conversation_does_not_rest_before_the_message_has_come() -> None:
    assert not a_seen(an_ended()).rests(["m1", "m2"])


def test_a_turn_that_waits_for_a_person_rests() -> None:
    turn = a_turn(id="t2")
    asking = an_approval(turn)
    assert a_seen(an_ended(), turn, approvals=(asking,)).rests(["m1"])
    decided = asking.model_copy(update={"state": "approved"})
    assert not a_seen(an_ended(), turn, approvals=(decided,)).rests(["m1"])


# --- all of them together ------------------------------------------------------------------------


def an_outcome(seen: Seen | None, *differences: str) -> Outcome:
    ticket = SampleTicket.model_validate(
        {
            "id": "t",
            "about": "A test.",
            "from": {"email": "a@example.com"},
            "messages": [{"text": "hello"}],
            "expect": {"ending": "answered"},
        }
    )
    return Outcome(ticket, CONVERSATION, seen, 1.0, differences)


@pytest.mark.parametrize("kind", ["handed_over", "recorded"])
def test_what_a_person_has_to_answer_did_not_end_without_one(kind: str) -> None:
    assert an_outcome(a_seen(an_ended())).without_a_person
    assert not an_outcome(a_seen(an_ended(kind))).without_a_person


def test_what_a_person_was_asked_did_not_end_without_one() -> None:
    ended = an_ended()
    approval = an_approval(ended.turn, state="approved", decided_by="Ruben", decided_at=NOON)
    assert not an_outcome(a_seen(ended, approvals=(approval,))).without_a_person


def test_the_summary_counts_what_is_as_expected_and_what_needed_nobody() -> None:
    outcomes = [
        an_outcome(a_seen(an_ended())),
        an_outcome(a_seen(an_ended("handed_over"))),
        an_outcome(None, "nothing was kept of it"),
    ]
    found = Summary.of(outcomes, elapsed_s=3.0)
    assert (found.tickets, found.as_expected, found.without_a_person) == (3, 2, 1)
    assert round(found.share_without_a_person, 2) == 0.33
