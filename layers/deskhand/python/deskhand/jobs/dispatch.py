"""Gives each accepted message to a turn: a new one if none runs, else the one that comes next."""

from deskhand.domain.ticket import Arrival
from deskhand.jobs.linking import link, open_twin
from deskhand.jobs.turns import Turns


def dispatch(arrival: Arrival, *, turns: Turns) -> None:
    """Keeps the message once and sees to it that a turn takes it.

    What is nobody asking, or is said while a person has the conversation, is kept and ignored;
    what the same customer is being answered in another ticket is answered there alone.
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
        twin = open_twin(arrival, turns)
        if twin is None or not link(arrival, twin, turns):
            turns.go_on(arrival.conversation_id)
