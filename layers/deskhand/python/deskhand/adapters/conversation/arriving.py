"""From a message that arrives to the turn that answers it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from deskhand.adapters.conversation.records import Change, Head, Kept
from deskhand.domain.approval import Approval
from deskhand.domain.code import Proof, same_address
from deskhand.domain.conversation import Conversation, Lease
from deskhand.domain.memory import Memory
from deskhand.domain.ticket import Arrival, Asker, Message
from deskhand.domain.turn import Ended, Ending, Turn, turn_id_for

MOST_CLAIMED = 50

RESOLVED_AFTER = timedelta(hours=72)
"""Who says nothing for so long has nothing more to say to it: what comes then is a new episode."""


def append(head: Head | None, arrival: Arrival, *, now: datetime) -> Change:
    """The message waits; who wrote last is the asker. After a long rest a new episode begins."""
    arrived_at = min(arrival.message.said_at, now)  # a clock that is ahead must not hide a message
    head = _reopened(head, now) if head else _opened(arrival)
    after = head.with_conversation(
        waiting=head.conversation.waiting + 1,
        asker=arrival.asker,
        proof=_proof(arrival, head.conversation),
    ).with_message(arrival.message.id)
    oldest = min(head.oldest_waiting_at or arrived_at, arrived_at)
    after = after.model_copy(update={"oldest_waiting_at": oldest})
    return Change(after, arrived=_kept(after, arrival, arrived_at=arrived_at, state="waiting"))


def _reopened(head: Head, now: datetime) -> Head:
    """The head in a new episode, if it has rested so long that what was said before is settled."""
    conversation = head.conversation
    rests = conversation.lease is None and not conversation.waiting and head.last_started_at
    if not rests or now - rests < RESOLVED_AFTER or conversation.owner == "person":
        return head
    return head.with_conversation(episode=conversation.episode + 1, unproven=(), memory=Memory())


def ignore(head: Head | None, arrival: Arrival, *, why: str, at: datetime) -> Change:
    """The message is kept with a turn that has ended already; it is nobody's history."""
    head = head or _opened(arrival)
    started_at = _started_at(head, at)
    after = head.model_copy(update={"kept": head.kept + 1, "last_started_at": started_at})
    turn_id = turn_id_for(arrival.conversation_id, arrival.message.id)
    turn = _new_turn(after, turn_id, started_at).model_copy(
        update={"messages": (arrival.message,), "asker": arrival.asker}
    )
    kept = _kept(after, arrival, arrived_at=at, state="ignored", turns=(turn_id,))
    ending = Ending(kind="ignored", why=why, at=at)
    return Change(after, arrived=kept, turn=Ended(turn=turn, ending=ending))


def open_turn(
    head: Head, kept: Sequence[Kept], *, now: datetime, lease_s: int, taken: int = 0
) -> Change | None:
    """A new turn takes the lease; `taken` says how many names were found to be in use.

    The message that names the turn has had a turn from here on: should this one end before it
    claims anything, the next must not bear its name.
    """
    waiting = [one for one in kept if one.state == "waiting"]
    if head.conversation.lease is not None or not waiting:
        return None
    first = next((one for one in waiting if not one.turns), waiting[0])
    had = len(first.turns) + taken
    name = f"{first.message.id}\n{had}" if had else first.message.id
    turn_id = turn_id_for(head.conversation.id, name)
    started_at = _started_at(head, now)
    lease = Lease(turn_id=turn_id, until=now + timedelta(seconds=lease_s))
    after = head.with_conversation(lease=lease).model_copy(update={"last_started_at": started_at})
    had_a_turn = first.model_copy(update={"turns": (*first.turns, turn_id)})
    return Change(after, messages=(had_a_turn,), turn=_new_turn(after, turn_id, started_at))


