"""What an agent can do in this shop: two lookups and the shop's seven writes."""

from deskhand.tools.registry import Tools
from tests.exam.tau_retail.tools.cancel import CancelPendingOrder
from tests.exam.tau_retail.tools.exchange_items import ExchangeDeliveredOrderItems
from tests.exam.tau_retail.tools.find import FindOrder, FindProfile
from tests.exam.tau_retail.tools.modify_address import ModifyPendingOrderAddress, ModifyUserAddress
from tests.exam.tau_retail.tools.modify_items import ModifyPendingOrderItems
from tests.exam.tau_retail.tools.modify_payment import ModifyPendingOrderPayment
from tests.exam.tau_retail.tools.return_items import ReturnDeliveredOrderItems

TOOLS = Tools.of(
    lookups=(FindOrder(), FindProfile()),
    actions=(
        CancelPendingOrder,
        ModifyPendingOrderItems,
        ModifyPendingOrderAddress,
        ModifyPendingOrderPayment,
        ReturnDeliveredOrderItems,
        ExchangeDeliveredOrderItems,
        ModifyUserAddress,
    ),
)
