"""Gives each accepted message to a turn: a new one if none runs, else the one that comes next."""

from deskhand.domain.ticket import Arrival
from deskhand.domain.verdict import Objection
from deskhand.errors import Unavailable
from deskhand.jobs.turns import Turns


def dispatch(arrival: Arrival, *, turns: Turns) -> None:
    """Keeps the message once and sees to it that a turn takes it.

    What is nobody asking, or is said while a person has the conversation, is kept and ignored.
    """
    conversations = turns.conversations
    head = conversations.load(arrival.conversation_id)
    if arrival.noise:
        conversations.ignore(arrival, why=arrival.noise, at=turns.clock())
    elif head is not None and head.owner == "person":
        why = "a person has this conversation"
        conversations.ignore(arrival, why=why, at=turns.clock())
    else:
        conversations.append(arrival)
        turns.go_on(arrival.conversation_id)


def hand_over_poison(arrival: Arrival, *, why: str, turns: Turns) -> None:
    """Hands over the conversation of a message that could not be dispatched again and again.

    `Unavailable` while another turn of that conversation runs: the message stays where it is.
    """
    turns.conversations.append(arrival)
    turn = turns.conversations.open_turn(
        arrival.conversation_id, now=turns.clock(), lease_s=turns.policy.replies.lease_s
    )
    if turn is None:
        stored = turns.conversations.load(arrival.conversation_id)
        if stored is not None and stored.waiting:
            raise Unavailable("the conversation, in which another turn runs,")
        return  # a turn has taken it meanwhile
    objection = Objection(
        code="POISON_MESSAGE", words=f"a message could not be processed: {why}", cure="person"
    )
    turns.hand_over(turns.conversations.claim(turn), objection)
