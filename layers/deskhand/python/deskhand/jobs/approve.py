"""Takes a person's decision about an approval, once, and lets the turn go on."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from deskhand.domain.approval import Approval, ApprovalState
from deskhand.domain.draft import ProposedAction
from deskhand.domain.noun import Noun
from deskhand.errors import Rejected
from deskhand.jobs.standing import Standing, standing_of
from deskhand.jobs.turns import Turns

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
TOO_LATE = "Your answer came too late and changes nothing. "


class Decision(Noun):
    """What a person said."""

    decision: Literal["approve", "reject", "edit"]
    by: Name
    reason: str = Field(default="", max_length=2_000)
    reply: str = Field(default="", max_length=20_000)
    """The reply in the person's words; only with `edit`."""
    actions: tuple[ProposedAction, ...] = ()
    """What is asked for, with other arguments; only with `edit`."""

    @property
    def state(self) -> ApprovalState:
        """What this makes of the approval."""
        return "rejected" if self.decision == "reject" else "approved"


def decide(approval_id: str, decision: Decision, *, turns: Turns) -> Standing:
    """How the approval stands afterwards: by this decision, or by what came before it.

    `Rejected`: there is no such approval, or what was edited is not what it asks for.
    """
    approval = _asked(approval_id, turns)
    answered = _answered(approval, decision, turns)
    kept = approval
    if look(approval_id, turns=turns).state == "open":
        kept = turns.approvals.decide(answered)
    elif approval.state == "open":
        turns.expire(approval)
        kept = _asked(approval_id, turns)
    turns.go_on(approval.conversation_id)
    standing = _standing(kept, turns)
    if standing.state == decision.state and _says_the_same(kept, answered):
        return standing.model_copy(update={"taken": True})
    return standing.model_copy(update={"words": TOO_LATE + standing.words})


def look(approval_id: str, *, turns: Turns) -> Standing:
    """How the approval stands; changes nothing. `Rejected`: there is no such approval."""
    return _standing(_asked(approval_id, turns), turns)


def _asked(approval_id: str, turns: Turns) -> Approval:
    approval = turns.approvals.load(approval_id)
    if approval is None:
        raise Rejected(f"there is no approval {approval_id}")
    return approval


def _standing(approval: Approval, turns: Turns) -> Standing:
    stored = turns.conversations.turn(approval.conversation_id, approval.turn_id)
    return standing_of(approval, stored, now=turns.clock())


def _answered(approval: Approval, decision: Decision, turns: Turns) -> Approval:
    is_edit = decision.decision == "edit"
    reply = decision.reply.strip() if is_edit else ""
    actions = _edited(approval, decision.actions) if is_edit else ()
    if is_edit and not (reply or actions):
        raise Rejected("an edit needs `reply`, the words to send instead, or changed `actions`")
    answer = {
        "state": decision.state,
        "decided_by": decision.by,
        "decided_at": turns.clock(),
        "reason": decision.reason.strip(),
        "edited_reply": reply,
    }
    changed = {"actions": actions, "instead_of": approval.actions} if actions else {}
    return approval.model_copy(update=answer | changed)


def _edited(approval: Approval, actions: tuple[ProposedAction, ...]) -> tuple[ProposedAction, ...]:
    """All actions with what was changed of them; nothing where nothing was. An edit may give other
    arguments, and neither add an action nor leave one out: the gate judges the result anew."""
    asked = approval.instead_of or approval.actions
    if not actions or actions == asked:
        return ()
    names = [action.name for action in asked]
    if [action.name for action in actions] != names:
        raise Rejected(f"`actions` has to be {', '.join(names) or 'empty'}, in this order")
    for before, after in zip(asked, actions, strict=True):
        known, given = before.arguments, after.arguments
        if set(known) != set(given):
            raise Rejected(f"{before.name} takes {', '.join(known)}; got {', '.join(given)}")
        for name, value in known.items():
            if type(given[name]) is not type(value):
                kind = type(value).__name__
                raise Rejected(f"{before.name}: {name} has to stay of its kind ({kind})")
    return actions


def _says_the_same(kept: Approval, answered: Approval) -> bool:
    """Whether what is kept is this answer, given now or before."""
    fields = ("state", "decided_by", "reason", "edited_reply", "actions")
    return all(getattr(kept, name) == getattr(answered, name) for name in fields)
