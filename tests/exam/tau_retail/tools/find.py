"""The shop's lookups: the orders that are named, and the customer's own profile."""

from deskhand.domain.classification import Classification
from deskhand.domain.records import CustomerScope
from deskhand.ports import Connectors
from deskhand.tools.tool import Found
from tests.exam.tau_retail.tools.facts import facts_of_order, profile_fact, shop_of


class FindOrder:
    """Looks up the orders whose numbers are named, with what their products are sold as."""

    name = "find_shop_order"

    def look_up(
        self, scope: CustomerScope, connectors: Connectors, reading: Classification, text: str
    ) -> Found:
        """What the shop says of each; nothing of one that is not this customer's."""
        shop = shop_of(connectors)
        named = (f"#{reference.lstrip('#')}" for reference in reading.entities.references)
        return Found(
            facts=tuple(fact for one in named for fact in facts_of_order(scope, shop, one))
        )


class FindProfile:
    """Looks up the customer's own profile, whatever the message says."""

    name = "find_profile"

    def look_up(
        self, scope: CustomerScope, connectors: Connectors, reading: Classification, text: str
    ) -> Found:
        """The one fact about the profile."""
        return Found(facts=(profile_fact(scope, shop_of(connectors)),))
