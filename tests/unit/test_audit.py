"""What the audit says of a turn: who, what, why, on what evidence, by which rules."""

from typing import Any

import pytest

from deskhand.domain.audit import AuditEntry
from deskhand.domain.receipt import Receipt
from deskhand.domain.turn import Ended, Ending, Judged, Look, Turn
from deskhand.domain.verdict import Cure, Objection, Verdict
from tests.builders import (
    NOON,
    a_cancellation,
    a_classified_turn,
    a_draft,
    a_judged_turn,
    a_refund,
    a_turn,
    an_approval,
    some_evidence,
)

REFUND, CANCELLATION = a_refund(), a_cancellation()


def an_entry(turn: Turn, **bent: Any) -> AuditEntry | None:
    ending = Ending.model_validate({"kind": "answered", "why": "so", "at": NOON} | bent)
    return AuditEntry.of_turn(Ended(turn=turn, ending=ending))


def against(cure: Cure, about: str = REFUND.id, code: str = "SO") -> Objection:
    return Objection(code=code, words=f"It is {code}.", cure=cure, about=about)


def proposing(*objections: Objection, **bent: Any) -> Judged:
    return a_judged_turn(
        draft=a_draft(actions=(REFUND,)),
        verdict=Verdict(decision="send", objections=objections),
        **bent,
    )


def a_receipt(turn: Turn, name: str = "refund_order", fingerprint: str = "") -> Receipt:
    return Receipt(
        key=f"{turn.id}:{fingerprint or REFUND.fingerprint}",
        kind="action",
        name=name,
        reference=f"{name}-1",
        words=f"We have done {name}.",
        read_back_at=NOON,
    )


@pytest.mark.parametrize(
    ("cure", "came_to"),
    [
        ("explain", "denied"),
        ("verify", "asked_customer"),
        ("show", "asked_customer"),
        ("confirm", "asked_customer"),
        ("approval", "held_back"),
        ("person", "held_back"),
    ],
)
def test_an_action_that_was_not_done_is_told_with_what_stood_against_it(
    cure: Cure, came_to: str
) -> None:
    entry = an_entry(proposing(against(cure), against("rewrite", about="", code="TONE")))
    assert entry is not None
    (action,) = entry.actions
    assert (action.came_to, action.words, action.rules) == (came_to, "It is SO.", ("SO",))
    assert entry.rules == ("SO", "TONE")
    assert (entry.verdict, entry.mode, entry.ending) == ("send", "auto", "answered")


@pytest.mark.parametrize(
    "turn", [a_turn(), a_classified_turn(), a_judged_turn(evidence=some_evidence(customer=None))]
)
def test_a_turn_that_did_nothing_leaves_no_entry(turn: Turn) -> None:
    assert an_entry(turn) is None


def test_asking_the_customer_who_they_are_leaves_an_entry() -> None:
    entry = an_entry(
        a_judged_turn(evidence=some_evidence(customer=None)), kind="asked_customer", asks_who=True
    )
    assert entry is not None
    assert (entry.what, entry.customer_id) == ("asked customer", "")


def test_what_an_earlier_draft_wanted_is_told_too() -> None:
    looked = Look(
        draft=a_draft(actions=(CANCELLATION,)),
        verdict=Verdict(
            decision="look_again", objections=(against("rewrite", CANCELLATION.id, "UNKNOWN"),)
        ),
    )
    entry = an_entry(proposing(looked=(looked,)))
    assert entry is not None
    assert {action.name: action.rules for action in entry.actions} == {
        "cancel_order": ("UNKNOWN",),
        "refund_order": (),
    }


def test_of_a_plan_that_stopped_what_was_done_is_told_apart_from_what_was_not() -> None:
    plan = (CANCELLATION, REFUND)
    turn = a_judged_turn(
        draft=a_draft(actions=plan), verdict=Verdict(decision="send", actions=plan)
    )
    done = a_receipt(turn, "cancel_order", "another one: its arguments were filled in")
    stopped = turn.model_copy(
        update={"receipts": (done,), "troubles": (against("person", "", "PLAN_STOPPED"),)}
    )
    entry = an_entry(stopped, kind="handed_over", receipts=(done,), codes=("PLAN_STOPPED",))

    assert entry is not None
    told = {action.name: (action.came_to, action.fingerprint) for action in entry.actions}
    assert told == {
        "cancel_order": ("done", CANCELLATION.fingerprint),
        "refund_order": ("held_back", REFUND.fingerprint),
    }
    assert entry.what == "handed over. We have done cancel_order"
    assert entry.rules == ("PLAN_STOPPED",)


def test_what_was_tried_is_not_told_as_if_it_had_been_held_back() -> None:
    lost = against("person", code="TOOL_ERROR").model_copy(
        update={"words": "nobody knows whether it happened"}
    )
    turn = a_judged_turn(draft=a_draft(actions=(REFUND,)))
    tried = turn.model_copy(update={"troubles": (lost,)})
    entry = an_entry(tried, kind="handed_over", codes=("TOOL_ERROR",))

    assert entry is not None
    assert [(one.came_to, one.words) for one in entry.actions] == [
        ("tried", "nobody knows whether it happened")
    ]


def test_what_was_done_without_a_plan_to_be_seen_is_told_by_its_receipt() -> None:
    turn = a_classified_turn()
    entry = an_entry(turn.model_copy(update={"receipts": (a_receipt(turn),)}), kind="handed_over")
    assert entry is not None
    assert entry.actions[0].fingerprint == REFUND.fingerprint
    assert entry.actions[0].came_to == "done"


def test_evidence_is_what_was_read_of_the_account_and_cited_of_the_articles() -> None:
    entry = an_entry(proposing())
    assert entry is not None
    assert entry.evidence == ("order:1001", "shipping#1")


def test_an_entry_holds_neither_the_customers_name_nor_their_address() -> None:
    turn = proposing(against("explain"))
    entry = an_entry(turn, reply="Dear Ada, …")
    assert entry is not None
    text = entry.model_dump_json()
    assert turn.asker.email not in text
    assert "Ada" not in text
    assert entry.customer_id == "c1"


def test_a_decision_is_told_with_its_reason_and_its_changes() -> None:
    turn = a_judged_turn()
    answered = {"decided_by": "Mia", "decided_at": NOON}
    asked = an_approval(turn, actions=(a_refund(80_00),))
    no = asked.model_copy(update=answered | {"state": "rejected", "reason": "call them"})
    assert AuditEntry.of_decision(no).what == f"rejected {asked.summary}: call them"
    assert AuditEntry.of_decision(no).actions[0].came_to == "rejected"

    changed = {
        "state": "approved",
        "edited_reply": "Less.",
        "actions": (a_refund(60_00),),
        "instead_of": asked.actions,
    }
    yes = AuditEntry.of_decision(asked.model_copy(update=answered | changed))
    assert yes.what.endswith(" in other words with refund_order amount_cents 6000 instead of 8000")
    assert yes.actions[0].fingerprint == a_refund(60_00).fingerprint
    assert yes.actions[0].came_to == "approved"


def test_an_approval_that_ran_out_is_told_as_nobodys() -> None:
    asked = an_approval(a_turn())
    late = asked.model_copy(
        update={"state": "expired", "decided_by": "nobody", "decided_at": asked.expires_at}
    )
    entry = AuditEntry.of_decision(late)
    assert (entry.who, entry.what) == ("nobody", f"expired {asked.summary}")
