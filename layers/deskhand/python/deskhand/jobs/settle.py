"""The net below everything: each minute it looks for what was left behind, and sees to it."""

from collections.abc import Callable, Iterable
from typing import Any

from deskhand.domain.approval import Approval
from deskhand.domain.conversation import Conversation
from deskhand.domain.noun import Noun
from deskhand.domain.turn import Ended
from deskhand.domain.verdict import Objection
from deskhand.errors import DeskhandError
from deskhand.jobs.deliver import deliver
from deskhand.jobs.turns import Turns


class Swept(Noun):
    """What one sweep found and did."""

    conversations: int = 0
    approvals: int = 0
    notes: int = 0
    failures: tuple[str, ...] = ()
    """What could not be settled this time, in words; the next sweep tries again."""


def settle(turns: Turns) -> Swept:
    """Settles every conversation, approval and note that is overdue; one failing stops no other."""
    now = turns.clock()
    failures: list[str] = []

    def sweep(things: Iterable[Any], see_to: Callable[[Any], object]) -> int:
        count = 0
        for thing in things:
            count += 1
            try:
                see_to(thing)
            except DeskhandError as error:
                failures.append(str(error))
        return count

    return Swept(
        conversations=sweep(
            turns.conversations.due(before=now), lambda head: _see_to_conversation(head, turns)
        ),
        approvals=sweep(
            turns.approvals.due(before=now), lambda approval: _see_to_approval(approval, turns)
        ),
        notes=sweep(
            turns.outbox.due(before=now),
            lambda entry: deliver(
                entry,
                outbox=turns.outbox,
                helpdesk=turns.helpdesk(entry.helpdesk),
                clock=turns.clock,
            ),
        ),
        failures=tuple(failures),
    )


def _see_to_conversation(head: Conversation, turns: Turns) -> None:
    if head.lease is None:
        turns.go_on(head.id)
        return
    turn = turns.conversations.turn(head.id, head.lease.turn_id)
    if turn is None or isinstance(turn, Ended):
        return  # freed between the index and this look
    match turns.workflow.status(turn.id):
        case "unknown":  # it crashed after taking the lease
            turns.conversations.save(turn, now=turns.clock(), lease_s=turns.policy.replies.lease_s)
            turns.start(turn)
        case "running":
            turns.conversations.save(turn, now=turns.clock(), lease_s=turns.policy.replies.lease_s)
        case "stopped":
            words = "the machine stopped in the middle of this turn"
            claimed = turns.conversations.claim(turn)
            turns.hand_over(
                claimed,
                Objection(code="EXECUTION_DIED", words=words, cure="person", priority="high"),
            )


def _see_to_approval(approval: Approval, turns: Turns) -> None:
    if approval.state == "open":
        turns.expire(approval)
    else:
        turns.go_on(approval.conversation_id)
