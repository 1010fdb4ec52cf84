"""Orders and their customers as facts: plain sentences, each true on its own and fit to be said."""

from datetime import date, datetime
from typing import assert_never

from pydantic import JsonValue

from deskhand.domain.evidence import Fact, Facts
from deskhand.domain.money import Money
from deskhand.domain.records import Customer, Order, OrderLine
from deskhand.ports import Clock
from deskhand.tools.order_lines import line_attributes

NOT_DELIVERED = -1


def order_fact(order: Order, clock: Clock) -> Fact:
    """What the orders' system of record says about one order at this moment."""
    now = clock()
    return Fact(
        id=f"order:{order.id}",
        kind="order",
        key=order.id,
        source="orders",
        words=(*_whereabouts(order, now.date()), *_contents(order), *_money(order)),
        attributes=_order_attributes(order, now),
    )


def part_fact(order: Order, part: tuple[OrderLine, ...]) -> Fact:
    """What of an order a message is about, and what that came to; by its lines where it is whole
    lines."""
    cents = sum(line.quantity * line.unit_price.amount_cents for line in part)
    things = " and ".join(f"{line.quantity} x {line.product}" for line in part)
    price = Money(amount_cents=cents, currency=order.total.currency).words
    lines: dict[str, JsonValue] = {}
    if all(line in order.lines and line.id for line in part):
        lines = {"line_ids": [line.id for line in part]}
    return Fact(
        id=f"part:{order.id}",
        kind="part",
        key=order.id,
        source="orders",
        words=(f"{things} of order {order.id} came to {price}.",),
        attributes=lines
        | {"order_id": order.id, "refundable_cents": min(cents, order.refundable_cents)},
    )


def customer_fact(customer: Customer) -> Fact:
    """What the customers' system of record says about who is asking. Standing and rank are for us:
    they are neither in the words nor in the attributes."""
    return Fact(
        id=f"customer:{customer.id}",
        kind="customer",
        key=customer.id,
        source="customers",
        words=(
            f"Your account is in the name of {customer.name}.",
            f"Your account is registered with the e-mail address {customer.email}.",
        ),
        attributes={"name": customer.name, "email": customer.email, "country": customer.country},
    )


def changed(facts: Facts, fact_id: str, **attributes: JsonValue) -> Facts:
    """The facts with other attributes of one of them, as they will be once something is done."""
    fact = facts[fact_id]
    after = fact.model_copy(update={"attributes": {**fact.attributes, **attributes}})
    return {**facts, fact_id: after}


def whole(fact: Fact, name: str) -> int:
    """A number among a fact's attributes. `KeyError` and `TypeError`: there is none."""
    value = fact.attributes[name]
    if not isinstance(value, int):
        raise TypeError(f"{fact.id} has no number as its {name}")
    return value


def in_a_choice(order: Order) -> str:
    """How an order is named where the customer has to choose from several."""
    products = ", ".join(line.product for line in order.lines)
    return f"order {order.id} of {day(order.placed_at.date())} ({products})"


def day(date_: date) -> str:
    """A date as a customer reads it: `3 November 2026`."""
    return f"{date_.day} {date_:%B %Y}"


def _order_attributes(order: Order, now: datetime) -> dict[str, JsonValue]:
    delivered = order.delivered_at
    return {
        "order_id": order.id,
        "status": order.status,
        "total_cents": order.total.amount_cents,
        "refundable_cents": order.refundable_cents,
        "refunded_cents": order.refunded_cents,
        "sent_again_cents": order.sent_again_cents,
        "currency": order.total.currency,
        "age_days": (now - order.placed_at).days,
        "delivered_days": (now - delivered).days if delivered else NOT_DELIVERED,
        "ship_to_country": order.ship_to_country,
        "ship_to": order.ship_to.words if order.ship_to else "",
        "payment_method": order.payment_method_id,
        "changed": order.changed,
        "line_ids": [line.id for line in order.lines if line.id],
        "lines": line_attributes(order),
    }


def _whereabouts(order: Order, today: date) -> tuple[str, ...]:
    placed = f"Order {order.id} was placed on {day(order.placed_at.date())}."
    arrived = order.delivered_at
    match order.status:
        case "placed":
            return (f"Order {order.id} is paid and waits to be packed.", placed, *_expected(order))
        case "packed":
            words = f"Order {order.id} is packed and has not left us yet."
            return (words, placed, *_expected(order))
        case "shipped":
            with_whom = f" with {order.carrier}" if order.carrier else ""
            words = f"Order {order.id} is on its way{with_whom}."
            return (words, *_tracking(order), *_arrival(order, today), placed)
        case "delivered" if arrived:
            by_whom = f" by {order.carrier}" if order.carrier else ""
            words = f"Order {order.id} was delivered on {day(arrived.date())}{by_whom}."
            return (words, *_tracking(order), placed)
        case "delivered":
            return (f"Order {order.id} was delivered.", *_tracking(order), placed)
        case "cancelled":
            return (f"Order {order.id} was cancelled.", placed)
        case "return_requested":
            return (f"A return of order {order.id} is open.", placed)
        case "exchange_requested":
            return (f"An exchange of order {order.id} is open.", placed)
        case "returned":
            return (f"Order {order.id} was sent back and has reached us.", placed)
        case _ as never:
            assert_never(never)


def _tracking(order: Order) -> tuple[str, ...]:
    return (f"The tracking number of order {order.id} is {order.tracking}.",) * bool(order.tracking)


def _expected(order: Order) -> tuple[str, ...]:
    if order.expected_on is None:
        return ()
    return (f"Order {order.id} is expected to arrive on {day(order.expected_on)}.",)


def _arrival(order: Order, today: date) -> tuple[str, ...]:
    if order.expected_on is None or order.expected_on >= today:
        return _expected(order)
    expected = day(order.expected_on)
    return (f"Order {order.id} was expected on {expected} and has not been delivered yet.",)


def _contents(order: Order) -> tuple[str, ...]:
    lines = [f"{line.quantity} x {line.product}" for line in order.lines]
    return (f"Order {order.id} contains {' and '.join(lines)}.",)


def _money(order: Order) -> tuple[str, ...]:
    paid = f"Order {order.id} came to {order.total.words}, paid by {order.paid_with}."
    back = Money(amount_cents=order.refunded_cents, currency=order.total.currency).words
    if order.refunded_cents:
        return (paid, f"{back} of order {order.id} has been refunded.")
    if order.status in ("delivered", "returned"):
        return (paid, f"Nothing of order {order.id} has been refunded so far.")
    return (paid,)
