"""Every lookup and action by name: a new one is one more line here.

The fact of an order, which both actions act on, has exactly these attributes; they are the entity
`Order` of the permission schema:

    order_id: String            ship_to_country: String (two letters)
    status: String              placed, packed, shipped, delivered, cancelled or returned
    total_cents: Long           refundable_cents: Long
    refunded_cents: Long        currency: String (three letters)
    age_days: Long              whole days since it was placed
    delivered_days: Long        whole days since it was delivered; -1 while it is not

The fact of a customer has name, email and country, all String.
"""

from deskhand.domain.draft import ProposedAction
from deskhand.tools.cancel_order import CancelOrder
from deskhand.tools.find_customer import FindCustomer
from deskhand.tools.find_order import FindNamedOrder, FindOrder
from deskhand.tools.refund_order import RefundOrder
from deskhand.tools.tool import Action, Lookup

_LOOKUPS: tuple[Lookup, ...] = (
    FindOrder("find_order"),
    FindOrder("find_open_order", prefers=("placed", "packed", "shipped")),
    FindOrder("find_received_order", prefers=("delivered",)),
    FindNamedOrder("find_named_order"),
    FindCustomer(),
)
_ACTIONS: tuple[type[Action], ...] = (
    RefundOrder,
    CancelOrder,
)

LOOKUPS: dict[str, Lookup] = {lookup.name: lookup for lookup in _LOOKUPS}
ACTIONS: dict[str, type[Action]] = {action.tool_name: action for action in _ACTIONS}


def action_of(proposed: ProposedAction) -> Action:
    """The action that was proposed, with its arguments checked. `KeyError`: there is no such
    action; pydantic's `ValidationError`: its arguments are not what it takes."""
    return ACTIONS[proposed.name].model_validate(proposed.arguments)
