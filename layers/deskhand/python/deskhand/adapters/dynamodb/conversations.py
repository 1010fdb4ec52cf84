"""Conversations in DynamoDB: each event is one transaction, if the head is as it was read."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import islice

from pydantic import ValidationError

from deskhand.adapters import senders
from deskhand.adapters.conversation import arriving, running
from deskhand.adapters.conversation.records import Change, Head, Kept
from deskhand.adapters.dynamodb.conversation_writes import id_of, writes_of
from deskhand.adapters.dynamodb.items import Item, noun_of
from deskhand.adapters.dynamodb.layout import (
    APPROVAL,
    CONVERSATIONS,
    HEAD,
    MESSAGE,
    TURN,
    conversation,
    in_conversation,
)
from deskhand.adapters.dynamodb.senders import SenderRecords
from deskhand.adapters.dynamodb.table import DeskTable
from deskhand.domain.approval import Approval
from deskhand.domain.conversation import Conversation
from deskhand.domain.outbox import OutboxEntry
from deskhand.domain.sender import Sender
from deskhand.domain.ticket import Arrival, Message
from deskhand.domain.turn import Ended, Turn, load_turn
from deskhand.errors import Rejected, Unavailable

TRIES = 20
"""How many others may change a head, one after the other, before a change of it gives up."""

Plan = Callable[[Head], Change | None]


class DynamoDbConversations:
    """The port `Conversations` over the DeskTable."""

    def __init__(self, table: DeskTable) -> None:
        self._table = table
        self._senders = SenderRecords(table)

    def append(self, arrival: Arrival) -> bool:
        """Keeps the message, which then waits for a turn."""
        now = self._table.clock()
        kept = self._arrive(arrival, lambda head: arriving.append(head, arrival, now=now))
        self._senders.change(arrival.asker.email, partial(senders.wrote, arrival=arrival, now=now))
        return kept

    def ignore(self, arrival: Arrival, *, why: str, at: datetime) -> bool:
        """Keeps the message with a turn that has ended."""
        return self._arrive(arrival, lambda head: arriving.ignore(head, arrival, why=why, at=at))

    def load(self, conversation_id: str) -> Conversation | None:
        """The head, or None."""
        item = self._table.get(in_conversation(conversation_id, HEAD))
        return noun_of(Head, item).conversation if item else None

    def said(self, conversation_id: str) -> tuple[Message, ...]:
        """What was said in this episode, oldest first."""
        item = self._table.get(in_conversation(conversation_id, HEAD))
        head = noun_of(Head, item) if item else None
        return arriving.said(head, self._kept(head)) if head else ()

    def lately(self, email: str) -> Sender:
        """What an address had from us within the last day."""
        return self._senders.of(email)

    def open_turn(self, conversation_id: str, *, now: datetime, lease_s: int) -> Turn | None:
        """Takes the lease for a new turn and stores it."""

        def plan(head: Head, taken: int = 0) -> Change | None:
            kept = self._kept(head) if head.conversation.waiting else ()
            change = arriving.open_turn(head, kept, now=now, lease_s=lease_s, taken=taken)
            if change and change.turn and self.turn(conversation_id, id_of(change.turn)):
                return plan(head, taken + 1)
            return change

        return _turn(self._change(conversation_id, plan))

    def claim(self, turn: Turn) -> Turn:
        """The waiting messages become this turn's."""
        if turn.messages:
            return turn

        def plan(head: Head) -> Change | None:
            return arriving.claim(head, turn, self._kept(head), tuple(self._pending(head)))

        claimed = _turn(self._change(turn.conversation_id, plan))
        if claimed is not None:
            return claimed
        stored = self.turn(turn.conversation_id, turn.id)
        if isinstance(stored, Turn) and stored.messages:
            return stored
        raise Unavailable(f"the turn {turn.id}, which somebody else stored or ended meanwhile,")

    def turn(self, conversation_id: str, turn_id: str) -> Turn | Ended | None:
        """A turn as it is stored, or None."""
        item = self._table.get(in_conversation(conversation_id, TURN, turn_id))
        return _stored_turn(item) if item else None

    def turns(self, conversation_id: str) -> tuple[Turn | Ended, ...]:
        """All turns of a conversation, oldest first."""
        items = self._table.query(conversation(conversation_id), TURN)
        return tuple(sorted(map(_stored_turn, items), key=_started_at))

    def save(self, turn: Turn, *, now: datetime, lease_s: int) -> Turn | None:
        """Stores the turn's next revision and prolongs its lease."""
        return self._go_on(turn, lambda head: running.save(head, turn, now=now, lease_s=lease_s))

    def commit_to_send(self, turn: Turn) -> bool:
        """The moment before the first write."""
        change = self._change(turn.conversation_id, lambda head: running.commit_to_send(head, turn))
        return change is not None

    def park(self, turn: Turn, approval: Approval, *, note: OutboxEntry) -> bool:
        """Stores the turn, its approval and the note, and frees the lease."""
        key = in_conversation(turn.conversation_id, APPROVAL, approval.id)
        for _ in range(TRIES):
            seen = self._table.get(key)
            asked = noun_of(Approval, seen) if seen else None
            plan = partial(running.park, turn=turn, approval=approval, note=note, asked=asked)
            if self._change(turn.conversation_id, plan, asked=seen):
                return True
            stored = self.turn(turn.conversation_id, turn.id)
            if not isinstance(stored, Turn) or stored.revision != turn.revision:
                return False
        raise Unavailable(f"the approval {approval.id}, which changes all the time,")

    def resume(self, turn: Turn, *, now: datetime, lease_s: int) -> Turn | None:
        """Stores a parked turn and takes the lease for it again."""
        return self._go_on(turn, lambda head: running.resume(head, turn, now=now, lease_s=lease_s))

    def end(self, ended: Ended, *, notes: Sequence[OutboxEntry] = ()) -> bool:
        """Writes the ending, its notes and our reply, and frees the lease."""

        def plan(head: Head) -> Change:
            kept = self._kept(head) if running.lets_wait(head, ended) else ()
            return running.end(head, ended, notes, kept)

        if senders.is_answer(ended, tuple(notes)):  # first: a crash must not lose the count
            count = partial(senders.answered, ended=ended)
            self._senders.change(ended.turn.asker.email, count)
        return self._change(ended.turn.conversation_id, plan) is not None

    def give_back(self, conversation_id: str, *, by: str = "a person at the desk") -> None:
        """A new episode begins."""
        plan = partial(running.give_back, by=by, at=self._table.clock())
        if self._change(conversation_id, plan) is None:
            raise Rejected(f"there is no conversation {conversation_id} to give back")

    def due(self, *, before: datetime, limit: int = 50) -> tuple[Conversation, ...]:
        """Conversations to look after, oldest first."""
        heads = (noun_of(Head, item) for item in self._table.due(CONVERSATIONS, before=before))
        overdue = (head.conversation for head in heads if head.due_at and head.due_at < before)
        return tuple(islice(overdue, limit))

    def _arrive(self, arrival: Arrival, plan: Callable[[Head | None], Change]) -> bool:
        return self._change_any(arrival.conversation_id, plan) is not None

    def _go_on(self, turn: Turn, plan: Plan) -> Turn | None:
        return _turn(self._change(turn.conversation_id, plan))

    def _change(
        self, conversation_id: str, plan: Plan, *, asked: Item | None = None
    ) -> Change | None:
        return self._change_any(
            conversation_id, lambda head: plan(head) if head else None, asked=asked
        )

    def _change_any(
        self,
        conversation_id: str,
        plan: Callable[[Head | None], Change | None],
        *,
        asked: Item | None = None,
    ) -> Change | None:
        """What was written, in the end; None: refused, or what is not the head has moved on."""
        key = in_conversation(conversation_id, HEAD)
        for _ in range(TRIES):
            seen = self._table.get(key)
            head = noun_of(Head, seen) if seen else None
            change = plan(head)
            if change is None or change == Change(head or change.head):
                return change
            lost = self._table.write(*writes_of(change, seen, asked))
            if not lost:
                return change
            if lost != {key}:
                return None
        raise Unavailable(f"the conversation {conversation_id}, which changes all the time,")

    def _kept(self, head: Head) -> tuple[Kept, ...]:
        conversation_id = head.conversation.id
        if head.read is None:
            items = self._table.query(conversation(conversation_id), MESSAGE)
        else:
            items = self._table.get_all(
                in_conversation(conversation_id, MESSAGE, id_) for id_ in head.read
            )
        return tuple(sorted((noun_of(Kept, item) for item in items), key=lambda one: one.number))

    def _pending(self, head: Head) -> Iterator[Approval]:
        for item in self._table.query(conversation(head.conversation.id), APPROVAL):
            approval = noun_of(Approval, item)
            if approval.state == "open":
                yield approval


def _stored_turn(item: Item) -> Turn | Ended:
    try:
        return load_turn(item.record)
    except (KeyError, ValidationError) as error:
        raise Rejected(f"the record {item.key.pk} / {item.key.sk} is no turn: {error}") from error


def _turn(change: Change | None) -> Turn | None:
    return change.turn if change and isinstance(change.turn, Turn) else None


def _started_at(stored: Turn | Ended) -> datetime:
    return (stored.turn if isinstance(stored, Ended) else stored).started_at
