"""`deskhand mailbox` shows what lies in the laptop's mailbox, and says when there is none."""

import json
from pathlib import Path

import pytest

import scripts.deskhand_cli.desks
from deskhand.adapters.connectors.sample_shop import SampleShop
from tests.builders import StoppedClock
from tests.memory_house import SHOP
from tests.terminal import Command, a_session, typed

ADA = "ada@example.com"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    file = tmp_path / "shop.sqlite"
    shop = SampleShop.seed(file, SHOP, clock=StoppedClock())
    shop.connectors.letters.send(ADA, subject="Your code", text="It is 314159.")
    shop.close()
    return file


@pytest.fixture
def deskhand(
    shop: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Runs a command while a desk with that shop is up."""
    up = a_session(shop=str(shop))
    monkeypatch.setattr(scripts.deskhand_cli.desks, "running_session", lambda: up)
    monkeypatch.setenv("COLUMNS", "200")
    return typed(monkeypatch, capsys)


def test_the_letters_to_an_address_are_read(deskhand: Command) -> None:
    code, out, _ = deskhand("mailbox", ADA)

    assert code == 0
    assert "2026-11-21 12:00  Your code" in out
    assert "It is 314159." in out


def test_machines_get_them_as_json(deskhand: Command) -> None:
    _, out, _ = deskhand("mailbox", ADA, "--json")

    (letter,) = json.loads(out)
    assert (letter["to"], letter["text"]) == (ADA, "It is 314159.")


def test_an_empty_mailbox_is_said_to_be_empty(deskhand: Command) -> None:
    code, out, _ = deskhand("mailbox", "nobody@example.com")

    assert (code, out.strip()) == (0, "Nothing was posted to nobody@example.com.")


def test_what_is_no_address_has_no_mailbox(deskhand: Command) -> None:
    code, _, err = deskhand("mailbox", "ada")

    assert code == 2
    assert "'ada' is no e-mail address" in err


def test_a_desk_without_the_sample_shop_has_no_mailbox(deskhand: Command, shop: Path) -> None:
    shop.unlink()
    code, _, err = deskhand("mailbox", ADA)

    assert code == 2
    assert "no sample shop" in err
