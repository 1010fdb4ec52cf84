"""Help centres are mirrored where they are named, and what is missing is told."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from deskhand import wiring
from deskhand.adapters.help_centres.intercom_articles import IntercomArticles
from deskhand.adapters.help_centres.zendesk_guide import ZendeskGuide
from deskhand.adapters.memory.articles import MemoryArticles
from deskhand.adapters.memory.help_centre import MemoryHelpCentre
from deskhand.adapters.mirrored_articles import MirroredArticles
from deskhand.domain.article import Article
from deskhand.errors import Rejected
from deskhand.wiring.environment import MissingSettingError
from scripts.local_stack.handlers import load_handler
from tests.builders import ROOT, StoppedClock
from tests.help_centres.centres import a_page, an_intercom
from tests.help_centres.intercom import ACCESS_TOKEN
from tests.wired import wired_by

SETTINGS = {
    "DESKHAND_KNOWLEDGE_BUCKET": "knowledge",
    "DESKHAND_HELP_CENTRES": "none",
    "DESKHAND_ZENDESK_URL": "none",
    "DESKHAND_ZENDESK_SECRET": "none",
    "DESKHAND_INTERCOM_URL": "https://api.eu.intercom.io",
    "DESKHAND_INTERCOM_SECRET": "none",
}


@pytest.fixture(autouse=True)
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    with wired_by(monkeypatch, SETTINGS), mock_aws():
        client = boto3.client("s3")
        client.create_bucket(Bucket="knowledge")
        yield client


def test_where_none_is_named_none_is_asked() -> None:
    assert wiring.help_centres() == {}


def test_zendesk_is_mirrored_onto_a_shelf_of_its_own(
    monkeypatch: pytest.MonkeyPatch, bucket: Any
) -> None:
    monkeypatch.setenv("DESKHAND_HELP_CENTRES", "zendesk")
    monkeypatch.setenv("DESKHAND_ZENDESK_URL", "https://shop.zendesk.com")

    [(name, (_, shelf))] = wiring.help_centres().items()
    shelf.keep([a_page("zendesk-1")])

    assert name == "zendesk"
    [lying] = bucket.list_objects_v2(Bucket="knowledge")["Contents"]
    assert lying["Key"] == "mirrored/zendesk/zendesk-1.md"


def test_two_are_mirrored_where_both_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESKHAND_HELP_CENTRES", "zendesk,intercom")
    monkeypatch.setenv("DESKHAND_ZENDESK_URL", "https://shop.zendesk.com")
    monkeypatch.setenv("DESKHAND_INTERCOM_SECRET", "of-intercom")

    found = {name: type(centre) for name, (centre, _) in wiring.help_centres().items()}

    assert found == {"zendesk": ZendeskGuide, "intercom": IntercomArticles}


def test_intercom_s_token_is_the_one_in_its_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    with an_intercom() as stand:
        stand.write("Parcels", "<p>Two days.</p>")
        monkeypatch.setenv("DESKHAND_HELP_CENTRES", "intercom")
        monkeypatch.setenv("DESKHAND_INTERCOM_URL", stand.server.address)
        monkeypatch.setenv("DESKHAND_INTERCOM_SECRET", "of-intercom")
        boto3.client("secretsmanager").create_secret(
            Name="of-intercom", SecretString=json.dumps({"access_token": ACCESS_TOKEN})
        )

        [(centre, _)] = wiring.help_centres().values()
        [part] = centre.changed_since("")

    assert [page.title for page in part.pages] == ["Parcels"]


def test_one_that_nobody_knows_is_told_with_those_that_are_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DESKHAND_HELP_CENTRES", "zendesk,pigeon")
    monkeypatch.setenv("DESKHAND_ZENDESK_URL", "https://shop.zendesk.com")
    with pytest.raises(Rejected, match="'pigeon'; known: none, zendesk, intercom"):
        wiring.help_centres()


@pytest.mark.parametrize(
    ("name", "parameter"), [("zendesk", "ZendeskUrl"), ("intercom", "IntercomSecret")]
)
def test_one_that_is_named_and_not_connected_is_told(
    monkeypatch: pytest.MonkeyPatch, name: str, parameter: str
) -> None:
    monkeypatch.setenv("DESKHAND_HELP_CENTRES", name)
    with pytest.raises(Rejected, match=f"HelpCentres names {name}, and {parameter} none: docs/"):
        wiring.help_centres()


def test_whether_there_are_any_has_to_be_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DESKHAND_HELP_CENTRES")
    with pytest.raises(MissingSettingError, match="DESKHAND_HELP_CENTRES"):
        wiring.help_centres()


def test_what_is_mirrored_is_indexed_beside_what_people_put(bucket: Any) -> None:
    wiring.article_shelf().put("care", "# Care\n\nWash cold.\n")
    lying = b"---\ntitle: Sizes\n---\nCut wide.\n"
    bucket.put_object(Bucket="knowledge", Key="mirrored/zendesk/zendesk-1.md", Body=lying)
    bucket.put_object(Bucket="knowledge", Key="mirrored/zendesk/.mark.json", Body=b"{}")
    wiring.proposals().put("zendesk-2", "# Not yet\n\nText.\n")

    found = [one.id for one in wiring.article_source().articles() if isinstance(one, Article)]

    assert found == ["care", "zendesk-1"]


def test_the_function_says_in_its_log_what_changed(caplog: pytest.LogCaptureFixture) -> None:
    centre = MemoryHelpCentre()
    centre.publish(a_page("zendesk-1"))
    centre.publish(a_page("zendesk-2", html=""))

    class Reindexing:
        def request(self) -> None: ...

    shelf = MirroredArticles(MemoryArticles())
    wiring.replace(
        {
            "help_centres": {"zendesk": (centre, shelf)},
            "reindexing": Reindexing(),
            "clock": StoppedClock(),
        }
    )
    function = load_handler(ROOT / "functions" / "mirror")
    function.logger.setLevel(logging.INFO)

    said = function.handler({}, None)

    assert said == {"help_centres": ["zendesk"]}
    logged = vars(caplog.records[-1])
    assert (logged["message"], logged["source"]) == ("mirrored", "zendesk")
    assert logged["changed"] == ["zendesk-1"]
    assert [one["name"] for one in logged["troubles"]] == ["zendesk-2"]
