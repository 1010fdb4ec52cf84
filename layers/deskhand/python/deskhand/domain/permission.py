"""A question to the permission layer, and its answer."""

from collections.abc import Mapping
from typing import Literal

from pydantic import JsonValue

from deskhand.domain.noun import Noun

Answer = Literal["now", "if_verified", "if_shown", "if_confirmed", "if_approved", "denied"]
"""Whether it may be done as things stand, what would lift the refusal, or that nothing does."""

LIFTS: Mapping[Answer, str] = {
    "if_verified": "verified",
    "if_shown": "shown",
    "if_confirmed": "confirmed",
    "if_approved": "approved",
}
"""What lifts a refusal, by its name in the context: a ladder, on each rung all that stand before it
are true as well."""


class PermissionRequest(Noun):
    """May this customer have this done to this thing, things standing as they do?"""

    action: str
    """The tool's name; the Cedar action's id."""
    customer_id: str
    customer: dict[str, JsonValue]
    """The principal's attributes: vip, flagged, country."""
    resource_kind: str
    """The Cedar entity type: `Order`."""
    resource_id: str
    resource: dict[str, JsonValue]
    context: dict[str, JsonValue]
    """Amounts and counters, and what people said and sent: `verified`, `shown`, `confirmed`,
    `approved`."""


class Reason(Noun):
    """One rule that forbade, by its annotations."""

    code: str
    words: str
    instead: str = ""
    """The action that gives the customer what this one would have, where there is one."""


class Permission(Noun):
    """Whether it may be done now; if not, what would lift that, and which rules forbid it."""

    answer: Answer
    reasons: tuple[Reason, ...] = ()
    """Of the refusal as things stand; when denied, of the refusal that even an approval leaves."""


class Rung(Noun):
    """What the rules say on one rung of the ladder."""

    answer: Answer
    """The answer, should this be the first rung that allows it."""
    allowed: bool
    reasons: tuple[Reason, ...] = ()
    """Which rules forbid it there."""
