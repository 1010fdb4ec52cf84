"""Takes a person's decision about an approval, once, and lets the turn go on."""

from typing import Literal

from deskhand.domain.approval import Approval, ApprovalState
from deskhand.domain.noun import Noun
from deskhand.domain.turn import Ended
from deskhand.errors import Rejected
from deskhand.jobs.turns import Turns


class Decision(Noun):
    """What a person said."""

    decision: Literal["approve", "reject", "edit"]
    by: str
    reason: str = ""
    reply: str = ""
    """The reply in the person's words; only with `edit`."""

    @property
    def state(self) -> ApprovalState:
        """What this makes of the approval."""
        return "rejected" if self.decision == "reject" else "approved"


def decide(approval_id: str, decision: Decision, *, turns: Turns) -> Approval:
    """The approval as it stands afterwards; an earlier decision stays, and is what is given.

    `Rejected`: there is no such approval, or its turn ended or its time ran out before this.
    """
    approval = turns.approvals.load(approval_id)
    if approval is None:
        raise Rejected(f"there is no approval {approval_id}")
    if decision.decision == "edit" and not decision.reply.strip():
        raise Rejected("an edit needs `reply`: the words to send instead")
    now = turns.clock()
    if approval.state == "open" and approval.expires_at <= now:
        turns.expire(approval)
        raise Rejected(f"the approval {approval_id} expired at {approval.expires_at.isoformat()}")
    stored = turns.conversations.turn(approval.conversation_id, approval.turn_id)
    if approval.state == "open" and isinstance(stored, Ended):
        raise Rejected(f"the turn that asked has ended: {stored.ending.kind}")
    answered = {
        "state": decision.state,
        "decided_by": decision.by,
        "decided_at": now,
        "reason": decision.reason,
        "edited_reply": decision.reply if decision.decision == "edit" else "",
    }
    kept = turns.approvals.decide(approval.model_copy(update=answered))
    turns.go_on(approval.conversation_id)
    return kept
