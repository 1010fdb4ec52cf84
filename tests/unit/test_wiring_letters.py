"""Who posts letters: the system of record itself, else the mail service, else nobody."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from deskhand import wiring
from deskhand.adapters.connectors.sample_shop_letters import SampleShopLetters
from deskhand.adapters.ses_letters import SesLetters
from deskhand.ports import NotConnected
from deskhand.wiring.environment import MissingSettingError
from deskhand.wiring.outside import connectors_with_letters
from tests.wired import wired_by


@pytest.fixture(autouse=True)
def _nothing_connected(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with wired_by(monkeypatch, {"DESKHAND_SYSTEM_OF_RECORD": "none"}):
        yield


def test_where_a_sender_is_set_the_mail_service_posts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESKHAND_LETTERS_FROM", "desk@shop.example")

    assert isinstance(connectors_with_letters().letters, SesLetters)
    assert isinstance(wiring.connectors().letters, NotConnected)


def test_where_none_is_set_nobody_posts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESKHAND_LETTERS_FROM", "none")

    assert isinstance(connectors_with_letters().letters, NotConnected)


def test_whether_letters_are_sent_has_to_be_said() -> None:
    with pytest.raises(MissingSettingError, match="DESKHAND_LETTERS_FROM"):
        connectors_with_letters()


def test_a_shop_that_posts_by_itself_goes_on_doing_so(tmp_path: Path) -> None:
    from deskhand.adapters.connectors.sample_shop import SampleShop

    shop = SampleShop(tmp_path / "shop.sqlite")
    wiring.replace({"connectors": shop.connectors})

    assert isinstance(connectors_with_letters().letters, SampleShopLetters)
    shop.close()
