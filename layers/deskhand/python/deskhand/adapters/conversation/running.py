"""From a turn that runs to its ending."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from deskhand.adapters.conversation.records import Change, Head, Kept
from deskhand.domain.approval import Approval
from deskhand.domain.audit import AuditEntry
from deskhand.domain.conversation import Lease
from deskhand.domain.memory import Memory
from deskhand.domain.outbox import OutboxEntry
from deskhand.domain.retrieval import Retrieval
from deskhand.domain.ticket import Message
from deskhand.domain.turn import Ended, Turn
from deskhand.text.matters import remember


def save(head: Head, turn: Turn, *, now: datetime, lease_s: int) -> Change | None:
    """The turn's next revision; its lease is prolonged, even one that had run out."""
    lease = head.conversation.lease
    if lease is None or not head.leases(turn):
        return None
    prolonged = lease.model_copy(update={"until": now + timedelta(seconds=lease_s)})
    return _stored(head.with_conversation(lease=prolonged), turn)


def commit_to_send(head: Head, turn: Turn) -> Change | None:
    """From here on new messages are the next turn's; once committed it stays so."""
    lease = head.conversation.lease
    if lease is None or not head.leases(turn):
        return None
    if lease.sending:
        return Change(head)
    if head.conversation.waiting or head.conversation.owner == "person":
        return None
    return Change(head.with_conversation(lease=lease.model_copy(update={"sending": True})))


def park(
    head: Head, turn: Turn, approval: Approval, note: OutboxEntry, *, asked: Approval | None
) -> Change:
    """The turn waits for a person, and the conversation is free for the next one.

    A step that is repeated asks anew with another task token; what was decided meanwhile stays.
    """
    if asked is not None and asked.state != "open":
        approval = asked.model_copy(update={"task_token": approval.task_token})
    parked = turn.model_copy(update={"revision": turn.revision + 1})
    return Change(
        _freed(head, turn),
        turn=parked,
        replaces=turn.revision,
        approval=approval,
        notes=(note,),
    )


def resume(head: Head, turn: Turn, *, now: datetime, lease_s: int) -> Change | None:
    """The parked turn takes the lease again if nobody has it."""
    if head.conversation.lease is not None and not head.leases(turn):
        return None
    lease = Lease(turn_id=turn.id, until=now + timedelta(seconds=lease_s))
    return _stored(head.with_conversation(lease=lease), turn)


def end(head: Head, ended: Ended, notes: Sequence[OutboxEntry], kept: Sequence[Kept]) -> Change:
    """The turn is over. `kept` is looked at only where its messages have to wait again."""
    turn, ending = ended.turn, ended.ending
    after = _freed(head, turn)
    messages: tuple[Kept, ...] = ()
    if lets_wait(head, ended):
        after, messages = _waiting_again(after, turn, kept)
    if turn.episode == after.conversation.episode:
        memory = remember(after.conversation.memory, ended)
        after = after.with_conversation(memory=memory)
    if ending.kind == "handed_over":
        after = after.with_conversation(owner="person")
    if ending.asks_who:
        after = after.with_conversation(unproven=_unproven(after, turn))
    if ending.reply:
        after = after.with_message(_reply_id(turn))
        messages = (*messages, _reply(after, ended))
    return Change(
        after,
        messages=messages,
        turn=ended,
        replaces=turn.revision,
        notes=tuple(notes),
        audited=AuditEntry.of_turn(ended),
        retrieval=Retrieval.of(ended),
    )


def lets_wait(head: Head, ended: Ended) -> bool:
    """Whether this ending lets the turn's messages wait again; a parked turn's are history."""
    return ended.ending.kind == "superseded" and head.leases(ended.turn)


def give_back(head: Head, *, by: str, at: datetime) -> Change:
    """The agent has the conversation again, in a new episode; if it had it, nothing changes."""
    if head.conversation.owner == "agent":
        return Change(head)
    episode = head.conversation.episode + 1
    return Change(
        head.with_conversation(owner="agent", episode=episode, unproven=(), memory=Memory()),
        audited=AuditEntry.of_give_back(head.conversation.id, episode=episode, by=by, at=at),
    )


def _stored(head: Head, turn: Turn) -> Change:
    following = turn.model_copy(update={"revision": turn.revision + 1})
    return Change(head, turn=following, replaces=turn.revision)


def _freed(head: Head, turn: Turn) -> Head:
    return head.with_conversation(lease=None) if head.leases(turn) else head


def _waiting_again(head: Head, turn: Turn, kept: Sequence[Kept]) -> tuple[Head, tuple[Kept, ...]]:
    theirs = tuple(
        one.model_copy(update={"state": "waiting"})
        for one in kept
        if one.state == "claimed" and one.turns[-1] == turn.id
    )
    arrived = [one.arrived_at for one in theirs]
    if head.oldest_waiting_at is not None:
        arrived.append(head.oldest_waiting_at)
    after = head.with_conversation(waiting=head.conversation.waiting + len(theirs))
    return after.model_copy(update={"oldest_waiting_at": min(arrived, default=None)}), theirs


def _unproven(head: Head, turn: Turn) -> tuple[str, ...]:
    """What waits for the customer to show who they are, this turn's messages among it."""
    asking = (one.id for one in turn.messages if not (one.code and one.code.alone))
    return tuple(dict.fromkeys((*head.conversation.unproven, *asking)))


def _reply(head: Head, ended: Ended) -> Kept:
    turn, ending = ended.turn, ended.ending
    said = Message(
        id=_reply_id(turn),
        author="agent",
        text=ending.reply,
        said_at=ending.at,
        asks_for=ending.asks_for,
        seen=_seen(turn),
    )
    return Kept(
        message=said,
        asker=turn.asker,
        number=head.kept,
        episode=turn.episode,
        arrived_at=ending.at,
        state="said",
        turns=(turn.id,),
    )


def _seen(turn: Turn) -> tuple[str, ...]:
    """What a person had before them: the turn's own messages, where somebody said yes to it."""
    approved = bool(turn.decisions) and turn.decisions[-1].state == "approved"
    return tuple(message.id for message in turn.messages) if approved else ()


def _reply_id(turn: Turn) -> str:
    return f"{turn.id}:reply"
