"""Finds what products are sold as: those that a message names, or those of an order."""

from collections.abc import Iterable

from deskhand.domain.classification import Classification
from deskhand.domain.evidence import Fact
from deskhand.domain.records import CustomerScope
from deskhand.domain.services import Variant
from deskhand.ports import Connectors
from deskhand.tools.facts.product import product_fact
from deskhand.tools.find_order import FindOrder
from deskhand.tools.tool import Found

_MOST_AT_ONCE = 5


class FindProduct:
    """Looks up the products whose names stand in a message, with sizes, prices and whether they
    are in stock."""

    name = "find_product"

    def look_up(
        self, scope: CustomerScope, connectors: Connectors, reading: Classification, text: str
    ) -> Found:
        """A fact a product; nothing where none is named."""
        products = connectors.products
        variants = products.named(text) or products.named(reading.question)
        named = dict.fromkeys(variant.product_id for variant in variants)
        return Found(facts=_facts(connectors, named))


class FindOrderedProducts:
    """Looks up what the products of the orders that a message speaks of are sold as, for whoever
    wants another size or colour of what they have bought."""

    name = "find_ordered_products"

    def __init__(self) -> None:
        self._orders = FindOrder("find_order")

    def look_up(
        self, scope: CustomerScope, connectors: Connectors, reading: Classification, text: str
    ) -> Found:
        """A fact a product; nothing where it is not clear which order is meant."""
        meant = self._orders.meant(scope, connectors, reading, text)
        bought = (line.product_id for order in meant.orders for line in order.lines)
        return Found(facts=_facts(connectors, dict.fromkeys(one for one in bought if one)))


def _facts(connectors: Connectors, product_ids: Iterable[str]) -> tuple[Fact, ...]:
    found: list[tuple[Variant, ...]] = [
        connectors.products.variants(one) for one in list(product_ids)[:_MOST_AT_ONCE]
    ]
    return tuple(product_fact(variants) for variants in found if variants)
