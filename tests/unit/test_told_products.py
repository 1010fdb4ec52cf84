"""Whoever asks for prices or stock is told those, and nobody else is."""

import pytest

from deskhand.adapters.models.told_products import told_of
from deskhand.domain.evidence import Fact

JACKET = Fact(
    id="product:jacket",
    kind="product",
    key="jacket",
    source="products",
    words=(
        "Estuary jacket, size S, green: 119.00 EUR, in stock.",
        "Estuary jacket, size S, blue: 119.00 EUR, sold out.",
        "Estuary jacket, size XL, green: 129.00 EUR, in stock.",
    ),
)


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("what does the estuary jacket in XL cost", [2]),
        ("Is the Estuary jacket in stock in blue?", [1]),
        ("How much is the green Estuary jacket, size S?", [0]),
        ("Is the green jacket still available?", [0, 2]),
        ("What's the price of the Estuary jacket?", [0, 1, 2]),
        ("How do I wash the Estuary jacket?", []),
        ("How much rain does the XL jacket take?", []),
    ],
)
def test_what_is_named_is_told_and_all_of_it_where_nothing_is(
    question: str, places: list[int]
) -> None:
    assert told_of(JACKET, question) == tuple(JACKET.words[place] for place in places)


def test_what_is_sold_in_one_way_is_told_so() -> None:
    pen = JACKET.model_copy(update={"words": ("Feather lens pen: 9.90 EUR, in stock.",)})

    assert told_of(pen, "what does the lens pen cost?") == pen.words


def test_a_long_range_is_not_told_to_its_end() -> None:
    many = JACKET.model_copy(update={"words": JACKET.words * 5})

    assert len(told_of(many, "what do the jackets cost?")) == 6
