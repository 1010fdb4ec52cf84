"""Reads what of the asker's own account can be changed, and what still goes on in it."""

from deskhand.domain.classification import Classification
from deskhand.domain.evidence import Fact
from deskhand.domain.records import CustomerScope
from deskhand.ports import Connectors, NotConnected
from deskhand.tools.facts.account import account_fact, ties_fact
from deskhand.tools.tool import Found


class FindAccount:
    """Looks up the verified customer's account, whatever the message says."""

    name = "find_account"

    def look_up(
        self, scope: CustomerScope, connectors: Connectors, reading: Classification, text: str
    ) -> Found:
        """The one fact about the account."""
        return Found(facts=(account_fact(connectors.customers.customer(scope)),))


class FindTies:
    """Looks up what still goes on in the verified customer's account."""

    name = "find_ties"

    def look_up(
        self, scope: CustomerScope, connectors: Connectors, reading: Classification, text: str
    ) -> Found:
        """The one fact about it, also where nothing goes on."""
        return Found(facts=(ties_of(scope, connectors),))


def ties_of(scope: CustomerScope, connectors: Connectors) -> Fact:
    """Unfinished orders and running subscriptions. Who has connected no system for either has
    none that we could count; a person looks at every deletion."""
    orders, subscriptions = connectors.orders, connectors.subscriptions
    return ties_fact(
        () if isinstance(orders, NotConnected) else orders.orders(scope),
        () if isinstance(subscriptions, NotConnected) else subscriptions.subscriptions(scope),
    )
