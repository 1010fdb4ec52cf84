"""Stands where no system of record is connected: it knows who a verified asker is, and nothing of
them."""

from deskhand.domain.records import CustomerScope
from deskhand.domain.ticket import Asker
from deskhand.ports import Connectors, NotConnected


class ByAddress:
    """Knows who a verified asker is by their address alone."""

    def scope(self, asker: Asker) -> CustomerScope | None:
        """The asker's own, if the helpdesk has verified them."""
        return CustomerScope(customer_id=asker.email) if asker.verified else None

    def address_on_file(self, asker: Asker) -> str | None:
        """No address is on file anywhere."""


def nothing_connected() -> Connectors:
    """Connectors that all say that nothing is connected."""
    nothing = NotConnected("customers")
    return Connectors(identity=ByAddress(), customers=nothing)
