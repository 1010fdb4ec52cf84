"""The helpdesks and the systems of record."""

from dataclasses import replace
from typing import TYPE_CHECKING

from deskhand.errors import Rejected
from deskhand.wiring.environment import client, port, setting
from deskhand.wiring.policies import clock
from deskhand.wiring.state import secret, table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from deskhand.adapters.helpdesks.zendesk_account import ZendeskAccount
    from deskhand.ports import BuiltInDesk, Connectors, Door, Files, FileShelf, Helpdesk


@port
def built_in_desk() -> "BuiltInDesk":
    """The helpdesk of those who have none."""
    from deskhand.adapters.dynamodb.desk import DynamoDesk

    return DynamoDesk(table(), clock())


@port
def zendesk() -> "Helpdesk":
    """Zendesk, where its address is set."""
    from deskhand.adapters.helpdesks.zendesk_api import ZendeskApi
    from deskhand.adapters.helpdesks.zendesk_desk import ZendeskDesk

    address = setting("DESKHAND_ZENDESK_URL")
    if address == "none":
        raise Rejected("no helpdesk 'zendesk' is connected: docs/zendesk.md says how it is done")
    return ZendeskDesk(ZendeskApi(address, zendesk_account))


def zendesk_account() -> "ZendeskAccount":
    """What the secret of Zendesk holds, as it is now."""
    from deskhand.adapters.helpdesks.zendesk_account import read_account

    return read_account(secret("DESKHAND_ZENDESK_SECRET"))


HELPDESKS: dict[str, "Callable[[], Helpdesk]"] = {
    "inbox": built_in_desk,
    "zendesk": zendesk,
}
"""Every helpdesk that we can speak with; the suites of the tests run over these."""


def helpdesk(name: str) -> "Helpdesk":
    """The helpdesk of that name."""
    if name not in HELPDESKS:
        raise Rejected(f"no helpdesk {name!r} is connected; known: {', '.join(HELPDESKS)}")
    return HELPDESKS[name]()


@port
def file_shelf() -> "FileShelf":
    """The files of the built-in helpdesk."""
    from deskhand.adapters.kept_files import S3Files

    return S3Files(client("s3"), setting("DESKHAND_KNOWLEDGE_BUCKET"))


def zendesk_files() -> "Files":
    """What customers attach to tickets in Zendesk; made anew for each turn, whose time it minds."""
    from deskhand.adapters.helpdesks.zendesk_api import ZendeskApi
    from deskhand.adapters.helpdesks.zendesk_files import ZendeskFiles

    return ZendeskFiles(ZendeskApi(setting("DESKHAND_ZENDESK_URL"), zendesk_account))


FILES: dict[str, "Callable[[], Files]"] = {"inbox": file_shelf, "zendesk": zendesk_files}


def files(name: str) -> "Files | None":
    """What opens the files of the helpdesk of that name for whoever writes; None where whoever
    writes reads none."""
    return None if setting("DESKHAND_LANGUAGE_MODEL") == "offline" else FILES[name]()


@port
def doors() -> "Mapping[str, Door]":
    """What reads the webhooks of each helpdesk, by its name in the address."""
    from deskhand.adapters.helpdesks.built_in_door import BuiltInDoor
    from deskhand.adapters.helpdesks.zendesk_door import ZendeskDoor

    return {
        "inbox": BuiltInDoor(),
        "zendesk": ZendeskDoor(),
    }


def webhook_secret(name: str) -> str:
    """The secret with which the helpdesk of that name signs; empty for one not connected."""
    if name != "zendesk":
        return secret("DESKHAND_WEBHOOK_SECRET")
    if setting("DESKHAND_ZENDESK_URL") == "none":
        return ""
    return zendesk_account().signing_secret


@port
def connectors() -> "Connectors":
    """The systems of record."""
    kind, _, where = setting("DESKHAND_SYSTEM_OF_RECORD").partition(":")
    if kind == "sample-shop":
        from deskhand.adapters.connectors.sample_shop import SampleShop
        from deskhand.adapters.tickets_of_customer import with_tickets

        return with_tickets(SampleShop(where, clock=clock()).connectors, built_in_desk())
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
