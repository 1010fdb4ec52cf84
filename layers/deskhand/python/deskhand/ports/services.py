"""Other systems that tools reach: products, subscriptions, incidents, devices, issues, tickets."""

from datetime import date
from typing import Protocol

from deskhand.domain.records import CustomerScope
from deskhand.domain.services import (
    BugReport,
    Device,
    Incident,
    LogLine,
    PastTicket,
    Plan,
    Subscription,
    Variant,
)
from deskhand.ports.records import Changes


class Products(Protocol):
    """The catalogue; the same for everybody."""

    def variants(self, product_id: str) -> tuple[Variant, ...]:
        """Everything that the product is sold as, cheapest first; empty: no such product."""
        ...

    def named(self, text: str) -> tuple[Variant, ...]:
        """The variants of the products whose names stand in the text."""
        ...


class Subscriptions(Changes, Protocol):
    """The subscriptions' system of record."""

    def subscriptions(self, scope: CustomerScope) -> tuple[Subscription, ...]:
        """All of this customer's, newest first."""
        ...

    def plans(self) -> tuple[Plan, ...]:
        """What can be subscribed to now, cheapest first."""
        ...

    def cancel(self, scope: CustomerScope, subscription_id: str, *, idempotency_key: str) -> str:
        """Ends it at the end of what is paid."""
        ...

    def pause(
        self, scope: CustomerScope, subscription_id: str, *, until: date, idempotency_key: str
    ) -> str:
        """Nothing is sent or charged until then."""
        ...

    def change_plan(
        self, scope: CustomerScope, subscription_id: str, *, plan_id: str, idempotency_key: str
    ) -> str:
        """Another plan from the next renewal on."""
        ...


class Incidents(Protocol):
    """The status page."""

    def current(self) -> tuple[Incident, ...]:
        """What is not resolved, and what was within a day; newest first."""
        ...


class Telemetry(Protocol):
    """What customers' devices report."""

    def devices(self, scope: CustomerScope) -> tuple[Device, ...]:
        """This customer's devices."""
        ...

    def logs(self, scope: CustomerScope, device_id: str, *, limit: int = 20) -> tuple[LogLine, ...]:
        """The latest lines of one of this customer's devices, oldest first; empty: not theirs."""
        ...


class Issues(Changes, Protocol):
    """The engineers' issue tracker."""

    def file_bug(self, scope: CustomerScope, report: BugReport, *, idempotency_key: str) -> str:
        """Files it; gives the issue's key."""
        ...


class Tickets(Changes, Protocol):
    """The customer's tickets, beyond the one that is being answered."""

    def past(self, scope: CustomerScope, *, limit: int = 5) -> tuple[PastTicket, ...]:
        """This customer's tickets, newest first."""
        ...

    def open_follow_up(
        self, scope: CustomerScope, *, subject: str, text: str, due: date, idempotency_key: str
    ) -> str:
        """Opens a ticket for people to come back to on that day; gives its id."""
        ...


class Letters(Protocol):
    """Letters to customers that do not go through the helpdesk."""

    def send(self, to: str, *, subject: str, text: str) -> None:
        """Sends it. Neither the address nor a word of it may reach a log."""
        ...
