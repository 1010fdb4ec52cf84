"""Whether a language model may still be asked, by what was spent and what the policy allows."""

from deskhand.domain.policy import Policy
from deskhand.domain.turn import Turn
from deskhand.ports import Spending


def why_withheld(turn: Turn, spending: Spending | None, policy: Policy) -> str:
    """Why nobody is asked, in words for a person; empty where somebody may be. Without `spending`
    the models cost nothing."""
    if spending is None:
        return ""
    spent, budget = spending.spent(turn.conversation_id), policy.models.budget
    if spent.conversation_microusd >= budget.conversation_microusd:
        return f"the budget of a conversation, {_usd(budget.conversation_microusd)}, is spent"
    if spent.day_microusd >= budget.day_microusd:
        return f"the budget of a day, {_usd(budget.day_microusd)}, is spent"
    return ""


def _usd(microusd: int) -> str:
    return f"{microusd / 1_000_000:,.2f} USD"
