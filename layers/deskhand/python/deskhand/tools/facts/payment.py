"""A customer's ways of paying, and where money may go back to."""

from typing import Literal

from deskhand.domain.evidence import Fact, Facts
from deskhand.domain.records import PaymentMethod
from deskhand.tools.facts.order import changed

NO_BALANCE = -1

Destination = Literal["original", "gift_card", "elsewhere"]


def payment_fact(method: PaymentMethod) -> Fact:
    """What the customers' system of record says about one way of paying."""
    named = method.words[:1].upper() + method.words[1:]
    balance = method.balance_cents
    left = () if balance is None else (f"There is {balance / 100:.2f} left on {method.words}.",)
    return Fact(
        id=f"payment:{method.id}",
        kind="payment",
        key=method.id,
        source="customers",
        words=(f"{named} is kept in your account as a way of paying.", *left),
        attributes={
            "payment_method_id": method.id,
            "kind": method.kind,
            "words": method.words,
            "balance_cents": NO_BALANCE if balance is None else balance,
        },
    )


def payment_in_words(facts: Facts, method_id: str) -> str:
    """A way of paying as the customer knows it."""
    return str(facts[f"payment:{method_id}"].attributes["words"])


def destination(facts: Facts, order: Fact, method_id: str) -> Destination:
    """What kind of place money would go back to; without a name, to where it was paid from."""
    if method_id in ("", order.attributes.get("payment_method")):
        return "original"
    kind = facts[f"payment:{method_id}"].attributes["kind"]
    return "gift_card" if kind == "gift_card" else "elsewhere"


def with_balance(facts: Facts, method_id: str, *, plus_cents: int) -> Facts:
    """The facts once a gift card has so much more on it; other ways of paying keep no balance."""
    fact = facts.get(f"payment:{method_id}")
    balance = fact.attributes["balance_cents"] if fact else NO_BALANCE
    if fact is None or not isinstance(balance, int) or balance == NO_BALANCE:
        return facts
    return changed(facts, fact.id, balance_cents=balance + plus_cents)
