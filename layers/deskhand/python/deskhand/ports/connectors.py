"""All systems of record that tools may reach, joined; what is not connected says so."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NoReturn

from deskhand.errors import Rejected
from deskhand.ports.records import Billing, Customers, Identity, Orders
from deskhand.ports.services import (
    Incidents,
    Issues,
    Letters,
    Products,
    Subscriptions,
    Telemetry,
    Tickets,
)
from deskhand.ports.time import Clock, utc_now


class NotConnected:
    """Stands where no system is connected: whatever it is asked, it says so; nothing is
    guessed."""

    def __init__(self, system: str) -> None:
        self._system = system

    def __getattr__(self, verb: str) -> Callable[..., NoReturn]:
        """Any verb of any port; called, it raises `Rejected`."""
        if verb.startswith("__"):
            raise AttributeError(verb)

        def say_so(*_things: object, **_more: object) -> NoReturn:
            raise Rejected(
                f"no {self._system} system is connected, so {verb} cannot be asked of it"
            )

        return say_so


def _none(system: str) -> Callable[[], Any]:
    return partial(NotConnected, system)


@dataclass(frozen=True)
class Connectors:
    """All systems that lookups and actions may reach. Only who is asking has to be connected."""

    identity: Identity
    customers: Customers
    orders: Orders = field(default_factory=_none("orders"))
    billing: Billing = field(default_factory=_none("billing"))
    products: Products = field(default_factory=_none("products"))
    subscriptions: Subscriptions = field(default_factory=_none("subscriptions"))
    incidents: Incidents = field(default_factory=_none("incidents"))
    telemetry: Telemetry = field(default_factory=_none("telemetry"))
    issues: Issues = field(default_factory=_none("issues"))
    tickets: Tickets = field(default_factory=_none("tickets"))
    letters: Letters = field(default_factory=_none("letters"))
    custom: Mapping[str, Any] = field(default_factory=dict)
    """Systems that only tools of one's own know, by name."""
    clock: Clock = utc_now
    """By which a fact's ages are counted: days since it was ordered, since it was delivered."""
