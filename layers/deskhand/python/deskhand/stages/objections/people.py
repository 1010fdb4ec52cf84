"""What people said meanwhile: the desk's answer to an approval, the customer's second thoughts."""

from collections import Counter
from collections.abc import Collection, Iterator

from deskhand.domain.approval import Approval
from deskhand.domain.policy import Policy
from deskhand.domain.ticket import Attachment, Message
from deskhand.domain.turn import Drafted
from deskhand.domain.verdict import Objection
from deskhand.stages.objections.reading import (
    WITHDRAWAL,
    asks_something,
    checked,
    fingerprint_of,
    is_theirs,
)
from deskhand.text.attachments import why_not_opened
from deskhand.tools.registry import Tools


def nobody_said_no(turn: Drafted, policy: Policy) -> Iterator[Objection]:
    """A no, or no answer in time, is no yes: a person goes on from there."""
    last = turn.decisions[-1] if turn.decisions else None
    if last and last.state == "rejected":
        words = last.reason or f"{last.summary} was rejected"
        yield Objection(code="REJECTED_BY_PERSON", words=words, cure="person")
    elif last and last.state != "approved":
        words = f"nobody approved in time: {last.summary}"
        yield Objection(code="APPROVAL_EXPIRED", words=words, cure="person")


def attachments_are_seen(turn: Drafted, policy: Policy) -> Iterator[Objection]:
    """What the model could not or may not open, a person opens before anything but a question
    goes; before anything is done, also what came with an earlier message."""
    if asks_something(turn, policy):
        return
    earlier = _unseen_before(turn) if turn.draft.actions else ()
    sent = [one for message in (*earlier, *turn.messages) for one in message.attachments]
    # Which of several files of one name was read, nobody could tell.
    named_once = {name for name, count in Counter(one.name for one in sent).items() if count == 1}
    read = named_once & set(turn.draft.attachments_read)
    if unseen := [named for one in sent if (named := _unseen(one, read, policy))]:
        words = f"nobody has looked at {', '.join(unseen)}"
        yield Objection(code="UNSEEN_ATTACHMENT", words=words, cure="approval")


def _unseen(attachment: Attachment, read: Collection[str], policy: Policy) -> str:
    """The file's name, with why no machine opens it, if so; empty where the model has read it."""
    replies = policy.replies
    why_not = why_not_opened(
        attachment, types=replies.attachment_types, max_bytes=replies.attachment_max_bytes
    )
    if why_not:
        return f"{attachment.name} ({why_not})"
    return "" if attachment.name in read else attachment.name


def _unseen_before(turn: Drafted) -> Iterator[Message]:
    """What the customer said before, but for what a person had before them when they said yes."""
    seen = {message_id for said in turn.history for message_id in said.seen}
    for said in turn.history:
        if said.author == "customer" and said.id not in seen:
            yield said


def is_approved(turn: Drafted) -> bool:
    """Whether a person has seen this turn's reply and said yes to it."""
    return bool(turn.decisions) and turn.decisions[-1].state == "approved"


def takes_back(turn: Drafted) -> bool:
    """Whether the customer takes back what a person is being asked."""
    return any(is_theirs(one, turn) for one in turn.pending) and any(
        guess.intent == WITHDRAWAL for guess in turn.classification.intents
    )


def withdrawn(turn: Drafted, tools: Tools) -> Iterator[str]:
    """The open approvals that the customer has taken back, or asked to be something else."""
    for approval in turn.pending:
        if is_theirs(approval, turn) and (takes_back(turn) or _is_changed(approval, turn, tools)):
            yield approval.id


def _is_changed(approval: Approval, turn: Drafted, tools: Tools) -> bool:
    """Whether the draft proposes something else with the same thing."""
    asked = {fingerprint_of(action, tools) for action in approval.actions}
    known = (checked(one, tools) for one in approval.actions)
    about = {action.fact_id for action in known if action}
    others = (checked(one, tools) for one in turn.draft.actions)
    return any(
        action.fact_id in about and action.fingerprint not in asked for action in others if action
    )
