"""Deletes an account for good."""

from typing import ClassVar

from pydantic import JsonValue

from deskhand.domain.evidence import Fact, Facts
from deskhand.domain.records import CustomerScope
from deskhand.ports import Connectors
from deskhand.tools.account_action import AccountAction
from deskhand.tools.facts.account import TIES
from deskhand.tools.find_account import ties_of


class DeleteAccount(AccountAction):
    """Delete the customer's own account for good. It cannot be undone, so the customer and a
    person at the desk both have to say yes first."""

    tool_name: ClassVar[str] = "delete_account"
    made_kind: ClassVar[str] = "deletion"
    telling: ClassVar[tuple[str, ...]] = (
        "delete",
        "deleted",
        "deletion",
        "erase",
        "close my account",
    )

    @property
    def fact_ids(self) -> tuple[str, ...]:
        """The account, and what still goes on in it."""
        return (self.fact_id, TIES)

    def in_words(self, facts: Facts) -> str:
        """The deletion as people are asked about it."""
        return "the deletion of the account for good, which cannot be undone"

    def context(self, facts: Facts) -> dict[str, JsonValue]:
        """What still goes on in the account."""
        return dict(facts[TIES].attributes)

    def refresh(self, scope: CustomerScope, connectors: Connectors) -> tuple[Fact, ...]:
        """The account and what goes on in it, as they are now."""
        return (*super().refresh(scope, connectors), ties_of(scope, connectors))

    def perform(self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str) -> str:
        """Has the account's system delete it."""
        return connectors.customers.delete(scope, idempotency_key=idempotency_key)

    def done_in_words(self, facts: Facts, reference: str) -> str:
        """What the customer is told once it is gone."""
        return f"Your account has been deleted (reference {reference})."
