"""Systems of record and the permission layer."""

from dataclasses import dataclass
from typing import Protocol

from deskhand.domain.permission import Permission, PermissionRequest
from deskhand.domain.records import Customer, CustomerScope, Order, Refund
from deskhand.domain.ticket import Asker
from deskhand.ports.time import Clock, utc_now


class Identity(Protocol):
    """Who a verified asker is; the only maker of a `CustomerScope`."""

    def scope(self, asker: Asker) -> CustomerScope | None:
        """What of whom may be read; None: not verified, or no such customer. Both look the same
        to the asker."""
        ...


class Customers(Protocol):
    """The customers' system of record."""

    def customer(self, scope: CustomerScope) -> Customer:
        """The customer's record."""
        ...


class Orders(Protocol):
    """The orders' system of record; reads are the scope's alone."""

    def order(self, scope: CustomerScope, order_id: str) -> Order | None:
        """This customer's order of that number; None: they have none, whoever else may."""
        ...

    def orders(self, scope: CustomerScope) -> tuple[Order, ...]:
        """All of this customer's orders, newest first."""
        ...

    def cancel(self, scope: CustomerScope, order_id: str, *, idempotency_key: str) -> str:
        """Cancels an order that has not left yet; gives the cancellation's id, the same for the
        same key."""
        ...

    def cancellation(self, scope: CustomerScope, idempotency_key: str) -> str | None:
        """The cancellation's id made with that key, or None when there is certainly none."""
        ...


class Billing(Protocol):
    """The payments' system of record."""

    def refund(
        self, scope: CustomerScope, order_id: str, *, amount_cents: int, idempotency_key: str
    ) -> str:
        """Gives money back to where it came from; gives the refund's id, the same for the same key.
        `Unavailable`: it may or may not have happened."""
        ...

    def refund_made(self, scope: CustomerScope, idempotency_key: str) -> Refund | None:
        """The refund made with that key, or None when there is certainly none."""
        ...


@dataclass(frozen=True)
class Connectors:
    """All systems of record that tools may reach."""

    identity: Identity
    customers: Customers
    orders: Orders
    billing: Billing
    clock: Clock = utc_now
    """By which a fact's ages are counted: days since it was ordered, since it was delivered."""


class Permissions(Protocol):
    """The permission layer: deterministic, default deny."""

    def ask(self, request: PermissionRequest) -> Permission:
        """Whether this may be done as things stand, and otherwise the first of verified,
        confirmed, approved that lifts it.
        A rule that errs denies, with its own code."""
        ...
