"""Conversations in memory: the twin for a laptop and for tests."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from deskhand.adapters import senders
from deskhand.adapters.conversation import arriving, running
from deskhand.adapters.conversation.records import Change, Head, Kept
from deskhand.adapters.memory.state import MemoryDesk
from deskhand.adapters.tickets import same_address
from deskhand.domain.approval import Approval
from deskhand.domain.conversation import Conversation
from deskhand.domain.outbox import OutboxEntry
from deskhand.domain.sender import Sender
from deskhand.domain.ticket import Arrival, Message
from deskhand.domain.turn import Ended, Turn
from deskhand.errors import Rejected, Unavailable

Plan = Callable[[Head], Change | None]


class MemoryConversations:
    """The port `Conversations` over a `MemoryDesk`."""

    def __init__(self, desk: MemoryDesk) -> None:
        self._desk = desk

    def append(self, arrival: Arrival) -> bool:
        """Keeps the message, which then waits for a turn."""
        now = self._desk.clock()
        kept = self._arrive(arrival, lambda head: arriving.append(head, arrival, now=now))
        self._note(arrival.asker.email, partial(senders.wrote, arrival=arrival, now=now))
        return kept

    def ignore(self, arrival: Arrival, *, why: str, at: datetime) -> bool:
        """Keeps the message with a turn that has ended."""
        return self._arrive(arrival, lambda head: arriving.ignore(head, arrival, why=why, at=at))

    def load(self, conversation_id: str) -> Conversation | None:
        """The head, or None."""
        with self._desk.lock:
            head = self._desk.heads.get(conversation_id)
        return head.conversation if head else None

    def said(self, conversation_id: str) -> tuple[Message, ...]:
        """What was said in this episode, oldest first."""
        with self._desk.lock:
            head = self._desk.heads.get(conversation_id)
            return arriving.said(head, self._kept(head)) if head else ()

    def lately(self, email: str) -> Sender:
        """What an address had from us within the last day."""
        with self._desk.lock:
            return self._desk.senders.get(same_address(email), Sender())

    def open_turn(self, conversation_id: str, *, now: datetime, lease_s: int) -> Turn | None:
        """Takes the lease for a new turn and stores it."""

        def plan(head: Head, taken: int = 0) -> Change | None:
            change = arriving.open_turn(
                head, self._kept(head), now=now, lease_s=lease_s, taken=taken
            )
            if change and change.turn and self.turn(conversation_id, _turn_of(change.turn).id):
                return plan(head, taken + 1)
            return change

        return _running(self._change(conversation_id, plan))

    def claim(self, turn: Turn) -> Turn:
        """The waiting messages become this turn's."""
        if turn.messages:
            return turn

        def plan(head: Head) -> Change | None:
            pending = [
                approval
                for approval in self._desk.approvals.values()
                if approval.conversation_id == turn.conversation_id and approval.state == "open"
            ]
            return arriving.claim(head, turn, self._kept(head), pending)

        claimed = _running(self._change(turn.conversation_id, plan))
        if claimed is not None:
            return claimed
        stored = self.turn(turn.conversation_id, turn.id)
        if isinstance(stored, Turn) and stored.messages:
            return stored
        raise Unavailable(f"the turn {turn.id}, which somebody else stored or ended meanwhile,")

    def turn(self, conversation_id: str, turn_id: str) -> Turn | Ended | None:
        """A turn as it is stored, or None."""
        with self._desk.lock:
            return self._desk.turns[conversation_id].get(turn_id)

    def turns(self, conversation_id: str) -> tuple[Turn | Ended, ...]:
        """All turns of a conversation, oldest first."""
        with self._desk.lock:
            stored = tuple(self._desk.turns[conversation_id].values())
        return tuple(sorted(stored, key=lambda one: _turn_of(one).started_at))

    def save(self, turn: Turn, *, now: datetime, lease_s: int) -> Turn | None:
        """Stores the turn's next revision and prolongs its lease."""
        return self._go_on(turn, lambda head: running.save(head, turn, now=now, lease_s=lease_s))

    def commit_to_send(self, turn: Turn) -> bool:
        """The moment before the first write."""
        change = self._change(turn.conversation_id, lambda head: running.commit_to_send(head, turn))
        return change is not None

    def park(self, turn: Turn, approval: Approval, *, note: OutboxEntry) -> bool:
        """Stores the turn, its approval and the note, and frees the lease."""

        def plan(head: Head) -> Change:
            asked = self._desk.approvals.get(approval.id)
            return running.park(head, turn, approval, note, asked=asked)

        return self._change(turn.conversation_id, plan) is not None

    def resume(self, turn: Turn, *, now: datetime, lease_s: int) -> Turn | None:
        """Stores a parked turn and takes the lease for it again."""
        return self._go_on(turn, lambda head: running.resume(head, turn, now=now, lease_s=lease_s))

    def end(self, ended: Ended, *, notes: Sequence[OutboxEntry] = ()) -> bool:
        """Writes the ending, its notes and our reply, and frees the lease."""
        if senders.is_answer(ended, tuple(notes)):
            self._note(ended.turn.asker.email, partial(senders.answered, ended=ended))
        change = self._change(
            ended.turn.conversation_id,
            lambda head: running.end(head, ended, notes, self._kept(head)),
        )
        return change is not None

    def give_back(self, conversation_id: str, *, by: str = "a person at the desk") -> None:
        """A new episode begins."""
        at = self._desk.clock()
        plan = partial(running.give_back, by=by, at=at)
        if self._change(conversation_id, plan) is None:
            raise Rejected(f"there is no conversation {conversation_id} to give back")

    def due(self, *, before: datetime, limit: int = 50) -> tuple[Conversation, ...]:
        """Conversations to look after, oldest first."""
        with self._desk.lock:
            dated = [(head.due_at, head) for head in self._desk.heads.values()]
        overdue = [(due_at, head) for due_at, head in dated if due_at and due_at < before]
        overdue.sort(key=lambda pair: pair[0])
        return tuple(head.conversation for _, head in overdue[:limit])

    def _go_on(self, turn: Turn, plan: Plan) -> Turn | None:
        return _running(self._change(turn.conversation_id, plan))

    def _arrive(self, arrival: Arrival, plan: Callable[[Head | None], Change]) -> bool:
        with self._desk.lock:
            return self._keep(plan(self._desk.heads.get(arrival.conversation_id))) is not None

    def _change(self, conversation_id: str, plan: Plan) -> Change | None:
        with self._desk.lock:
            head = self._desk.heads.get(conversation_id)
            change = plan(head) if head else None
            return self._keep(change) if change else None

    def _keep(self, change: Change) -> Change | None:
        """All of the change, or None and nothing."""
        conversation_id = change.head.conversation.id
        messages, turns = self._desk.messages[conversation_id], self._desk.turns[conversation_id]
        arrived = (change.arrived,) if change.arrived else ()
        if any(one.message.id in messages for one in arrived):
            return None
        if change.audited and change.audited.id in self._desk.audit:
            return None
        if change.turn:
            turn = _turn_of(change.turn)
            stored = turns.get(turn.id)
            revision = stored.revision if isinstance(stored, Turn) else None
            if isinstance(stored, Ended) or revision != change.replaces:
                return None
            turns[turn.id] = change.turn
        self._desk.heads[conversation_id] = change.head
        messages |= {one.message.id: one for one in (*arrived, *change.messages)}
        if change.approval:
            self._desk.approvals[change.approval.id] = change.approval
        if change.audited:
            self._desk.audit[change.audited.id] = change.audited
        if change.retrieval:
            self._desk.retrievals[change.retrieval.turn_id] = change.retrieval
        self._desk.notes |= {(conversation_id, note.id): note for note in change.notes}
        return change

    def _note(self, email: str, change: Callable[[Sender], Sender]) -> None:
        if key := same_address(email):
            with self._desk.lock:
                kept = self._desk.senders.get(key, Sender())
                self._desk.senders[key] = change(kept)

    def _kept(self, head: Head) -> tuple[Kept, ...]:
        all_ = self._desk.messages[head.conversation.id]
        kept = [all_[id_] for id_ in (all_ if head.read is None else head.read)]
        return tuple(sorted(kept, key=lambda one: one.number))


def _turn_of(stored: Turn | Ended) -> Turn:
    return stored.turn if isinstance(stored, Ended) else stored


def _running(change: Change | None) -> Turn | None:
    return change.turn if change and isinstance(change.turn, Turn) else None
