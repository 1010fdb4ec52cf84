"""The lines of an order as its fact has them, picked by their ids."""

from collections.abc import Iterable

from pydantic import JsonValue

from deskhand.domain.evidence import Fact
from deskhand.domain.noun import Noun
from deskhand.domain.records import Order


class Line(Noun):
    """One line of an order, as the entity `Order` of the permission schema has it."""

    line_id: str
    product: str
    product_id: str
    variant_id: str
    quantity: int
    unit_price_cents: int

    @property
    def words(self) -> str:
        """How many of what."""
        return f"{self.quantity} x {self.product}"

    @property
    def cents(self) -> int:
        """What the line came to."""
        return self.quantity * self.unit_price_cents


def line_attributes(order: Order) -> list[JsonValue]:
    """The lines for an order's fact."""
    return [
        Line(
            line_id=line.id,
            product=line.product,
            product_id=line.product_id,
            variant_id=line.variant_id,
            quantity=line.quantity,
            unit_price_cents=line.unit_price.amount_cents,
        ).model_dump()
        for line in order.lines
    ]


def lines_of(order: Fact) -> dict[str, Line]:
    """The lines of an order's fact by their ids; one without an id cannot be picked."""
    rows = order.attributes.get("lines")
    lines = [Line.model_validate(row) for row in rows] if isinstance(rows, list) else []
    return {line.line_id: line for line in lines if line.line_id}


def picked(order: Fact, line_ids: Iterable[str]) -> tuple[Line, ...]:
    """Those of these lines that the order has, each once."""
    lines = lines_of(order)
    return tuple(lines[one] for one in dict.fromkeys(line_ids) if one in lines)


def picked_in_words(order: Fact, line_ids: Iterable[str]) -> str:
    """These lines as a customer knows them; one that the order does not have, by its number."""
    lines = lines_of(order)
    return " and ".join(lines[one].words if one in lines else f"an item {one}" for one in line_ids)
