"""What a product is sold as, what each of that costs, and whether it can be had."""

from collections.abc import Sequence

from deskhand.domain.evidence import Fact
from deskhand.domain.money import Money
from deskhand.domain.noun import Noun
from deskhand.domain.services import Variant


class Choice(Noun):
    """One variant as a product's fact has it. How many there are is the shop's own business."""

    variant_id: str
    options: str
    price_cents: int
    currency: str
    in_stock: bool


def product_fact(variants: Sequence[Variant]) -> Fact:
    """What the catalogue says about one product, by all of its variants."""
    first = variants[0]
    return Fact(
        id=f"product:{first.product_id}",
        kind="product",
        key=first.product_id,
        source="products",
        words=tuple(_words(variant) for variant in variants),
        attributes={
            "product_id": first.product_id,
            "product": first.product,
            "variants": [_choice(variant).model_dump() for variant in variants],
        },
    )


def choice_of(product: Fact, variant_id: str, *, currency: str) -> Choice | None:
    """The variant of that product, if it is sold in that currency."""
    rows = product.attributes["variants"]
    choices = [Choice.model_validate(row) for row in rows] if isinstance(rows, list) else []
    fitting = (one for one in choices if (one.variant_id, one.currency) == (variant_id, currency))
    return next(fitting, None)


def choice_in_words(product: Fact, variant_id: str, *, currency: str) -> str:
    """The variant as a customer knows it; one that the product does not have, by its number."""
    choice = choice_of(product, variant_id, currency=currency)
    options = choice.options if choice else f"variant {variant_id}"
    return ", ".join(part for part in (str(product.attributes["product"]), options) if part)


def _choice(variant: Variant) -> Choice:
    return Choice(
        variant_id=variant.id,
        options=variant.options,
        price_cents=variant.price.amount_cents,
        currency=variant.price.currency,
        in_stock=variant.stock > 0,
    )


def _words(variant: Variant) -> str:
    named = ", ".join(part for part in (variant.product, variant.options) if part)
    price = Money(amount_cents=variant.price.amount_cents, currency=variant.price.currency).words
    return f"{named}: {price}, {'in stock' if variant.stock else 'sold out'}."
