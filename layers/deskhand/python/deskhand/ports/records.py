"""Systems of record: who a customer is, and what may be read and changed of theirs.

Every change takes an idempotency key and gives the system's own reference, the same for the same
key. `Rejected`: it was not done and will not be. `Unavailable`: it may or may not have happened,
and `made` tells once the system answers again.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

from deskhand.domain.money import Money
from deskhand.domain.records import Address, Customer, CustomerScope, Made, Order
from deskhand.domain.ticket import Asker


class Changes(Protocol):
    """What every system that can be changed shows of its changes."""

    def made(self, scope: CustomerScope, idempotency_key: str) -> Made | None:
        """The change of this customer's made with that key, or None when there is certainly
        none."""
        ...


class Identity(Protocol):
    """Who a verified asker is; the only maker of a `CustomerScope`."""

    def scope(self, asker: Asker) -> CustomerScope | None:
        """What of whom may be read; None: not verified, or no such customer. Both look the same
        to the asker."""
        ...

    def address_on_file(self, asker: Asker) -> str | None:
        """Where a one-time code for the account that they claim goes; None: there is no such
        account. Never told to the asker."""
        ...


class Customers(Changes, Protocol):
    """The customers' system of record."""

    def customer(self, scope: CustomerScope) -> Customer:
        """The customer's record."""
        ...

    def update(
        self, scope: CustomerScope, changes: Mapping[str, str], *, idempotency_key: str
    ) -> str:
        """Changes fields of the record: `name`, `phone`; an unknown field is `Rejected`."""
        ...

    def move(self, scope: CustomerScope, address: Address, *, idempotency_key: str) -> str:
        """Changes the address on file."""
        ...

    def recover_password(self, scope: CustomerScope, *, idempotency_key: str) -> str:
        """Sends the link for a new password to the address on file."""
        ...

    def resend_activation(self, scope: CustomerScope, *, idempotency_key: str) -> str:
        """Sends the activation letter again; `Rejected`: the account is active already."""
        ...

    def delete(self, scope: CustomerScope, *, idempotency_key: str) -> str:
        """Deletes the account for good; what the law wants kept stays, without a name."""
        ...


class Orders(Changes, Protocol):
    """The orders' system of record; reads are the scope's alone."""

    def order(self, scope: CustomerScope, order_id: str) -> Order | None:
        """This customer's order of that number; None: they have none, whoever else may."""
        ...

    def orders(self, scope: CustomerScope) -> tuple[Order, ...]:
        """All of this customer's orders, newest first."""
        ...

    def cancel(self, scope: CustomerScope, order_id: str, *, idempotency_key: str) -> str:
        """Cancels an order that has not left yet; all of its money goes back. Made: a
        `cancellation`."""
        ...

    def return_lines(
        self,
        scope: CustomerScope,
        order_id: str,
        *,
        line_ids: Sequence[str],
        refund_to: str,
        idempotency_key: str,
    ) -> str:
        """Opens the return of some lines of a delivered order; the money goes to that payment
        method once they are back, else to where it came from. Made: a `return` with `lines`
        (`1,3`) and `to`."""
        ...

    def exchange_lines(
        self,
        scope: CustomerScope,
        order_id: str,
        *,
        swaps: Mapping[str, str],
        pay_with: str,
        idempotency_key: str,
    ) -> str:
        """Opens the exchange of lines of a delivered order: line id → variant id. The difference
        goes by that payment method. Made: an `exchange` with `swaps` (`1:v-7,3:v-9`) and
        `pay_with`."""
        ...

    def reship(
        self, scope: CustomerScope, order_id: str, *, line_ids: Sequence[str], idempotency_key: str
    ) -> str:
        """Sends some lines of an order again, at no cost; gives the new order's id. Made: a
        `reshipment` with `lines`."""
        ...

    def change_address(
        self, scope: CustomerScope, order_id: str, address: Address, *, idempotency_key: str
    ) -> str:
        """Sends an order that has not left yet to another address. Made: a `change_of_address`
        with `address`, in one line."""
        ...

    def change_lines(
        self,
        scope: CustomerScope,
        order_id: str,
        *,
        swaps: Mapping[str, str],
        pay_with: str,
        idempotency_key: str,
    ) -> str:
        """Swaps lines of an order that is not packed yet: line id → variant id; once an order.
        Made: a `change_of_items` with `swaps` and `pay_with`."""
        ...

    def change_payment(
        self, scope: CustomerScope, order_id: str, *, payment_method_id: str, idempotency_key: str
    ) -> str:
        """Pays an order that is not packed yet in another way; the first payment goes back.
        Made: a `change_of_payment` with `payment_method_id`."""
        ...


class Billing(Changes, Protocol):
    """The payments' system of record."""

    def refund(
        self,
        scope: CustomerScope,
        order_id: str,
        *,
        amount_cents: int,
        to: str = "",
        idempotency_key: str,
    ) -> str:
        """Gives money back: to that payment method of the customer's, else to where it came
        from. Made: a `refund` of that money with `to`."""
        ...

    def credit(self, scope: CustomerScope, money: Money, *, why: str, idempotency_key: str) -> str:
        """Puts money on the customer's account with us, for their next order."""
        ...
