"""Gives each accepted message to a turn: a new one if none runs, else the one that comes next."""

from deskhand.domain.ticket import Arrival
from deskhand.jobs.arriving_codes import without_code
from deskhand.jobs.fetch import completed
from deskhand.jobs.linking import link, open_twin
from deskhand.jobs.turns import Turns
from deskhand.ports import Codes


def take(arrival: Arrival, *, turns: Turns, codes: Codes) -> None:
    """Dispatches a message of the queue; where a webhook only named it, the ticket is fetched
    first, and a one-time code is taken out of it before anything keeps it."""
    if arrival.hint:
        fetched = completed(arrival, turns.helpdesk(arrival.helpdesk))
        arrival = without_code(fetched, codes=codes, clock=turns.clock)
    dispatch(arrival, turns=turns)


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
