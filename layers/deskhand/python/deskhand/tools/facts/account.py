"""What the customers' system of record says about an account, in plain sentences."""

from deskhand.domain.evidence import Fact
from deskhand.domain.records import Customer, Order
from deskhand.domain.services import Subscription

ACCOUNT = "account:own"
TIES = "ties:own"
"""No tool takes a customer's id from the model, so what is the customer's own is called so."""
_FINISHED = frozenset({"delivered", "cancelled", "returned"})
_LAST_DIGITS = 2


def account_fact(customer: Customer) -> Fact:
    """The account of whoever is asking, as it may be changed."""
    return Fact(
        id=ACCOUNT,
        kind="account",
        key="own",
        source="customers",
        words=(_activation(customer), _phone(customer), _address(customer)),
        attributes={
            "activated": customer.activated,
            "name": customer.name,
            "phone": customer.phone,
            "address": customer.address.words if customer.address else "",
        },
    )


def ties_fact(orders: tuple[Order, ...], subscriptions: tuple[Subscription, ...]) -> Fact:
    """What still goes on in an account, which stands in the way of deleting it."""
    waiting = [order for order in orders if order.status not in _FINISHED]
    running = [one for one in subscriptions if one.status != "cancelled"]
    return Fact(
        id=TIES,
        kind="ties",
        key="own",
        source="orders and subscriptions",
        words=(
            *(f"Order {order.id} of your account is not finished yet." for order in waiting),
            *(f"Subscription {one.id} of your account still runs." for one in running),
        ),
        attributes={"open_orders": len(waiting), "running_subscriptions": len(running)},
    )


def _activation(customer: Customer) -> str:
    if customer.activated:
        return "Your account is active."
    return "Your account has not been activated yet."


def _phone(customer: Customer) -> str:
    digits = [mark for mark in customer.phone if mark.isdigit()]
    if not digits:
        return "Your account has no phone number."
    return f"The phone number of your account ends in {''.join(digits[-_LAST_DIGITS:])}."


def _address(customer: Customer) -> str:
    if customer.address is None:
        return "Your account has no address."
    return f"The address of your account is {customer.address.words}."
