"""Money goes where the customer wants it, or nowhere until that is clear."""

from typing import Any

import pytest

from deskhand.adapters.models.money_back import place_of
from deskhand.domain.evidence import Fact
from tests.builders import an_order_fact


def a_way(id_: str, kind: str, words: str) -> Fact:
    attributes: dict[str, Any] = {"payment_method_id": id_, "kind": kind, "words": words}
    return Fact(
        id=f"payment:{id_}",
        kind="payment",
        key=id_,
        source="customers",
        words=(words,),
        attributes=attributes,
    )


ORDER = an_order_fact(payment_method="card-1")
CARD = a_way("card-1", "card", "the card ending in 6849")
GIFT = a_way("gift-1", "gift_card", "the gift card ending in 7919")
PAYPAL = a_way("pp-1", "paypal", "your PayPal account")
FACTS = (ORDER, CARD, GIFT, PAYPAL)


@pytest.mark.parametrize(
    ("wish", "place"),
    [
        ("Please refund order 1001", ""),
        ("I want the money back to my card", ""),
        ("Refund it to the card ending 6849 please", ""),
        ("I want the money on my account", ""),
        ("please put the money on my gift card", "gift-1"),
        ("have it on my gift card, the one ending 7919, please", "gift-1"),
        ("Please refund it to my PayPal", "pp-1"),
        ("Refund HR-4102 to my wife's card instead", None),
        ("Please refund it to another card", None),
        ("refund it to the card ending 1234", None),
        ("Refund it to my new account", None),
        ("send the money to this IBAN: NL00 0000", None),
    ],
)
def test_where_the_money_is_to_go(wish: str, place: str | None) -> None:
    assert place_of(FACTS, wish) == place


def test_of_two_gift_cards_nobody_guesses_one() -> None:
    second = a_way("gift-2", "gift_card", "the gift card ending in 1177")

    assert place_of((*FACTS, second), "put it on my gift card") is None
    assert place_of((*FACTS, second), "put it on my gift card ending in 1177") == "gift-2"


def test_what_was_paid_by_gift_card_goes_back_to_it() -> None:
    order = an_order_fact(payment_method="gift-1")

    assert place_of((order, GIFT), "refund it to my gift card") == ""
