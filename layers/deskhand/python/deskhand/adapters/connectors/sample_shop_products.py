"""The sample shop's catalogue."""

import re
import sqlite3
from collections import Counter

from deskhand.adapters.connectors.sample_shop_tables import ShopTables
from deskhand.domain.money import Money
from deskhand.domain.services import Variant
from deskhand.text.words import STOP_WORDS, stem, words

_PROPER = re.compile(r"\b[A-Z]\w+")


class SampleShopProducts:
    """What the sample shop sells; the same for everybody."""

    def __init__(self, tables: ShopTables) -> None:
        self._tables = tables

    def variants(self, product_id: str) -> tuple[Variant, ...]:
        """Everything that the product is sold as, cheapest first."""
        found = self._tables.rows(
            "select * from variants where product_id = ? order by price_cents, rowid", product_id
        )
        return tuple(_variant(row) for row in found)

    def named(self, text: str) -> tuple[Variant, ...]:
        """The variants of the products of whose names the text has all words, two or more, or a
        proper name that no other product has."""
        said, proper = _telling(text), _telling(" ".join(_PROPER.findall(text)))
        products = self._tables.rows(
            "select product_id, product from variants group by product_id order by min(rowid)"
        )
        names = {row["product_id"]: _telling(row["product"]) for row in products}
        common = Counter(word for name in names.values() for word in name)
        named = []
        for row in products:
            name = names[row["product_id"]]
            own = _telling(" ".join(_PROPER.findall(row["product"])))
            alone = any(common[word] == 1 for word in own & proper)
            if name and (name <= said or len(name & said) > 1 or alone):
                named.append(row["product_id"])
        return tuple(variant for one in named for variant in self.variants(one))


def _telling(text: str) -> frozenset[str]:
    return frozenset(
        stem(word)
        for word in words(text)
        if word not in STOP_WORDS and not any(letter.isdigit() for letter in word)
    )


def _variant(row: sqlite3.Row) -> Variant:
    return Variant(
        id=row["id"],
        product_id=row["product_id"],
        product=row["product"],
        options=row["options"],
        price=Money(amount_cents=row["price_cents"], currency=row["currency"]),
        stock=row["stock"],
    )
