"""Reads the sample shop's mailboxes: nothing of this machine is really posted."""

from pathlib import Path

from deskhand.adapters.connectors.sample_shop import SampleShop
from deskhand.adapters.connectors.sample_shop_letters import Letter
from deskhand.text.one_time_codes import codes_in
from scripts.deskhand_cli.problems import CommandError, UnreadableError


def letters_to(address: str, *, shop: str) -> tuple[Letter, ...]:
    """The letters to an address, newest last, from the shop in this file."""
    if not shop or not Path(shop).is_file():
        raise UnreadableError("the desk that runs has no sample shop, so there is no mailbox")
    opened = SampleShop(shop)
    try:
        return opened.letters_to(address)
    finally:
        opened.close()


def last_code_to(address: str, *, shop: str) -> str:
    """The one-time code in the newest letter to an address."""
    letters = letters_to(address, shop=shop)
    codes = codes_in(letters[-1].text) if letters else ()
    if not codes:
        raise CommandError(f"no one-time code was posted to {address}")
    return codes[0]
