"""What an earlier release has stored is read by this one; what a later one has stored is not."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from deskhand.adapters.memory.workflow import MemoryWorkflow
from deskhand.domain.approval import Approval
from deskhand.domain.turn import Ended, Judged
from deskhand.errors import Rejected
from deskhand.jobs.approve import Decision, decide
from deskhand.jobs.turns import Turns
from tests.builders import CONVERSATION, NOON, StoppedClock, a_policy, an_arrival
from tests.contract.conftest import TABLE, Desk, MockedAws, a_desk_over
from tests.contract.steps import arrive, claimed, parked, texts

RELEASE_1 = Path(__file__).with_name("release_1.json")
"""Every kind of item as release 1 wrote it. It must be readable for ever: never edit it."""


def stored(aws: MockedAws, **bent: Any) -> Desk:
    """A desk over the items of release 1, of which those named by sort key are bent."""
    for item in json.loads(RELEASE_1.read_text(encoding="utf-8")):
        aws.dynamodb.put_item(TableName=TABLE, Item=item | bent.get(item["sk"]["S"], {}))
    clock = StoppedClock()
    return a_desk_over(aws.table(clock=clock), clock)


def test_a_conversation_of_release_1_goes_on(aws: MockedAws) -> None:
    desk = stored(aws)

    assert [head.id for head in desk.conversations.due(before=NOON + timedelta(minutes=1))] == [
        CONVERSATION
    ]
    ignored, answered, parked = desk.conversations.turns(CONVERSATION)
    assert isinstance(ignored, Ended)
    assert isinstance(answered, Ended)
    assert (ignored.ending.why, answered.ending.reply) == ("an auto-reply", "It is on its way.")
    assert isinstance(parked, Judged)
    arrive(desk, "m4")
    turn = claimed(desk)
    assert texts(turn.messages) == ["m3", "m4"]
    assert texts(turn.history) == ["m1", "It is on its way.", "m2"]


def test_an_approval_that_waited_across_the_deployment_is_decided(aws: MockedAws) -> None:
    desk = stored(aws)

    (waiting,) = desk.approvals.open()
    assert waiting.summary == "a refund of 80.00 EUR for order 1001"
    yes = waiting.model_copy(update={"state": "approved", "decided_by": "Bo", "decided_at": NOON})
    assert desk.approvals.decide(yes) == yes
    assert desk.approvals.due(before=NOON) == (yes,)
    (note,) = desk.outbox.due(before=NOON)
    desk.outbox.delivered(note)
    parked = desk.conversations.turns(CONVERSATION)[-1]
    assert isinstance(parked, Judged)
    assert desk.conversations.resume(parked, now=NOON, lease_s=60) is not None


def test_what_release_1_did_is_not_done_again(aws: MockedAws) -> None:
    desk = stored(aws)

    entry = desk.ledger.load("t1:refund")
    assert entry is not None
    assert entry.receipt is not None
    assert desk.ledger.begin(entry) == entry
    counters = desk.ledger.counters("c1", conversation_id=CONVERSATION, now=NOON)
    assert (counters.refunds_in_7_days, counters.refunded_today_cents) == (1, 42_00)


def test_a_ticket_of_release_1_is_still_there(aws: MockedAws) -> None:
    desk = stored(aws)

    (ticket,) = desk.built_in.tickets()
    assert [message.text for message in ticket.messages] == ["Where is my order 1001?", "Done."]
    assert desk.built_in.find("T1", "k1") == "reply-2"


def test_a_record_of_a_later_format_is_refused_with_what_to_do(aws: MockedAws) -> None:
    desk = stored(aws, head={"version": {"N": "2"}, "data": {"S": '{"shape": "unheard of"}'}})

    with pytest.raises(Rejected, match=r"C#inbox:T1 / head has format 2, .* up to 1: deploy"):
        desk.conversations.load(CONVERSATION)
    with pytest.raises(Rejected, match="format 2"):
        desk.conversations.append(an_arrival(says={"id": "m9"}))


def test_a_record_that_fits_nothing_is_refused_with_its_place(aws: MockedAws) -> None:
    broken = {"data": {"S": '{"conversation": {"id": 7}}'}}
    desk = stored(aws, head=broken)

    with pytest.raises(Rejected, match=r"C#inbox:T1 / head is no Head: conversation\.id"):
        desk.conversations.load(CONVERSATION)


def turns_over(desk: Desk, token: str) -> tuple[Turns, MemoryWorkflow]:
    """What keeps conversations going over this desk, an execution waiting with that token."""
    workflow = MemoryWorkflow()
    workflow.park(token)
    turns = Turns(
        conversations=desk.conversations,
        approvals=desk.approvals,
        outbox=desk.outbox,
        workflow=workflow,
        stops=desk.stops,
        helpdesk=lambda _: desk.built_in,
        recalled=lambda turn: turn,
        policy=a_policy(),
        clock=desk.clock,
    )
    return turns, workflow


@pytest.mark.parametrize(("said", "step"), [("approve", "judge_again"), ("reject", "escalate")])
def test_a_person_answers_today_what_release_1_asked(aws: MockedAws, said: Any, step: str) -> None:
    desk = stored(aws)
    (waiting,) = desk.approvals.open()
    turns, workflow = turns_over(desk, waiting.task_token)
    told = decide(waiting.id, Decision(decision=said, by="Bo"), turns=turns)
    again = decide(waiting.id, Decision(decision="approve", by="Cy"), turns=turns)

    assert (told.taken, again.taken) == (True, False)
    assert again.approval.decided_by == "Bo"
    assert [check.decision for _, check in workflow.resumed] == [step]
    (entry,) = desk.audit.of(CONVERSATION)
    assert entry.who == "Bo"


def test_an_approval_of_a_later_release_is_not_decided(aws: MockedAws) -> None:
    (waiting,) = stored(aws).approvals.open()
    desk = stored(aws, **{f"approval#{waiting.id}": {"version": {"N": "2"}}})
    turns, workflow = turns_over(desk, waiting.task_token)

    with pytest.raises(Rejected, match=r"format 2, this release reads up to 1: deploy"):
        decide(waiting.id, Decision(decision="approve", by="Bo"), turns=turns)
    assert workflow.resumed == []


def test_what_is_asked_today_is_read_as_it_was_written(aws: MockedAws) -> None:
    clock = StoppedClock()
    desk = a_desk_over(aws.table(clock=clock), clock)
    arrive(desk, "m1")
    turn, approval = parked(desk)

    (item,) = (
        item
        for item in aws.dynamodb.scan(TableName=TABLE)["Items"]
        if item["sk"]["S"] == f"approval#{approval.id}"
    )
    assert item["version"] == {"N": "1"}
    assert Approval.model_validate_json(item["data"]["S"]) == approval
    turns, workflow = turns_over(desk, approval.task_token)
    decide(approval.id, Decision(decision="edit", by="Bo", reply="In my words."), turns=turns)
    kept = desk.approvals.load(approval.id)
    assert kept is not None
    assert kept.edited_reply == "In my words."
    assert [check.turn_id for _, check in workflow.resumed] == [turn.id]
