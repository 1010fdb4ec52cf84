"""Finds what products are sold as: those that a message names, or those of an order."""

from collections.abc import Iterable

from deskhand.domain.classification import Classification
from deskhand.domain.evidence import Fact
from deskhand.domain.records import CustomerScope
from deskhand.domain.services import Variant
from deskhand.ports import Connectors, NotConnected, Products
from deskhand.tools.facts.product import product_fact
from deskhand.tools.find_order import FindOrder
from deskhand.tools.tool import Counter, Found, OpenLookup

_MOST_AT_ONCE = 5


class FindProduct(OpenLookup):
    """Looks up the products whose names stand in a message, with sizes, prices and whether they
    are in stock."""

    name = "find_product"

    def is_open(self, counter: Counter) -> bool:
        """Whether there is a catalogue."""
        return not isinstance(counter.products, NotConnected)

    def look_up_openly(self, counter: Counter, reading: Classification, text: str) -> Found:
        """A fact a product; nothing where none is named."""
        products = counter.products
        variants = products.named(text) or products.named(reading.question)
        named = dict.fromkeys(variant.product_id for variant in variants)
        return Found(facts=_facts(products, named))


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
        return Found(facts=_facts(connectors.products, dict.fromkeys(one for one in bought if one)))


def _facts(products: Products, product_ids: Iterable[str]) -> tuple[Fact, ...]:
    found: list[tuple[Variant, ...]] = [
        products.variants(one) for one in list(product_ids)[:_MOST_AT_ONCE]
    ]
    return tuple(product_fact(variants) for variants in found if variants)
