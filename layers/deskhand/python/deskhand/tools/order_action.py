"""What everything that is done to an order has in common."""

from abc import ABC
from typing import Annotated, ClassVar

from pydantic import Field

from deskhand.domain.evidence import Fact
from deskhand.domain.records import CustomerScope, Made
from deskhand.ports import Connectors
from deskhand.tools.facts.order import order_fact
from deskhand.tools.facts.payment import payment_fact
from deskhand.tools.facts.product import product_fact
from deskhand.tools.plain import RecordId
from deskhand.tools.proof import ProvenAction

MOST_LINES = 20
LineIds = Annotated[tuple[RecordId, ...], Field(min_length=1, max_length=MOST_LINES)]


class OrderAction(ProvenAction, ABC):
    """An action on one order of the customer's, held against the records that it names."""

    resource_kind: ClassVar[str] = "Order"

    order_id: RecordId = Field(json_schema_extra={"x-from": "order.order_id"})

    @property
    def fact_id(self) -> str:
        """The fact about the order."""
        return f"order:{self.order_id}"

    def refresh(self, scope: CustomerScope, connectors: Connectors) -> tuple[Fact, ...]:
        """The order, and the products and ways of paying that are named, as they are now."""
        found = (_fact_now(fact_id, scope, connectors) for fact_id in self.fact_ids)
        return tuple(fact for fact in found if fact)

    def proof(self, made: Made | None, **asked: str) -> str | None:
        """The id of what was made of this order, as `proof_of` promises it."""
        return self.proof_of(made, self.order_id, **asked)


def way_back(
    order_id: str, to: str, scope: CustomerScope, connectors: Connectors
) -> dict[str, str]:
    """Where a system of record should show that money went: to what was named, else to where the
    order was paid from, if that is kept."""
    order = connectors.orders.order(scope, order_id) if not to else None
    where = order.payment_method_id if order else to
    return {"to": where} if where else {}


def payment_ids(*method_ids: str) -> tuple[str, ...]:
    """The facts about these ways of paying; none for one that is left open."""
    return tuple(f"payment:{one}" for one in method_ids if one)


def _fact_now(fact_id: str, scope: CustomerScope, connectors: Connectors) -> Fact | None:
    kind, _, key = fact_id.partition(":")
    match kind:
        case "order":
            order = connectors.orders.order(scope, key)
            return order_fact(order, connectors.clock) if order else None
        case "payment":
            methods = connectors.customers.customer(scope).payment_methods
            return next((payment_fact(one) for one in methods if one.id == key), None)
        case _:  # product
            variants = connectors.products.variants(key)
            return product_fact(variants) if variants else None
