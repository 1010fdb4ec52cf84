"""Where an order's parcel is, and what of its money has gone back, each as a fact of its own."""

from datetime import date

from deskhand.domain.evidence import Fact
from deskhand.domain.money import Money
from deskhand.domain.records import Order
from deskhand.ports import Clock
from deskhand.tools.facts.order import NOT_DELIVERED, day


def shipment_fact(order: Order, clock: Clock) -> Fact:
    """What the orders' system of record says about the way of one order's parcel."""
    now = clock()
    late = _days_late(order, now.date())
    return Fact(
        id=f"shipment:{order.id}",
        kind="shipment",
        key=order.id,
        source="orders",
        words=(*_way(order, late), *_papers(order)),
        attributes={
            "order_id": order.id,
            "status": order.status,
            "carrier": order.carrier,
            "tracking": order.tracking,
            "expected_on": order.expected_on.isoformat() if order.expected_on else "",
            "days_late": late,
            "delivered_days": (
                (now - order.delivered_at).days if order.delivered_at else NOT_DELIVERED
            ),
        },
    )


def refund_fact(order: Order, clock: Clock) -> Fact:
    """What the records say about money that could go back for an order. Whether it may is for the
    rules alone."""
    left = Money(amount_cents=order.refundable_cents, currency=order.total.currency).words
    gone = Money(amount_cents=order.refunded_cents, currency=order.total.currency).words
    arrived = order.delivered_at
    since = (f"Order {order.id} was delivered on {day(arrived.date())}.",) if arrived else ()
    return Fact(
        id=f"refund:{order.id}",
        kind="refund",
        key=order.id,
        source="orders",
        words=(
            f"{gone} of order {order.id} has gone back so far.",
            f"{left} of order {order.id} has not gone back.",
            f"Order {order.id} was paid by {order.paid_with}.",
            *since,
        ),
        attributes={
            "order_id": order.id,
            "status": order.status,
            "refundable_cents": order.refundable_cents,
            "refunded_cents": order.refunded_cents,
            "currency": order.total.currency,
            "payment_method": order.payment_method_id,
            "delivered_days": (clock() - arrived).days if arrived else NOT_DELIVERED,
        },
    )


def _days_late(order: Order, today: date) -> int:
    """How many days it is overdue; 0 for one that is not, or that has arrived."""
    if order.expected_on is None or order.status not in ("placed", "packed", "shipped"):
        return 0
    return max(0, (today - order.expected_on).days)


def _way(order: Order, late: int) -> tuple[str, ...]:
    parcel = f"The parcel of order {order.id}"
    if order.status in ("placed", "packed"):
        return (f"{parcel} has not left us yet.", *_expected(order, late))
    if order.status == "shipped":
        return (f"{parcel} is on its way.", *_expected(order, late))
    if order.delivered_at:
        return (f"{parcel} was delivered on {day(order.delivered_at.date())}.",)
    return (f"There is no parcel of order {order.id} on its way.",)


def _expected(order: Order, late: int) -> tuple[str, ...]:
    if order.expected_on is None:
        return ()
    parcel, expected = f"The parcel of order {order.id}", day(order.expected_on)
    if late:
        days = "1 day" if late == 1 else f"{late} days"
        return (f"{parcel} was expected on {expected} and is {days} late.",)
    return (f"{parcel} is expected on {expected}.",)


def _papers(order: Order) -> tuple[str, ...]:
    words = []
    if order.carrier:
        words.append(f"The carrier of order {order.id} is {order.carrier}.")
    if order.tracking:
        words.append(f"The tracking number of order {order.id} is {order.tracking}.")
    if order.ship_to:
        words.append(f"Order {order.id} goes to {order.ship_to.words}.")
    return tuple(words)
