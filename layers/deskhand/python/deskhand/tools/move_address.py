"""Changes the address of an account."""

from typing import ClassVar

from pydantic import Field, JsonValue

from deskhand.domain.evidence import Facts
from deskhand.domain.records import CustomerScope
from deskhand.ports import Connectors
from deskhand.tools.account_action import AccountAction
from deskhand.tools.facts.account import ACCOUNT
from deskhand.tools.facts.order import changed
from deskhand.tools.plain import PlainAddress


class MoveAddress(AccountAction):
    """Change the address on the customer's own account, for what they order from then on. Orders
    that are under way keep theirs."""

    tool_name: ClassVar[str] = "move_address"
    made_kind: ClassVar[str] = "move"
    telling: ClassVar[tuple[str, ...]] = ("address", "moved", "moving")

    address: PlainAddress = Field(description="The whole new address, as the customer writes it.")

    def in_words(self, facts: Facts) -> str:
        """The move as people are asked about it, with the whole address."""
        return f'a change of the address on the account to "{self.address.words}"'

    def context(self, facts: Facts) -> dict[str, JsonValue]:
        """Whether it is the address on file already, and in which country it is."""
        same = self.thing(facts).attributes["address"] == self.address.words
        return {"same": same, "country": self.address.country}

    def after(self, facts: Facts) -> Facts:
        """The account has this address."""
        return changed(facts, ACCOUNT, address=self.address.words)

    def perform(self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str) -> str:
        """Has the account's system change it."""
        return connectors.customers.move(scope, self.address, idempotency_key=idempotency_key)

    def read_back(
        self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str
    ) -> str | None:
        """The change's id, if the account's system shows one to exactly this address."""
        return self.proven(scope, connectors, idempotency_key, address=self.address.words)

    def done_in_words(self, facts: Facts, reference: str) -> str:
        """What the customer is told once the record shows it."""
        return f"The address of your account has been changed (reference {reference})."
