"""Changes where a pending order goes, or where the customer lives."""

from abc import ABC
from typing import ClassVar

from pydantic import JsonValue

from deskhand.domain.evidence import Fact, Facts
from deskhand.domain.records import CustomerScope
from deskhand.ports import Connectors
from tests.exam.tau_retail.tools.facts import PROFILE, profile_fact, shop_of
from tests.exam.tau_retail.tools.shop_action import OrderAction, ShopAction


class WithAddress(ShopAction, ABC):
    """A write that needs a whole address."""

    address1: str
    address2: str
    city: str
    state: str
    country: str
    zip: str

    @property
    def address(self) -> dict[str, str]:
        """The address as the shop keeps it."""
        return self.model_dump(include=set(WithAddress.model_fields))

    @property
    def address_in_words(self) -> str:
        """All of it in one line."""
        return ", ".join(part for part in self.address.values() if part)


class ModifyPendingOrderAddress(WithAddress, OrderAction):
    """Send a pending order to another address."""

    tool_name: ClassVar[str] = "modify_pending_order_address"

    def in_words(self, facts: Facts) -> str:
        """The change as the customer is asked about it."""
        return f"sending order {self.order_id} to {self.address_in_words}"

    def context(self, facts: Facts) -> dict[str, JsonValue]:
        """Nothing: any address will do."""
        return {}

    def perform(self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str) -> str:
        """Has the shop send it there."""
        return shop_of(connectors).send_to(
            scope, self.order_id, self.address, idempotency_key=idempotency_key
        )


class ModifyUserAddress(WithAddress):
    """Change the customer's default address."""

    tool_name: ClassVar[str] = "modify_user_address"
    resource_kind: ClassVar[str] = "Profile"

    user_id: str

    @property
    def fact_id(self) -> str:
        """The customer's own profile, whoever is named."""
        return PROFILE

    def in_words(self, facts: Facts) -> str:
        """The change as the customer is asked about it."""
        return f"changing the address of {self.user_id} to {self.address_in_words}"

    def context(self, facts: Facts) -> dict[str, JsonValue]:
        """Whose."""
        return {"user_id": self.user_id}

    def refresh(self, scope: CustomerScope, connectors: Connectors) -> tuple[Fact, ...]:
        """The profile as it is now."""
        return (profile_fact(scope, shop_of(connectors)),)

    def perform(self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str) -> str:
        """Has the shop write it down, for who is asking and nobody else."""
        return shop_of(connectors).move(scope, self.address, idempotency_key=idempotency_key)
