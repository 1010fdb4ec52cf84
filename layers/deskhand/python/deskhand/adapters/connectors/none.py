"""Stands where no system of record is connected yet: every lookup says so, nothing is guessed."""

from typing import NoReturn

from deskhand.domain.records import Customer, CustomerScope, Order, Refund
from deskhand.domain.ticket import Asker
from deskhand.errors import Rejected
from deskhand.ports import Connectors


class NothingConnected:
    """Knows who a verified asker is by their address, and nothing of them."""

    def scope(self, asker: Asker) -> CustomerScope | None:
        """The asker's own, if the helpdesk has verified them."""
        return CustomerScope(customer_id=asker.email) if asker.verified else None

    def customer(self, scope: CustomerScope) -> Customer:
        """Nobody's record is known."""
        _say_so("customer")

    def order(self, scope: CustomerScope, order_id: str) -> Order | None:
        """No order is known."""
        _say_so("order")

    def orders(self, scope: CustomerScope) -> tuple[Order, ...]:
        """No orders are known."""
        _say_so("order")

    def cancel(self, scope: CustomerScope, order_id: str, *, idempotency_key: str) -> str:
        """Nothing can be cancelled."""
        _say_so("order")

    def cancellation(self, scope: CustomerScope, idempotency_key: str) -> str | None:
        """Nothing was cancelled."""

    def refund(
        self, scope: CustomerScope, order_id: str, *, amount_cents: int, idempotency_key: str
    ) -> str:
        """Nothing can be refunded."""
        _say_so("billing")

    def refund_made(self, scope: CustomerScope, idempotency_key: str) -> Refund | None:
        """Nothing was refunded."""


def nothing_connected() -> Connectors:
    """Connectors that all say that nothing is connected."""
    nothing = NothingConnected()
    return Connectors(identity=nothing, customers=nothing, orders=nothing, billing=nothing)


def _say_so(system: str) -> NoReturn:
    raise Rejected(f"no {system} system is connected (set SystemOfRecord when you deploy)")
