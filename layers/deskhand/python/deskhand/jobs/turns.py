"""Keeps a conversation going: ends turns, starts the next one, and lets parked ones go on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from deskhand.domain.approval import Approval
from deskhand.domain.conversation import Conversation
from deskhand.domain.draft import Draft
from deskhand.domain.policy import Policy
from deskhand.domain.turn import Drafted, Ended, Ending, Envelope, Judged, Parked, Turn, grow
from deskhand.domain.verdict import Objection
from deskhand.jobs.deliver import deliver
from deskhand.jobs.signs import note_signs
from deskhand.ports import Approvals, Clock, Conversations, Helpdesk, Outbox, Stops, Workflow
from deskhand.stages.escalate import hand_over, handoff_entry


@dataclass(frozen=True)
class Turns:
    """What it takes to keep conversations going."""

    conversations: Conversations
    approvals: Approvals
    outbox: Outbox
    workflow: Workflow
    stops: Stops
    helpdesk: Callable[[str], Helpdesk]
    recalled: Callable[[Turn], Turn]
    """The turn with what the ledger knows to have been done for it."""
    policy: Policy
    clock: Clock

    def end(self, turn: Turn, ending: Ending) -> bool:
        """Writes the one ending, delivers its note, and goes on; False: the turn had ended before.
        What is handed over was `recalled` by whoever wrote its ending.

        A crash at any point loses nothing: what is left undone here, `settle` finds.
        """
        notes = (handoff_entry(turn, ending, self.policy),) if ending.kind == "handed_over" else ()
        written = self.conversations.end(Ended(turn=turn, ending=ending), notes=notes)
        if written:
            note_signs(turn, ending.receipts, self.stops, at=self.clock())
            for approval in self.approvals.of(turn.conversation_id):
                if approval.turn_id == turn.id and approval.state == "open":
                    self._expire(approval)
            self.deliver_notes(turn.conversation_id)
            self.go_on(turn.conversation_id)
        return written

    def hand_over(self, turn: Turn, why: Objection) -> bool:
        """Ends a turn that cannot go on by itself: a person takes it."""
        done = self.recalled(turn)
        reasons = (why, *done.troubles)
        return self.end(done, hand_over(done, reasons, policy=self.policy, now=self.clock()))

    def park(self, turn: Turn, parked: Parked) -> bool:
        """Asks a person and lets the customer go on talking; False: the turn has moved
        meanwhile."""
        written = self.conversations.park(turn, parked.approval, note=parked.note)
        if written:
            note_signs(turn, (), self.stops, at=self.clock())
            self.deliver_notes(turn.conversation_id)
            self.go_on(turn.conversation_id)
        return written

    def deliver_notes(self, conversation_id: str) -> None:
        """Brings what waits in the conversation's outbox to its ticket; failures stay there."""
        for entry in self.outbox.of(conversation_id):
            helpdesk = self.helpdesk(entry.helpdesk)
            deliver(entry, outbox=self.outbox, helpdesk=helpdesk, clock=self.clock)

    def go_on(self, conversation_id: str) -> None:
        """Lets decided approvals go on and starts the next turn if messages wait and none runs.

        Whoever ends or parks a turn calls this; it may be called at any time, by any number.
        """
        for approval in self.approvals.of(conversation_id):
            if approval.state != "open" and not approval.resumed:
                self._answer(approval)
        head = self.conversations.load(conversation_id)
        if head is None or not head.waiting:
            return
        turn = self.conversations.open_turn(
            conversation_id, now=self.clock(), lease_s=self.policy.replies.lease_s
        )
        if turn is None:
            return
        if head.owner == "person":
            self._stay_silent(turn)
        elif enough := self._enough(head):
            self.hand_over(self.conversations.claim(turn), enough)
        else:
            self.start(turn)

    def start(self, turn: Turn) -> None:
        """Starts the turn's execution; starting it again is harmless."""
        replies = self.policy.replies
        self.workflow.start(turn, gather_s=replies.gather_s, approval_s=replies.approval_s)

    def expire(self, approval: Approval) -> None:
        """Nobody answered in time: the turn that asked is handed over."""
        self._expire(approval)
        self.go_on(approval.conversation_id)

    def _expire(self, approval: Approval) -> None:
        late = {"state": "expired", "decided_by": "nobody", "decided_at": self.clock()}
        self.approvals.decide(approval.model_copy(update=late))

    def _enough(self, head: Conversation) -> Objection | None:
        """Why this address gets no more answers by itself for now, if so."""
        most, since = self.policy.replies.max_replies_an_hour, self.clock() - timedelta(hours=1)
        answers = self.conversations.lately(head.asker.email).answers_since(
            since, conversation_id=head.id, episode=head.episode
        )
        if answers < most:
            return None
        words = f"{answers} automatic answers within an hour went to {head.asker.email}"
        return Objection(code="ANSWERED_TOO_OFTEN", words=words, cure="person")

    def _stay_silent(self, turn: Turn) -> None:
        claimed = self.conversations.claim(turn)
        why = "a person has this conversation"
        ending = Ending(kind="ignored", why=why, codes=("OWNED_BY_PERSON",), at=self.clock())
        self.conversations.end(Ended(turn=claimed, ending=ending))

    def _answer(self, approval: Approval) -> None:
        stored = self.conversations.turn(approval.conversation_id, approval.turn_id)
        if not isinstance(stored, Judged):
            self._let_go(approval, stored)  # it has ended, or has gone on already
        elif approval.state == "withdrawn":
            why = "the customer changed the request while a person was asked"
            ending = Ending(kind="superseded", why=why, codes=("REQUEST_CHANGED",), at=self.clock())
            ended = Ended(turn=stored, ending=ending)
            if self.conversations.end(ended):
                self._let_go(approval, ended)
        elif approval.id in {decision.id for decision in stored.decisions}:
            self._let_go(approval, stored)  # it crashed after storing the answer
        else:
            held = self.conversations.resume(
                _answered(stored, approval), now=self.clock(), lease_s=self.policy.replies.lease_s
            )
            if held is not None:
                self._let_go(approval, held)

    def _let_go(self, approval: Approval, stored: Turn | Ended | None) -> None:
        if stored is not None:
            self.workflow.resume(approval.task_token, Envelope.of(stored))
        self.approvals.mark_resumed(approval.id)


def _answered(turn: Judged, approval: Approval) -> Drafted:
    """The turn with a person's answer: a yes is judged again, anything else is handed over."""
    decisions = (*turn.decisions, approval)
    if approval.state == "approved":
        draft = _edited(turn.draft, approval)
        return grow(turn, Drafted, draft=draft, decisions=decisions, next_step="judge_again")
    return grow(turn, Judged, decisions=decisions, next_step="escalate")


def _edited(draft: Draft, approval: Approval) -> Draft:
    """The draft with the arguments that a person gave, for the gate to judge like any others."""
    asked = [action.fingerprint for action in approval.instead_of]
    given = dict(zip(asked, approval.actions, strict=False))
    actions = tuple(given.get(action.fingerprint, action) for action in draft.actions)
    return draft.model_copy(update={"actions": actions})
