"""A person's yes, no or edit of what the agent wants to say or do."""

from typing import Literal

from pydantic import AwareDatetime

from deskhand.domain.draft import ProposedAction
from deskhand.domain.noun import Noun
from deskhand.domain.verdict import Objection

ApprovalState = Literal["open", "approved", "rejected", "expired", "withdrawn"]


class Approval(Noun):
    """One question to a person: may this be said and done?"""

    id: str
    conversation_id: str
    turn_id: str
    actions: tuple[ProposedAction, ...]
    summary: str
    """What is asked for in words fit to be said to the customer: `a refund of 80.00 EUR for order
    1001`."""
    reply: str
    """The reply as drafted, for the person to see and edit."""
    objections: tuple[Objection, ...]
    asked_at: AwareDatetime
    expires_at: AwareDatetime
    task_token: str
    state: ApprovalState = "open"
    decided_by: str = ""
    decided_at: AwareDatetime | None = None
    reason: str = ""
    edited_reply: str = ""
    instead_of: tuple[ProposedAction, ...] = ()
    """What the person was asked for, where they said yes to other arguments of it: `actions` are
    then what they said yes to."""
    customer_id: str = ""
    """Whose account it is about; empty: nobody's, or release 1 asked, which did not keep that."""
    resumed: bool = False
    """Whether the turn that asked has gone on with the answer."""

    def covers(self, action: ProposedAction) -> bool:
        """Whether a person said yes to exactly this action."""
        fingerprints = {approved.fingerprint for approved in self.actions}
        return self.state == "approved" and action.fingerprint in fingerprints

    @property
    def changes(self) -> str:
        """What a person changed: `refund_order amount_cents 5000 instead of 8000`."""
        changed = [
            f"{after.name} {name} {value} instead of {before.arguments.get(name)}"
            for before, after in zip(self.instead_of, self.actions, strict=False)
            for name, value in after.arguments.items()
            if value != before.arguments.get(name)
        ]
        return ", ".join(changed)
