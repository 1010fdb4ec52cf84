"""The helpdesks and the systems of record."""

from dataclasses import replace
from typing import TYPE_CHECKING

from deskhand.errors import Rejected
from deskhand.wiring.environment import port, setting
from deskhand.wiring.policies import clock
from deskhand.wiring.state import table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deskhand.ports import BuiltInDesk, Connectors, Door, Helpdesk


@port
def built_in_desk() -> "BuiltInDesk":
    """The helpdesk of those who have none."""
    from deskhand.adapters.dynamodb.desk import DynamoDesk

    return DynamoDesk(table(), clock())


def helpdesk(name: str) -> "Helpdesk":
    """The helpdesk of that name."""
    if name == "inbox":
        return built_in_desk()
    raise Rejected(f"no helpdesk {name!r} is connected")


@port
def doors() -> "Mapping[str, Door]":
    """What reads the webhooks of each helpdesk, by its name in the address."""
    from deskhand.adapters.helpdesks.built_in_door import BuiltInDoor

    return {"inbox": BuiltInDoor()}


@port
def connectors() -> "Connectors":
    """The systems of record."""
    kind, _, where = setting("DESKHAND_SYSTEM_OF_RECORD").partition(":")
    if kind == "sample-shop":
        from deskhand.adapters.connectors.sample_shop import SampleShop
        from deskhand.adapters.tickets_of_customer import TicketsOfCustomer

        shop = SampleShop(where, clock=clock()).connectors
        tickets = TicketsOfCustomer(built_in_desk(), shop.customers, clock())
        return replace(shop, tickets=tickets)
    if kind == "none":
        from deskhand.adapters.connectors.none import nothing_connected

        return nothing_connected()
    raise Rejected(f"DESKHAND_SYSTEM_OF_RECORD names {kind!r}; known: none, sample-shop:<file>")


@port
def connectors_with_letters() -> "Connectors":
    """The systems of record for whoever writes to customers; their own letters come first."""
    from deskhand.ports import NotConnected

    found = connectors()
    if not isinstance(found.letters, NotConnected):
        return found
    sender = setting("DESKHAND_LETTERS_FROM")
    if sender == "none":
        return found
    from deskhand.adapters.aws import single_try_client
    from deskhand.adapters.ses_letters import SesLetters

    return replace(found, letters=SesLetters(single_try_client("sesv2"), sender))
