"""What the gate decides about a draft, and why."""

from typing import Literal

from deskhand.domain.draft import ProposedAction
from deskhand.domain.noun import Noun

Cure = Literal[
    "person", "approval", "verify", "show", "confirm", "ask", "look_again", "rewrite", "explain"
]
"""Who or what could lift an objection: a person only, an approval, the customer (who they are, a
photo or a paper, their yes, an answer to a question), better evidence, other wording, or nothing
(`explain`: it is denied, and the customer is told why)."""

Mode = Literal["shadow", "suggest", "auto"]
"""The autonomy dial of an intent: only recorded, only suggested to people, or sent."""
Decision = Literal["send", "await_approval", "look_again", "escalate"]
Priority = Literal["low", "normal", "high", "urgent"]
Articles = Literal["unasked", "enough", "thin"]
"""What the articles had to say: nothing was wanted of them, enough, or nothing that answers."""


class Objection(Noun):
    """Why something may not simply go."""

    code: str
    words: str
    cure: Cure
    about: str = ""
    """The id of the action it is about; empty when it is about the reply or the ticket."""
    priority: Priority = "normal"
    """With which a person should look, should it come to that."""


class Verdict(Noun):
    """The gate's decision with everything that spoke against the draft."""

    decision: Decision
    mode: Mode = "auto"
    """The strictest mode of the turn's intents; in `shadow` the decision is only recorded."""
    objections: tuple[Objection, ...] = ()
    actions: tuple[ProposedAction, ...] = ()
    """What may be done now, and where an approval is awaited also what a yes would add; never more
    than the draft proposed."""
    asks_for: tuple[str, ...] = ()
    """The fingerprints of the actions that the customer is asked to say yes to."""
    withdraws: tuple[str, ...] = ()
    """Open approvals that this turn's changed request takes back."""
    articles: Articles = "unasked"
    """Whether the articles held what was asked; what the gap report and its alarm count."""

    @property
    def words(self) -> str:
        """All objections in one line for a person."""
        return "; ".join(objection.words for objection in self.objections) or "no objection"
