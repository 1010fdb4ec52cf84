"""Sends the link for a new password."""

from typing import ClassVar

from deskhand.domain.evidence import Facts
from deskhand.domain.records import CustomerScope
from deskhand.ports import Connectors
from deskhand.tools.account_action import AccountAction


class RecoverPassword(AccountAction):
    """Send the customer the link for a new password, always to the e-mail address on file and
    never to another one. The customer has to be verified: whose account it is comes from that,
    not from what the message says."""

    tool_name: ClassVar[str] = "recover_password"
    made_kind: ClassVar[str] = "password_recovery"
    telling: ClassVar[tuple[str, ...]] = (
        *("password", "log in", "login", "sign in", "locked out"),
        *("reset link", "new link", "link for a new", "recovery link"),
    )

    def in_words(self, facts: Facts) -> str:
        """The letter as people are asked about it."""
        return "a letter with the link for a new password to the e-mail address on file"

    def perform(self, scope: CustomerScope, connectors: Connectors, *, idempotency_key: str) -> str:
        """Has the account's system send it."""
        return connectors.customers.recover_password(scope, idempotency_key=idempotency_key)

    def done_in_words(self, facts: Facts, reference: str) -> str:
        """What the customer is told once it was sent."""
        return (
            "The link for a new password has been sent to the e-mail address of your account"
            f" (reference {reference})."
        )
