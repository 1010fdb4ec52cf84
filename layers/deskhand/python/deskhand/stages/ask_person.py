"""Asks a person: parks the turn with an approval and the note that carries it."""

from collections.abc import Callable
from datetime import datetime, timedelta

from deskhand.domain.approval import Approval
from deskhand.domain.outbox import OutboxEntry
from deskhand.domain.policy import Policy
from deskhand.domain.turn import Judged, Parked
from deskhand.text.packet import approval_note
from deskhand.text.replies import compose_reply
from deskhand.tools.registry import Tools


def ask_person(
    turn: Judged,
    *,
    task_token: str,
    policy: Policy,
    tools: Tools,
    link: Callable[[Approval], str],
    now: datetime,
) -> Parked:
    """The question to a person, with the link that opens it (empty: there is none). Asked again
    for the same verdict, it is the same approval."""
    in_words, facts = [], turn.evidence.known
    for action in map(tools.action_of, turn.verdict.actions):
        in_words.append(action.in_words(facts))
        facts = action.after(facts)
    approval = Approval(
        id=f"{turn.id}.{len(turn.decisions) + 1}",
        conversation_id=turn.conversation_id,
        turn_id=turn.id,
        actions=turn.verdict.actions,
        summary=" and ".join(in_words) or "this reply",
        reply=compose_reply(turn, receipts=(), policy=policy),
        objections=turn.verdict.objections,
        asked_at=now,
        expires_at=now + timedelta(seconds=policy.replies.approval_s),
        task_token=task_token,
        customer_id=_account(turn),
    )
    note = OutboxEntry(
        id=f"{approval.id}:asked",
        conversation_id=turn.conversation_id,
        helpdesk=turn.helpdesk,
        ticket_id=turn.ticket_id,
        kind="approval",
        text=approval_note(approval, link=link(approval)),
        due_at=now,
    )
    return Parked(approval=approval, note=note)


def _account(turn: Judged) -> str:
    """Whose account would be changed; nobody's where only words are asked about."""
    customer = turn.evidence.customer
    return customer.id if customer and turn.verdict.actions else ""
