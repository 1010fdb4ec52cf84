"""Sends the activation letter once more."""

from typing import ClassVar

from deskhand.domain.evidence import Facts
from deskhand.domain.records import CustomerScope
from deskhand.ports import Connectors
from deskhand.tools.account_action import AccountAction


class ResendActivation(AccountAction):
    """Send the letter with the activation link once more, to the e-mail address on file, to a
    customer whose account was never activated."""

    tool_name: ClassVar[str] = "resend_activation"
    made_kind: ClassVar[str] = "activation"
    telling: ClassVar[tuple[str, ...]] = ("activation", "activate", "activated")

    def in_words(self, facts: Facts) -> str:
        """The letter as people are asked about it."""
        return "the activation letter once more to the e-mail address on file"

    def perform(self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str) -> str:
        """Has the account's system send it, on condition that the account is not active."""
        return connectors.customers.resend_activation(scope, idempotency_key=idempotency_key)

    def done_in_words(self, facts: Facts, reference: str) -> str:
        """What the customer is told once it was sent."""
        return (
            "The activation letter has been sent again to the e-mail address of your account"
            f" (reference {reference})."
        )
