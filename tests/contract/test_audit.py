"""What `Audit` promises: what was decided and done is kept once, in the write that it tells of."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from deskhand.domain.audit import AuditEntry, first_words
from deskhand.domain.receipt import Receipt
from deskhand.domain.turn import Ended, Judged
from deskhand.domain.verdict import Objection, Verdict
from deskhand.ports import Audit
from tests.builders import (
    CONVERSATION,
    NOON,
    StoppedClock,
    a_draft,
    a_refund,
    an_approval,
    an_arrival,
)
from tests.contract.conftest import Desk, MockedAws, a_desk_over
from tests.contract.racing import RACERS, race
from tests.contract.steps import LEASE_S, a_note, arrive, ending, judged, parked


def an_entry(name: str = "e1", **bent: Any) -> AuditEntry:
    given = {"id": name, "at": NOON, "who": "Mia", "what": "released refund_order"}
    return AuditEntry.model_validate(given | bent)


def proposing(desk: Desk) -> Judged:
    """A stored turn whose draft proposes a refund that is denied."""
    arrive(desk, "m1")
    turn = judged(desk)
    refund = a_refund()
    denied = Objection(code="TOO_LATE", words="It is too late.", cure="explain", about=refund.id)
    verdict = Verdict(decision="send", objections=(denied,))
    fields = {"draft": a_draft(actions=(refund,)), "verdict": verdict}
    saved = desk.conversations.save(
        turn.model_copy(update=fields), now=desk.clock(), lease_s=LEASE_S
    )
    assert isinstance(saved, Judged)
    return saved


def test_an_ending_enters_the_audit_with_what_was_refused_and_why(desk: Desk) -> None:
    turn = proposing(desk)
    assert desk.conversations.end(Ended(turn=turn, ending=ending()))

    (entry,) = desk.audit.of(CONVERSATION)
    assert (entry.id, entry.at, entry.who) == (f"turn:{turn.id}", NOON, "the agent")
    (refused,) = entry.actions
    assert (refused.name, refused.came_to, refused.rules) == (
        "refund_order",
        "denied",
        ("TOO_LATE",),
    )
    assert entry.evidence == ("order:1001", "shipping#1")
    assert list(desk.audit.between(NOON, NOON + timedelta(seconds=1))) == [entry]


def test_an_ending_that_is_not_written_leaves_no_entry(desk: Desk) -> None:
    turn = proposing(desk)
    assert desk.conversations.end(Ended(turn=turn, ending=ending()))
    assert not desk.conversations.end(Ended(turn=turn, ending=ending("handed_over")))

    (entry,) = desk.audit.of(CONVERSATION)
    assert entry.ending == "answered"


def test_a_turn_that_only_answered_is_not_in_the_audit(desk: Desk) -> None:
    arrive(desk, "m1")
    assert desk.conversations.end(Ended(turn=judged(desk), ending=ending()))

    assert desk.audit.of(CONVERSATION) == ()


def test_what_was_done_is_kept_with_its_receipt(desk: Desk) -> None:
    turn, refund = proposing(desk), a_refund()
    receipt = Receipt(
        key=f"{turn.id}:{refund.fingerprint}",
        kind="action",
        name="refund_order",
        reference="re_1",
        words="We have refunded 42.00 EUR.",
        read_back_at=NOON,
    )
    desk.conversations.end(Ended(turn=turn, ending=ending(receipts=(receipt,))))

    (entry,) = desk.audit.of(CONVERSATION)
    (done,) = entry.actions
    assert (done.came_to, done.reference, done.fingerprint) == ("done", "re_1", refund.fingerprint)
    assert "We have refunded 42.00 EUR" in entry.what


def test_a_persons_decision_enters_the_audit_once(desk: Desk) -> None:
    arrive(desk, "m1")
    _, asked = parked(desk)
    yes = {"state": "approved", "decided_by": "Mia", "decided_at": NOON}
    desk.approvals.decide(asked.model_copy(update=yes))
    desk.approvals.decide(asked.model_copy(update=yes | {"state": "rejected", "decided_by": "Tom"}))
    desk.approvals.mark_resumed(asked.id)

    (entry,) = desk.audit.of(CONVERSATION)
    assert (entry.who, entry.what) == ("Mia", f"approved {asked.summary}")
    assert entry.actions[0].fingerprint == asked.actions[0].fingerprint


def test_giving_back_enters_the_audit_each_time(desk: Desk) -> None:
    arrive(desk, "m1")
    desk.conversations.end(Ended(turn=judged(desk), ending=ending("handed_over")))
    desk.conversations.give_back(CONVERSATION, by="Mia")
    desk.conversations.give_back(CONVERSATION, by="Tom")  # the agent has it: nothing happens

    assert [entry.who for entry in desk.audit.of(CONVERSATION)] == ["Mia"]


def test_an_entry_is_kept_once_and_never_changed(desk: Desk) -> None:
    assert desk.audit.add(an_entry())
    assert not desk.audit.add(an_entry(who="Tom", what="nothing at all"))
    assert not desk.audit.add(an_entry())

    assert desk.audit.of("") == (an_entry(),)


def test_the_port_has_no_verb_that_changes_or_takes_away() -> None:
    verbs = {name for name in vars(Audit) if not name.startswith("_")}
    assert verbs == {"add", "of", "between"}


def test_entries_are_found_by_their_time_across_days(desk: Desk) -> None:
    midnight = datetime(2026, 11, 22, tzinfo=UTC)
    moments = [midnight + timedelta(hours=hours) for hours in (-30, -1, 0, 5, 24)]
    for number, at in enumerate(moments):
        desk.audit.add(an_entry(f"e{number}", at=at, conversation_id=f"inbox:T{number % 2}"))

    def found(since: datetime, until: datetime) -> list[str]:
        return [entry.id for entry in desk.audit.between(since, until)]

    assert found(moments[0], moments[-1]) == ["e0", "e1", "e2", "e3"]
    assert found(moments[1], moments[3]) == ["e1", "e2"]
    assert found(moments[4] + timedelta(days=1), moments[4] + timedelta(days=9)) == []
    assert [entry.id for entry in desk.audit.of("inbox:T0")] == ["e0", "e2", "e4"]


def test_the_audit_outlasts_the_conversation(aws: MockedAws) -> None:
    clock = StoppedClock()
    desk = a_desk_over(aws.table(clock=clock), clock)
    turn = proposing(desk)
    desk.conversations.end(Ended(turn=turn, ending=ending()))

    items = aws.dynamodb.scan(TableName="desk")["Items"]
    kept = {item["sk"]["S"]: "expires_at" in item for item in items}
    assert kept[f"audit#turn:{turn.id}"] is False
    assert kept[f"turn#{turn.id}"] is True


def test_of_many_decisions_in_one_moment_one_is_kept_and_one_is_audited(
    racing_desk: Desk, ticket: str, pool: ThreadPoolExecutor
) -> None:
    conversations = racing_desk.conversations
    conversations.append(an_arrival(ticket_id=ticket))
    turn = conversations.open_turn(f"inbox:{ticket}", now=NOON, lease_s=LEASE_S)
    assert turn is not None
    asked = an_approval(turn, id=f"{turn.id}.1")
    assert conversations.park(turn, asked, note=a_note(turn))

    def says(number: int) -> Any:
        state = "approved" if number % 2 else "rejected"
        said = {"state": state, "decided_by": f"person {number}", "decided_at": NOON}
        return racing_desk.approvals.decide(asked.model_copy(update=said))

    kept = race(pool, *(lambda number=number: says(number) for number in range(RACERS)))

    assert len({(one.state, one.decided_by) for one in kept}) == 1
    (entry,) = racing_desk.audit.of(f"inbox:{ticket}")
    assert entry.who == kept[0].decided_by


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Where is my order 1001?", "Where is my order 1001?"),
        ("Write to ada@example.com or +31 6 1234 5678", "Write to … or …"),
        ("My card is 4242-4242-4242-4242", "My card is …"),
        (
            "one two three four five six seven eight nine ten eleven twelve thirteen",
            "one two three four five six seven eight nine ten eleven twelve …",
        ),
    ],
)
def test_of_a_question_no_more_is_kept_than_its_first_words(written: str, kept: str) -> None:
    assert first_words(written) == kept
