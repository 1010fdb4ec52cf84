"""What everything that is done to the customer's own account has in common."""

from abc import ABC
from typing import ClassVar

from deskhand.domain.evidence import Fact
from deskhand.domain.records import CustomerScope
from deskhand.ports import Connectors
from deskhand.tools.facts.account import ACCOUNT, account_fact
from deskhand.tools.proof import ProvenAction


class AccountAction(ProvenAction, ABC):
    """An action on the account of whoever is asking; there is no way to name another one."""

    resource_kind: ClassVar[str] = "Account"

    @property
    def fact_id(self) -> str:
        """The fact about the account."""
        return ACCOUNT

    def refresh(self, scope: CustomerScope, connectors: Connectors) -> tuple[Fact, ...]:
        """The account as it is now."""
        return (account_fact(connectors.customers.customer(scope)),)

    def read_back(
        self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str
    ) -> str | None:
        """The id of what was made with that key, if the account's system shows it. One that has
        details is held against those, too."""
        return self.proven(scope, connectors, idempotency_key)

    def proven(
        self, scope: CustomerScope, connectors: Connectors, idempotency_key: str, **asked: str
    ) -> str | None:
        """The id of what was made with that key, if it is this."""
        made = connectors.customers.made(scope, idempotency_key)
        return self.proof_of(made, scope.customer_id, **asked)
