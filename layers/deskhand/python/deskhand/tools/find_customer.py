"""Reads the account of whoever is asking."""

from deskhand.domain.classification import Classification
from deskhand.domain.records import CustomerScope
from deskhand.ports import Connectors
from deskhand.tools.facts.order import customer_fact
from deskhand.tools.tool import Found


class FindCustomer:
    """Looks up the verified customer's own record, whatever the message says."""

    name = "find_customer"

    def look_up(
        self, scope: CustomerScope, connectors: Connectors, reading: Classification, text: str
    ) -> Found:
        """The one fact about the account."""
        return Found(facts=(customer_fact(connectors.customers.customer(scope)),))
