"""A conversation, its lease and its approvals against a small model: in any order, in any store."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
)

from deskhand.domain.approval import Approval
from deskhand.domain.outbox import OutboxEntry
from deskhand.domain.turn import Ended, Ending, Turn
from tests.builders import an_approval, an_arrival
from tests.contract.conftest import Desk

LEASE_S = 900
KINDS = ("answered", "handed_over", "superseded", "asked_customer")
_numbers = count(1)


@dataclass
class Running:
    """What the model knows of a turn: as it is stored, and as it was stored before."""

    stored: Turn
    stale: Turn | None = None
    messages: tuple[str, ...] = ()
    kind: str = ""
    asked: list[str] = field(default_factory=list)

    def moved_on(self, stored: Turn) -> None:
        self.stale, self.stored = self.stored, stored


class Conversations(RuleBasedStateMachine):
    """One conversation; each rule does one thing to the store and the same to the model."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.ticket = desk, f"model-{next(_numbers)}"
        self.id = f"inbox:{self.ticket}"
        self.waiting: list[str] = []
        self.arrived: list[str] = []
        self.turns: dict[str, Running] = {}
        self.approvals: dict[str, str] = {}
        self.leased, self.sending, self.owner = "", False, "agent"

    def _arrival(self, name: str) -> Any:
        said = {"id": name, "said_at": self.desk.clock.now}
        return an_arrival(name, says=said, ticket_id=self.ticket)

    @property
    def _open(self) -> list[Running]:
        return [one for one in self.turns.values() if not one.kind]

    def _one(self, data: st.DataObject, among: list[Running]) -> Running:
        return data.draw(st.sampled_from(among))

    @rule(seconds=st.integers(0, 2_000))
    def time_passes(self, seconds: int) -> None:
        self.desk.clock.pass_by(seconds=seconds)

    @rule()
    def a_message_arrives(self) -> None:
        name = f"m{len(self.arrived) + 1}"
        assert self.desk.conversations.append(self._arrival(name))
        self.arrived.append(name)
        self.waiting.append(name)

    @precondition(lambda self: self.arrived)
    @rule(data=st.data())
    def a_message_arrives_again(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(self.arrived))
        assert not self.desk.conversations.append(self._arrival(name))

    @rule()
    def a_turn_opens(self) -> None:
        now = self.desk.clock.now
        turn = self.desk.conversations.open_turn(self.id, now=now, lease_s=LEASE_S)
        assert (turn is not None) is (not self.leased and bool(self.waiting))
        if turn is not None:
            assert turn.id not in self.turns, "no two turns have the same name"
            self.turns[turn.id] = Running(turn)
            self.leased, self.sending = turn.id, False

    @precondition(lambda self: self.leased)
    @rule()
    def the_turn_that_runs_claims(self) -> None:
        running = self.turns[self.leased]
        claimed = self.desk.conversations.claim(running.stored)
        if not running.messages:
            running.messages, self.waiting = tuple(self.waiting), []
            running.moved_on(claimed)
        assert tuple(message.id for message in claimed.messages) == running.messages

    @precondition(lambda self: self._open)
    @rule(data=st.data(), is_stale=st.booleans())
    def a_turn_is_saved(self, data: st.DataObject, is_stale: bool) -> None:
        running = self._one(data, self._open)
        turn = running.stale if is_stale and running.stale else running.stored
        saved = self.desk.conversations.save(turn, now=self.desk.clock.now, lease_s=LEASE_S)
        may = self.leased == turn.id and turn is running.stored
        assert (saved is not None) is may
        if saved is not None:
            running.moved_on(saved)

    @precondition(lambda self: self._open)
    @rule(data=st.data())
    def a_turn_wants_to_send(self, data: st.DataObject) -> None:
        running = self._one(data, self._open)
        is_free = not self.waiting and self.owner == "agent"
        may = self.leased == running.stored.id and (self.sending or is_free)
        assert self.desk.conversations.commit_to_send(running.stored) is may
        self.sending = self.sending or may

    @precondition(lambda self: self.leased and self.turns[self.leased].messages)
    @rule(is_stale=st.booleans())
    def the_turn_that_runs_asks_a_person(self, is_stale: bool) -> None:
        running = self.turns[self.leased]
        turn = running.stale if is_stale and running.stale else running.stored
        approval, note = self._question(running)
        parked = self.desk.conversations.park(turn, approval, note=note)
        assert parked is (turn is running.stored)
        if parked:
            after = self.desk.conversations.turn(self.id, turn.id)
            assert isinstance(after, Turn)
            running.moved_on(after)
            running.asked.append(approval.id)
            self.approvals[approval.id] = "open"
            self.leased, self.sending = "", False

    @precondition(lambda self: self.approvals)
    @rule(data=st.data(), state=st.sampled_from(["approved", "rejected", "expired", "withdrawn"]))
    def somebody_answers(self, data: st.DataObject, state: str) -> None:
        approval_id = data.draw(st.sampled_from(sorted(self.approvals)))
        approval = self.desk.approvals.load(approval_id)
        assert approval is not None
        answer = {"state": state, "decided_by": "Kim", "decided_at": self.desk.clock.now}
        kept = self.desk.approvals.decide(approval.model_copy(update=answer))
        if self.approvals[approval_id] == "open":
            self.approvals[approval_id] = state
        assert kept.state == self.approvals[approval_id], "the first answer is the answer"

    @precondition(lambda self: any(one.asked for one in self._open))
    @rule(data=st.data())
    def a_parked_turn_goes_on(self, data: st.DataObject) -> None:
        running = self._one(data, [one for one in self._open if one.asked])
        now, turn = self.desk.clock.now, running.stored
        resumed = self.desk.conversations.resume(turn, now=now, lease_s=LEASE_S)
        assert (resumed is not None) is (self.leased in ("", turn.id))
        if resumed is not None:
            running.moved_on(resumed)
            self.leased, self.sending = turn.id, False

    @precondition(lambda self: self.turns)
    @rule(data=st.data(), kind=st.sampled_from(KINDS), is_stale=st.booleans())
    def a_turn_ends(self, data: st.DataObject, kind: Any, is_stale: bool) -> None:
        running = self._one(data, list(self.turns.values()))
        turn = running.stale if is_stale and running.stale else running.stored
        reply = "Done." if kind == "answered" else ""
        ending = Ending(kind=kind, why="so", at=self.desk.clock.now, reply=reply)
        written = self.desk.conversations.end(Ended(turn=turn, ending=ending))
        assert written is (not running.kind and turn is running.stored)
        if not written:
            return
        running.kind = kind
        if self.leased == turn.id:
            if kind == "superseded":
                again = {*running.messages, *self.waiting}
                self.waiting = [name for name in self.arrived if name in again]
            self.leased, self.sending = "", False
        self.owner = "person" if kind == "handed_over" else self.owner

    @precondition(lambda self: self.arrived)
    @rule()
    def a_person_gives_back(self) -> None:
        self.desk.conversations.give_back(self.id)
        self.owner = "agent"

    @invariant()
    def the_head_is_as_the_model_has_it(self) -> None:
        head = self.desk.conversations.load(self.id)
        if head is None:
            assert not self.arrived
            return
        lease = head.lease
        assert (head.waiting, head.owner) == (len(self.waiting), self.owner)
        assert (lease.turn_id if lease else "") == self.leased
        assert (lease.sending if lease else False) is self.sending

    @invariant()
    def every_turn_is_as_the_model_has_it(self) -> None:
        for turn_id, running in self.turns.items():
            stored = self.desk.conversations.turn(self.id, turn_id)
            kind = stored.ending.kind if isinstance(stored, Ended) else ""
            assert kind == running.kind

    def teardown(self) -> None:
        kept = {one.id: one.state for one in self.desk.approvals.of(self.id)}
        assert kept == self.approvals
        assert len(self.desk.conversations.turns(self.id)) == len(self.turns)

    def _question(self, running: Running) -> tuple[Approval, OutboxEntry]:
        turn, now = running.stored, self.desk.clock.now
        name = f"{turn.id}.{len(running.asked) + 1}"
        approval = an_approval(turn, id=name, asked_at=now, task_token=name)
        note = OutboxEntry(
            id=f"{name}:asked",
            conversation_id=self.id,
            helpdesk="inbox",
            ticket_id=self.ticket,
            kind="approval",
            text="May it?",
            due_at=now,
        )
        return approval, note
