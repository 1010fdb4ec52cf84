"""Who buys in the shops of the tests, and how they pay."""

from typing import Any

from deskhand.domain.records import CustomerScope
from deskhand.domain.ticket import Asker
from deskhand.ports import Connectors

ADA = "ada@example.com"


def scope_at(shop: Connectors, email: str = ADA) -> CustomerScope:
    """What of a shop's a customer with that address may see, once it is verified."""
    scope = shop.identity.scope(Asker(email=email, verified=True))
    assert scope is not None
    return scope


def a_card(id_: str, ending: str) -> dict[str, Any]:
    """A card among the ways of paying in a shop's data."""
    return {"id": id_, "kind": "card", "words": f"the card ending in {ending}"}


def a_gift_card(id_: str, ending: str, balance_cents: int) -> dict[str, Any]:
    """A gift card among them, with so much on it."""
    words = f"the gift card ending in {ending}"
    return {"id": id_, "kind": "gift_card", "words": words, "balance_cents": balance_cents}
