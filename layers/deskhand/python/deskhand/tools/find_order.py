"""Finds the orders that a message speaks of, among the customer's own."""

from collections.abc import Callable
from datetime import datetime

from deskhand.domain.classification import Classification
from deskhand.domain.evidence import Fact
from deskhand.domain.noun import Noun
from deskhand.domain.records import CustomerScope, Order, OrderStatus
from deskhand.ports import Clock, Connectors
from deskhand.tools.facts.order import in_a_choice, order_fact, part_fact
from deskhand.tools.tool import Found
from deskhand.tools.which_order import (
    by_product,
    by_reference,
    named_part,
    speaks_of_all,
    speaks_of_newest,
    speaks_of_other,
    speaks_of_several,
)

Orders = tuple[Order, ...]
Tells = Callable[[Order, Clock], Fact]
"""What is told of an order."""

_RECENT_DAYS = 45
_MOST_AT_ONCE = 5


class Meant(Noun):
    """Which orders a message speaks of, what of it is not there, or what to choose from."""

    orders: Orders = ()
    missing: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()


class FindOrder:
    """Looks an order up by its number, else by what was bought, else by what is likely meant: the
    only one in a preferred status, the only recent one.

    Somebody else's number looks exactly like one that does not exist.
    """

    def __init__(
        self, name: str, *, prefers: tuple[OrderStatus, ...] = (), tells: Tells = order_fact
    ) -> None:
        self.name = name
        self._prefers = prefers
        self._tells = tells

    def look_up(
        self, scope: CustomerScope, connectors: Connectors, reading: Classification, text: str
    ) -> Found:
        """The facts about the orders that are meant, what is not there, or what to choose from.
        Where one order is meant and the message is about a part of it, also the fact of that."""
        meant = self.meant(scope, connectors, reading, text)
        facts = [self._tells(order, connectors.clock) for order in meant.orders]
        if len(meant.orders) == 1 and not speaks_of_all(text):
            (order,) = meant.orders
            if part := named_part(text, order) or named_part(reading.question, order):
                facts.append(part_fact(order, part))
        return Found(facts=tuple(facts), missing=meant.missing, choices=meant.choices)

    def meant(
        self, scope: CustomerScope, connectors: Connectors, reading: Classification, text: str
    ) -> Meant:
        """The orders that are meant, what is not there, or what to choose from."""
        return self._find(connectors.orders.orders(scope), connectors.clock, reading, text)

    def _find(self, own: Orders, clock: Clock, reading: Classification, text: str) -> Meant:
        references = reading.entities.references
        named = {reference: by_reference(reference, own) for reference in references}
        known = tuple({order.id: order for orders in named.values() for order in orders}.values())
        if known and speaks_of_other(text):
            return self._unnamed(tuple(o for o in own if o not in known), clock, text)
        if references:
            strange = tuple(
                f"an order {ref} in your account" for ref in references if not named[ref]
            )
            return Meant(orders=known, missing=strange)
        for words in (text, reading.question):
            if groups := by_product(words, own):
                return self._by_product(groups, clock, words)
        return self._unnamed(own, clock, text)

    def _by_product(self, groups: tuple[Orders, ...], clock: Clock, text: str) -> Meant:
        meant = [self._likely(group, clock(), text) for group in groups]
        clear = {orders[0].id: orders[0] for orders in meant if len(orders) == 1}
        return Meant(
            orders=tuple(clear.values()),
            choices=tuple(in_a_choice(o) for orders in meant if len(orders) > 1 for o in orders),
        )

    def _unnamed(self, own: Orders, clock: Clock, text: str) -> Meant:
        likely = self._likely(own, clock(), text)
        if len(likely) == 1 or speaks_of_several(text):
            return Meant(orders=likely[:_MOST_AT_ONCE])
        if likely:
            return Meant(choices=tuple(in_a_choice(order) for order in likely[:_MOST_AT_ONCE]))
        return Meant(missing=("an order in your account",))

    def _likely(self, orders: Orders, now: datetime, text: str) -> Orders:
        """The orders that are likely meant, newest first; never none of some."""
        if speaks_of_newest(text):
            return orders[:1]
        preferred = tuple(o for o in orders if o.status in self._prefers) or orders
        return tuple(order for order in preferred if _is_recent(order, now)) or preferred


class FindNamedOrder(FindOrder):
    """Looks up the orders that a message names, and says nothing when it names none."""

    def _unnamed(self, own: Orders, clock: Clock, text: str) -> Meant:
        return Meant()


def _is_recent(order: Order, now: datetime) -> bool:
    return (now - (order.delivered_at or order.placed_at)).days <= _RECENT_DAYS
