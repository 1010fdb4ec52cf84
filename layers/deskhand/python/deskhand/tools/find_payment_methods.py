"""Reads how a customer can pay, and be paid back."""

from deskhand.domain.classification import Classification
from deskhand.domain.records import CustomerScope
from deskhand.ports import Connectors
from deskhand.tools.facts.payment import payment_fact
from deskhand.tools.tool import Found


class FindPaymentMethods:
    """Looks up the ways of paying on the verified customer's account, whatever the message
    says."""

    name = "find_payment_methods"

    def look_up(
        self, scope: CustomerScope, connectors: Connectors, reading: Classification, text: str
    ) -> Found:
        """A fact a way of paying."""
        customer = connectors.customers.customer(scope)
        return Found(facts=tuple(payment_fact(one) for one in customer.payment_methods))
