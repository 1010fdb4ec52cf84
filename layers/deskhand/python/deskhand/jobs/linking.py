"""Links a second ticket about the same thing to the one that is open: the customer hears once.

Decided when the ticket arrives, by code and from what is known then: who writes, what they have
begun lately, and their words. No model is loaded for it, and no turn has cost anything yet.
"""

from datetime import timedelta

from deskhand.domain.conversation import Conversation
from deskhand.domain.outbox import OutboxEntry
from deskhand.domain.sender import Begun
from deskhand.domain.ticket import Arrival, CloseOut, Ticket
from deskhand.domain.turn import Ended, Ending, Turn
from deskhand.errors import DeskhandError
from deskhand.jobs.turns import Turns
from deskhand.text.packet import link_note
from deskhand.text.sameness import says_nothing_new

MOST_COMPARED = 5


def open_twin(arrival: Arrival, turns: Turns) -> Conversation | None:
    """The conversation in which the same customer is being answered the same question; None where
    this ticket is not new, brings anything new, or there is no such conversation."""
    if not _could_be_linked(arrival, turns):
        return None
    since = turns.clock() - timedelta(seconds=turns.policy.replies.same_matter_s)
    sender = turns.conversations.lately(arrival.asker.email)
    earlier = [
        one
        for one in sender.before(arrival.conversation_id)
        if one.at >= since and one.verified == arrival.asker.verified
    ]
    for one in earlier[:MOST_COMPARED]:
        if _asks_the_same(arrival, one, turns):
            head = turns.conversations.load(one.conversation_id)
            if head is not None and _is_being_answered(head, arrival, turns):
                return head
    return None


def link(arrival: Arrival, twin: Conversation, turns: Turns) -> bool:
    """Ends the new ticket's turn with a note that leads to the other; False: another turn took the
    message meanwhile, and answers it.

    Its message stays in its history, so that whatever the customer says there next is understood.
    """
    turn = turns.conversations.open_turn(
        arrival.conversation_id, now=turns.clock(), lease_s=turns.policy.replies.lease_s
    )
    if turn is None:
        return False
    claimed = turns.conversations.claim(turn)
    if claimed.messages != (arrival.message,):
        turns.start(claimed)  # the customer has said more meanwhile
        return True
    ending = Ending(
        kind="ignored",
        why=f"the same customer asks the same in ticket {twin.ticket_id}, where it is answered",
        codes=("LINKED_TO_OPEN_TICKET",),
        at=turns.clock(),
    )
    note = _note(claimed, twin, turns)
    if turns.conversations.end(Ended(turn=claimed, ending=ending), notes=(note,)):
        turns.deliver_notes(arrival.conversation_id)
        turns.go_on(arrival.conversation_id)
    return True


def _could_be_linked(arrival: Arrival, turns: Turns) -> bool:
    """Whether the message is all that was ever said on its ticket, and no more than words."""
    message = arrival.message
    if not arrival.asker.email.strip() or message.attachments or message.code:
        return False
    return turns.conversations.said(arrival.conversation_id) == (message,)


def _asks_the_same(arrival: Arrival, earlier: Begun, turns: Turns) -> bool:
    """Whether one message there asks all of what this one asks."""
    head = turns.conversations.load(earlier.conversation_id)
    asked = f"{arrival.subject}\n{arrival.message.text}"
    return head is not None and any(
        says_nothing_new(asked, f"{head.subject}\n{said.text}")
        for said in turns.conversations.said(earlier.conversation_id)
        if said.author == "customer"
    )


def _is_being_answered(head: Conversation, arrival: Arrival, turns: Turns) -> bool:
    """Whether an answer is still to come there, or came too short a time ago to have been read.

    A ticket that waits for the customer is none to link to: there the word is theirs.
    """
    try:
        ticket = turns.helpdesk(head.helpdesk).ticket(head.ticket_id)
    except DeskhandError:
        return False  # rather two answers than none
    if ticket.status != "solved":
        return ticket.status == "open"
    return _was_just_answered(ticket, arrival, turns)


def _was_just_answered(ticket: Ticket, arrival: Arrival, turns: Turns) -> bool:
    answers = [said.said_at for said in ticket.messages if said.author != "customer"]
    unread = timedelta(seconds=turns.policy.replies.just_answered_s)
    return bool(answers) and arrival.message.said_at <= max(answers) + unread


def _note(turn: Turn, twin: Conversation, turns: Turns) -> OutboxEntry:
    return OutboxEntry(
        id=f"{turn.id}:link",
        conversation_id=turn.conversation_id,
        helpdesk=turn.helpdesk,
        ticket_id=turn.ticket_id,
        kind="link",
        text=link_note(twin),
        close_out=CloseOut(
            status="solved", tags=("deskhand", "linked", f"same-as-{twin.ticket_id}")
        ),
        due_at=turns.clock(),
    )
