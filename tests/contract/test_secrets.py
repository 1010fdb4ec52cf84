"""Secrets are read by name, and a rotated one is noticed soon."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from deskhand.adapters.secrets import SecretReader
from deskhand.errors import Rejected
from tests.contract.conftest import REGION


@pytest.fixture
def vault() -> Iterator[Any]:
    with mock_aws():
        client = boto3.client("secretsmanager", region_name=REGION)
        client.create_secret(Name="api-key", SecretString="one")
        yield client


class Seconds:
    """A clock that moves only when it is told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_rotated_secret_is_noticed_once_it_is_no_longer_remembered(vault: Any) -> None:
    seconds = Seconds()
    secrets = SecretReader(vault, remembered_s=60, seconds=seconds)
    assert secrets.text("api-key") == "one"
    vault.put_secret_value(SecretId="api-key", SecretString="two")

    seconds.now = 59.9
    assert secrets.text("api-key") == "one"
    seconds.now = 60.0
    assert secrets.text("api-key") == "two"


def test_a_secret_that_is_not_there_is_named(vault: Any) -> None:
    with pytest.raises(Rejected, match="the secret nonsense said ResourceNotFoundException"):
        SecretReader(vault).text("nonsense")


def test_a_secret_without_text_is_no_secret(vault: Any) -> None:
    vault.create_secret(Name="empty", SecretBinary=b"bytes")

    with pytest.raises(Rejected, match="the secret empty holds no text"):
        SecretReader(vault).text("empty")
