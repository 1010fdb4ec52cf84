"""Zendesk is there when its address and its secret are, and says what it lacks when not."""

from collections.abc import Iterator

import boto3
import pytest
from moto import mock_aws

from deskhand import wiring
from deskhand.adapters.helpdesks.zendesk_desk import ZendeskDesk
from deskhand.errors import Rejected
from deskhand.wiring.environment import MissingSettingError
from deskhand.wiring.outside import HELPDESKS, webhook_secret
from tests.wired import wired_by

SECRET = '{"agent": "desk@shop.example", "api_token": "t", "signing_secret": "of zendesk"}'
SETTINGS = {
    "DESKHAND_WEBHOOK_SECRET": "inbox",
    "DESKHAND_ZENDESK_URL": "https://shop.zendesk.com",
    "DESKHAND_ZENDESK_SECRET": "zendesk",
}


@pytest.fixture(autouse=True)
def _connected(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with wired_by(monkeypatch, SETTINGS), mock_aws():
        vault = boto3.client("secretsmanager")
        vault.create_secret(Name="zendesk", SecretString=SECRET)
        vault.create_secret(Name="inbox", SecretString="of the inbox")
        yield


def test_zendesk_is_reached_where_its_address_is_set() -> None:
    desk = wiring.helpdesk("zendesk")
    assert isinstance(desk, ZendeskDesk)
    assert wiring.helpdesk("zendesk") is desk


def test_each_helpdesk_has_a_door_and_a_secret_of_its_own() -> None:
    assert set(wiring.doors()) == set(HELPDESKS)
    assert webhook_secret("zendesk") == "of zendesk"
    assert webhook_secret("inbox") == "of the inbox"


def test_where_there_is_none_nobody_gets_in_or_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESKHAND_ZENDESK_URL", "none")

    assert webhook_secret("zendesk") == ""
    with pytest.raises(Rejected, match="no helpdesk 'zendesk' is connected"):
        wiring.helpdesk("zendesk")


def test_whether_there_is_one_has_to_be_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DESKHAND_ZENDESK_URL")
    with pytest.raises(MissingSettingError, match="DESKHAND_ZENDESK_URL"):
        wiring.helpdesk("zendesk")
