"""What swapping items of an order for others has in common, before it is sent and after."""

from abc import ABC
from collections.abc import Iterator, Mapping

from pydantic import JsonValue

from deskhand.domain.evidence import Facts
from tests.exam.tau_retail.tools.facts import dollars_in_words
from tests.exam.tau_retail.tools.shop_action import OrderAction, Record


class SwapItems(OrderAction, ABC):
    """A write that puts another item of the same product in the place of each that is named."""

    item_ids: tuple[str, ...]
    new_item_ids: tuple[str, ...]
    payment_method_id: str

    @property
    def swaps(self) -> list[tuple[str, str]]:
        """Each item with what it is swapped for."""
        return list(zip(self.item_ids, self.new_item_ids, strict=False))

    def in_words(self, facts: Facts) -> str:
        """The swap as the customer is asked about it, every item of it and what it costs."""
        what = self.named(facts, self.item_ids)
        difference = self._difference_cents(facts)
        settled = "paid with" if difference > 0 else "refunded to"
        return (
            f"swapping {what} of order {self.order_id}"
            f" for {' and '.join(self.new_item_ids) or 'nothing'}, with"
            f" {dollars_in_words(abs(difference))} {settled} {self.payment_method_id}"
        )

    def context(self, facts: Facts) -> dict[str, JsonValue]:
        """What is swapped for what, and who pays the difference."""
        news = [new for _, new in self._found(facts)]
        difference = self._difference_cents(facts)
        return {
            "goods": {
                **self.goods(facts, self.item_ids),
                "new_count": len(self.new_item_ids),
                "same_product": all(news),
                "available": all(new["available"] for new in news if new),
            },
            "payment": self.payment(facts, self.payment_method_id, to_pay_cents=difference),
        }

    def _found(self, facts: Facts) -> Iterator[tuple[Record, Record | None]]:
        """Each item that is in the order with the new one, None if it is of another product."""
        sold = facts[f"goods:{self.order_id}"].attributes
        for old_id, new_id in self.swaps:
            old, new = self.item(facts, old_id), sold.get(new_id)
            if old and isinstance(new, Mapping) and new["product_id"] == old["product_id"]:
                yield old, dict(new)
            elif old:
                yield old, None

    def _difference_cents(self, facts: Facts) -> int:
        """How much more the new items cost."""
        return sum(
            new["price_cents"] - old["price_cents"] for old, new in self._found(facts) if new
        )
