"""What each event does to the record of a sender, as pure functions for the store and its twin."""

from datetime import datetime, timedelta

from deskhand.domain.outbox import OutboxEntry
from deskhand.domain.sender import Answered, Begun, Sender
from deskhand.domain.ticket import Arrival
from deskhand.domain.turn import Ended

REMEMBERED = timedelta(days=1)
MOST_REMEMBERED = 200
"""Of each kind: no flood makes the record too large for its place."""


def wrote(sender: Sender, arrival: Arrival, *, now: datetime) -> Sender:
    """The sender, known to have begun that conversation; noted once."""
    if any(one.conversation_id == arrival.conversation_id for one in sender.begun):
        return sender
    begun = Begun(conversation_id=arrival.conversation_id, verified=arrival.asker.verified, at=now)
    return _of_late(sender.model_copy(update={"begun": (*sender.begun, begun)}), now)


def answered(sender: Sender, ended: Ended) -> Sender:
    """The sender, known to have had that turn's answer; counted once."""
    turn, at = ended.turn, ended.ending.at
    if any(one.turn_id == turn.id for one in sender.answered):
        return sender
    answer = Answered(
        turn_id=turn.id, conversation_id=turn.conversation_id, episode=turn.episode, at=at
    )
    return _of_late(sender.model_copy(update={"answered": (*sender.answered, answer)}), at)


def is_answer(ended: Ended, notes: tuple[OutboxEntry, ...]) -> bool:
    """Whether the customer is told anything by this ending."""
    return bool(ended.ending.reply) or any(note.tell_customer for note in notes)


def _of_late(sender: Sender, now: datetime) -> Sender:
    begun = [one for one in sender.begun if one.at > now - REMEMBERED]
    answers = [one for one in sender.answered if one.at > now - REMEMBERED]
    return Sender(begun=tuple(begun[-MOST_REMEMBERED:]), answered=tuple(answers[-MOST_REMEMBERED:]))