def claim(
    head: Head, turn: Turn, kept: Sequence[Kept], pending: Sequence[Approval]
) -> Change | None:
    """The waiting messages become the turn's, in the order in which they were said: on their way
    one may overtake another. What this episode said before is its history."""
    if not head.leases(turn):
        return None
    waiting = sorted((one for one in kept if one.state == "waiting"), key=_as_said)
    claimed, left = waiting[:MOST_CLAIMED], waiting[MOST_CLAIMED:]
    claimed = [*_taken_up(head, kept, claimed), *claimed]
    history = [
        one.message
        for one in kept
        if one.state in {"claimed", "said"} and one.episode == turn.episode and one not in claimed
    ]
    proven = any(one.message.code and one.message.code.result == "right" for one in claimed)
    unproven = () if proven else head.conversation.unproven
    after = head.with_conversation(waiting=len(left), unproven=unproven).model_copy(
        update={"oldest_waiting_at": min((one.arrived_at for one in left), default=None)}
    )
    with_messages = turn.model_copy(
        update={
            "messages": tuple(one.message for one in claimed),
            "history": tuple(history),
            "memory": head.conversation.memory,
            "pending": tuple(pending),
            "asker": _asker(claimed, turn, head.conversation.proof),
            "revision": turn.revision + 1,
        }
    )
    theirs = tuple(_claimed(one, turn) for one in claimed)
    return Change(after, messages=theirs, turn=with_messages, replaces=turn.revision)


def said(head: Head, kept: Sequence[Kept]) -> tuple[Message, ...]:
    """What was said in the episode that goes on, by both sides."""
    return tuple(
        one.message
        for one in kept
        if one.state != "ignored" and one.episode == head.conversation.episode
    )


def _claimed(kept: Kept, turn: Turn) -> Kept:
    turns = kept.turns if turn.id in kept.turns else (*kept.turns, turn.id)
    changed = {"state": "claimed", "episode": turn.episode, "turns": turns}
    return kept.model_copy(update=changed)


def _as_said(kept: Kept) -> tuple[datetime, int]:
    return kept.arrived_at, kept.number


def _opened(arrival: Arrival) -> Head:
    return Head(
        conversation=Conversation(
            id=arrival.conversation_id,
            helpdesk=arrival.helpdesk,
            ticket_id=arrival.ticket_id,
            subject=arrival.subject,
            asker=arrival.asker,
        ),
        near=(),
    )


def _kept(head: Head, arrival: Arrival, **fields: object) -> Kept:
    return Kept.model_validate(
        {
            "message": arrival.message,
            "asker": arrival.asker,
            "number": head.kept,
            "episode": head.conversation.episode,
            **fields,
        }
    )


def _new_turn(head: Head, turn_id: str, started_at: datetime) -> Turn:
    conversation = head.conversation
    return Turn(
        id=turn_id,
        conversation_id=conversation.id,
        helpdesk=conversation.helpdesk,
        ticket_id=conversation.ticket_id,
        subject=conversation.subject,
        asker=conversation.asker,
        episode=conversation.episode,
        started_at=started_at,
    )


def _started_at(head: Head, now: datetime) -> datetime:
    """Later than the turn before, so that turns have an order even within one tick of the clock."""
    if head.last_started_at is None:
        return now
    return max(now, head.last_started_at + timedelta(microseconds=1))


def _asker(claimed: Sequence[Kept], turn: Turn, proof: Proof | None) -> Asker:
    """Who wrote last; verified only if every message is by that same verified person."""
    if not claimed:
        return turn.asker
    last = claimed[-1].asker
    proven = proof is not None and proof.covers(
        last.email, episode=turn.episode, at=turn.started_at
    )
    verified = all(
        (one.asker.verified or proven) and same_address(one.asker.email, last.email)
        for one in claimed
    )
    return last.model_copy(update={"verified": verified})


def _proof(arrival: Arrival, conversation: Conversation) -> Proof | None:
    """The proof that holds once this has arrived: its own, or the one that there was."""
    tried = arrival.message.code
    if not tried or not tried.verified_until or tried.episode != conversation.episode:
        return conversation.proof
    return Proof(
        email=arrival.asker.email, episode=conversation.episode, until=tried.verified_until
    )


def _taken_up(head: Head, kept: Sequence[Kept], claimed: Sequence[Kept]) -> list[Kept]:
    """Where somebody answers with a code: their messages that waited for it, to be answered now."""
    who = [one.asker.email for one in claimed if one.message.code]
    return [
        one
        for one in kept
        if one.state == "claimed"
        and any(same_address(one.asker.email, email) for email in who)
        and one.message.id in head.conversation.unproven
        and one.episode == head.conversation.episode
    ]
