"""Which of a customer's own orders a message speaks of."""

import re
from collections.abc import Iterable, Sequence

from deskhand.domain.records import Order, OrderLine
from deskhand.text.words import stem, stems, words

_GROUPS = re.compile(r"[A-Z]+|\d+")
_NEWEST = re.compile(
    r"\b(?:last|latest|newest|most recent)\s+"
    r"(?:order|purchase|parcel|package|delivery|thing|item)\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"\b(?:both|all|my|the|these|those)\s+(?:\w+\s+){0,2}orders\b", re.IGNORECASE)
_ONE_OF_SEVERAL_ORDERS = re.compile(
    r"\b(?:one|which|either|none|neither|any) of (?:my|the|these|those)\b", re.IGNORECASE
)
_OTHER = re.compile(r"\bother\s+(?:one|order|parcel|package|delivery|purchase)\b", re.IGNORECASE)
_WHOLE = re.compile(
    r"\b(?:whole|entire|complete|everything|all of (?:it|them|the order)|in full"
    r"|full (?:refund|amount|price|order))\b",
    re.IGNORECASE,
)
_ONE_OF_SEVERAL = re.compile(
    r"\b(?:one of (?:the|them|my|those|these|two|three)|the other(?: one)?|(?:only|just) one)\b",
    re.IGNORECASE,
)
_SHORTEST_NUMBER = 3

# Words that stand in product names and in half of all messages: alone they name no product.
_EVERYDAY = frozenset(
    words(
        """
        a and bag big black blue book bottle box card case colour cover day double edition extra for
        gift green grey guide half home house in kit large light litre long medium metal mini new of
        old on original pack pair part piece plus present red set short size small standard station
        the time to white with year
        """
    )
)


def by_reference(reference: str, orders: Iterable[Order]) -> tuple[Order, ...]:
    """The orders that a number names, by order number or tracking number, however it is written:
    `#ab 1042`, `AB-01042` and `1042` all name order `AB-1042`."""
    given = _spellings(reference)
    orders = tuple(orders)
    exact = [o for o in orders if given & (_spellings(o.id) | _spellings(o.tracking))]
    return tuple(exact or [o for o in orders if _is_number_of(_groups(reference), o)])


def by_product(text: str, orders: Sequence[Order]) -> tuple[tuple[Order, ...], ...]:
    """For each thing that the text names, the orders that could be meant: a group of one is clear,
    a larger group has to be chosen from."""
    said = frozenset(stems(text))
    groups: dict[frozenset[str], list[Order]] = {}
    for order in orders:
        if named := _named(said, order):
            groups.setdefault(named, []).append(order)
    return tuple(
        tuple(group)
        for named, group in groups.items()
        if not any(named < others for others in groups)
    )


def speaks_of_all(text: str) -> bool:
    """Whether the text means all of an order, whatever it names of it."""
    return bool(_WHOLE.search(text))


def named_part(text: str, order: Order) -> tuple[OrderLine, ...]:
    """What of an order the text names, in whole lines or a single piece; empty when that is all of
    it, or nothing."""
    said = frozenset(stems(text))
    named = tuple(line for line in order.lines if _named_of(line, said))
    if len(named) == 1 and _ONE_OF_SEVERAL.search(text):
        named = (named[0].model_copy(update={"quantity": 1}),)
    return () if named == order.lines else named


def speaks_of_newest(text: str) -> bool:
    """Whether the text says `my last order`."""
    return bool(_NEWEST.search(text))


def speaks_of_several(text: str) -> bool:
    """Whether the text means more than one order: `one of my orders` means one."""
    return bool(_SEVERAL.search(_ONE_OF_SEVERAL_ORDERS.sub(" ", text)))


def speaks_of_other(text: str) -> bool:
    """Whether the text says `the other one`."""
    return bool(_OTHER.search(text))


def _spellings(reference: str) -> set[tuple[str, ...]]:
    """The reference in its parts, and without what separates them."""
    joined = "".join(character for character in reference if character.isalnum())
    return {groups for groups in (_groups(reference), _groups(joined)) if groups}


def _groups(reference: str) -> tuple[str, ...]:
    parts = _GROUPS.findall(reference.upper())
    return tuple(part.lstrip("0") or "0" if part.isdigit() else part for part in parts)


def _is_number_of(given: tuple[str, ...], order: Order) -> bool:
    numbers = tuple(part for part in _groups(order.id) if part.isdigit())
    return given == numbers and len("".join(given)) >= _SHORTEST_NUMBER


def _named(said: frozenset[str], order: Order) -> frozenset[str]:
    """The words of the order's products that the text uses, where they are more than chance."""
    return frozenset().union(*(_named_of(line, said) for line in order.lines))


def _named_of(line: OrderLine, said: frozenset[str]) -> frozenset[str]:
    product = [word for word in words(line.product) if not word.isdigit()]
    named = frozenset(stem(word) for word in product) & said
    telling = {stem(word) for word in product if word not in _EVERYDAY} & said
    return named if telling or len(named) > 1 else frozenset()
