"""What `Letters` promises: a letter reaches its mailbox, once, and no word of it an error."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError, ReadTimeoutError
from moto import mock_aws
from moto.sesv2.models import sesv2_backends

from deskhand.adapters.aws import single_try_client
from deskhand.adapters.connectors.sample_shop import SampleShop
from deskhand.adapters.ses_letters import SesLetters
from deskhand.errors import Rejected, Unavailable
from deskhand.ports import Letters

REGION, SENDER, ADA = "us-east-1", "desk@shop.example", "ada@example.com"
EMPTY_SHOP: dict[str, Any] = {"currency": "EUR", "customers": [], "orders": []}


@pytest.fixture(autouse=True)
def _region(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")


class Mailbox:
    """One way to send letters, and what lies in the mailbox afterwards."""

    def __init__(self, letters: Letters, read: Any) -> None:
        self.letters, self.read = letters, read


@pytest.fixture(params=["sample shop", "ses"])
def mailbox(request: pytest.FixtureRequest) -> Iterator[Mailbox]:
    if request.param == "sample shop":
        shop = SampleShop.seed(":memory:", EMPTY_SHOP)
        yield Mailbox(
            shop.connectors.letters,
            lambda: [(one.to, one.subject, one.text) for one in shop.letters_to(ADA)],
        )
        shop.close()
        return
    with mock_aws():
        boto3.client("sesv2", region_name=REGION).create_email_identity(EmailIdentity=SENDER)

        def read() -> list[tuple[str, str, str]]:
            sent = sesv2_backends["123456789012"][REGION].core_backend.sent_messages
            return [(one.destinations["ToAddresses"][0], one.subject, one.body) for one in sent]

        yield Mailbox(SesLetters(single_try_client("sesv2"), SENDER), read)


def test_a_letter_lies_in_the_mailbox_as_it_was_written(mailbox: Mailbox) -> None:
    text = "Your code is 314159.\n\nGr\u00fc\u00dfe, the desk \u2713"
    mailbox.letters.send(ADA, subject="Your code \u2013 now", text=text)

    assert mailbox.read() == [(ADA, "Your code \u2013 now", text)]


def test_what_is_sent_twice_arrives_twice(mailbox: Mailbox) -> None:
    for _ in range(2):
        mailbox.letters.send(ADA, subject="s", text="t")

    assert len(mailbox.read()) == 2


# --- what only the mail service does --------------------------------------------------------------


class Answering:
    """A client of SES that answers every call with this error, and counts."""

    def __init__(self, error: Exception) -> None:
        self.error, self.calls = error, 0

    def send_email(self, **_call: object) -> None:
        self.calls += 1
        raise self.error


def said(code: str, words: str, status: int = 400) -> ClientError:
    response: Any = {
        "Error": {"Code": code, "Message": words},
        "ResponseMetadata": {"HTTPStatusCode": status},
    }
    return ClientError(response, "SendEmail")


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (said("MessageRejected", f"{ADA} is not verified"), Rejected),
        (said("AccountSuspendedException", f"no mail to {ADA}"), Rejected),
        (said("TooManyRequestsException", f"{ADA}: slow down"), Unavailable),
        (said("InternalFailure", f"{ADA}", 500), Unavailable),
        (ReadTimeoutError(endpoint_url=f"https://{ADA}"), Unavailable),
        (ConnectTimeoutError(endpoint_url=f"https://{ADA}"), Unavailable),
    ],
)
def test_a_refusal_names_neither_the_address_nor_the_letter(
    error: Exception, kind: type[Exception]
) -> None:
    client = Answering(error)
    with pytest.raises(kind) as raised:
        SesLetters(client, SENDER).send(ADA, subject="s", text="314159")

    assert ADA not in str(raised.value)
    assert raised.value.__suppress_context__
    assert client.calls == 1


def test_the_client_never_tries_again_by_itself() -> None:
    retries = single_try_client("sesv2").meta.config.retries

    assert retries["total_max_attempts"] == 1
