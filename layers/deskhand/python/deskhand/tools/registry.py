"""Every lookup and action by name: a new one is one more line here.

The fact of an order, which most actions act on, has exactly the attributes of the entity `Order`
in the permission schema, and so has every other fact that is acted on those of its entity.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from deskhand.domain.draft import ProposedAction
from deskhand.tools.cancel_order import CancelOrder
from deskhand.tools.cancel_subscription import CancelSubscription
from deskhand.tools.change_order_address import ChangeOrderAddress
from deskhand.tools.change_order_items import ChangeOrderItems
from deskhand.tools.change_order_payment import ChangeOrderPayment
from deskhand.tools.change_subscription import ChangeSubscription
from deskhand.tools.delete_account import DeleteAccount
from deskhand.tools.exchange_items import ExchangeItems
from deskhand.tools.facts.shipment import refund_fact, shipment_fact
from deskhand.tools.file_bug import FileBug
from deskhand.tools.find_account import FindAccount, FindTies
from deskhand.tools.find_customer import FindCustomer
from deskhand.tools.find_devices import FindDevices
from deskhand.tools.find_incident import FindIncident
from deskhand.tools.find_order import FindNamedOrder, FindOrder
from deskhand.tools.find_past_tickets import FindPastTickets
from deskhand.tools.find_payment_methods import FindPaymentMethods
from deskhand.tools.find_product import FindOrderedProducts, FindProduct
from deskhand.tools.find_subscription import FindSubscription
from deskhand.tools.give_credit import GiveCredit
from deskhand.tools.move_address import MoveAddress
from deskhand.tools.open_follow_up import OpenFollowUp
from deskhand.tools.pause_subscription import PauseSubscription
from deskhand.tools.recover_password import RecoverPassword
from deskhand.tools.refund_order import RefundOrder
from deskhand.tools.resend_activation import ResendActivation
from deskhand.tools.return_items import ReturnItems
from deskhand.tools.send_again import SendAgain
from deskhand.tools.tool import Action, Lookup
from deskhand.tools.update_record import UpdateRecord


@dataclass(frozen=True)
class Tools:
    """What an agent can do: lookups and actions by name."""

    lookups: Mapping[str, Lookup]
    actions: Mapping[str, type[Action]]

    @classmethod
    def of(cls, lookups: Iterable[Lookup], actions: Iterable[type[Action]]) -> Self:
        """The tools in these lists. `ValueError`: two have the same name."""
        listed, acting = tuple(lookups), tuple(actions)
        names = [lookup.name for lookup in listed] + [action.tool_name for action in acting]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"two tools have the same name: {', '.join(twice)}")
        return cls(
            {lookup.name: lookup for lookup in listed},
            {action.tool_name: action for action in acting},
        )

    def action_of(self, proposed: ProposedAction) -> Action:
        """The action that was proposed, with its arguments checked. `KeyError`: there is no such
        action; pydantic's `ValidationError`: its arguments are not what it takes."""
        return self.actions[proposed.name].model_validate(proposed.arguments)


OURS = Tools.of(
    lookups=(
        FindOrder("find_order"),
        FindOrder("find_open_order", prefers=("placed", "packed", "shipped")),
        FindOrder("find_received_order", prefers=("delivered",)),
        FindNamedOrder("find_named_order"),
        FindOrder("find_shipment", prefers=("shipped", "packed", "placed"), tells=shipment_fact),
        FindOrder("refund_eligibility", prefers=("delivered",), tells=refund_fact),
        FindProduct(),
        FindOrderedProducts(),
        FindPaymentMethods(),
        FindCustomer(),
        FindAccount(),
        FindTies(),
        FindSubscription(),
        FindIncident(),
        FindDevices(),
        FindPastTickets(),
    ),
    actions=(
        RefundOrder,
        CancelOrder,
        ReturnItems,
        ExchangeItems,
        SendAgain,
        ChangeOrderAddress,
        ChangeOrderItems,
        ChangeOrderPayment,
        GiveCredit,
        CancelSubscription,
        PauseSubscription,
        ChangeSubscription,
        RecoverPassword,
        ResendActivation,
        UpdateRecord,
        MoveAddress,
        DeleteAccount,
        FileBug,
        OpenFollowUp,
    ),
)
"""The tools that Deskhand brings along."""
