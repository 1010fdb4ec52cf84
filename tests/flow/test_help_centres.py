"""From a help centre to what a customer is told: mirrored, indexed, found, and gone again."""

import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from deskhand import wiring
from deskhand.adapters.memory.knowledge import MemoryKnowledge
from deskhand.adapters.memory.vectors import MemoryVectorShelf
from deskhand.errors import Unavailable
from scripts.local_stack.handlers import load_handler
from tests.builders import ROOT, StoppedClock, a_policy
from tests.help_centres.centres import GuideStand, a_guide
from tests.help_centres.guide import AGENT, TOKEN
from tests.knowledge import EMBEDDER, found
from tests.wired import wired_by


class House:
    """The functions that mirror and index, with what they stand on."""

    def __init__(self, guide: GuideStand) -> None:
        self.guide = guide
        self.knowledge = MemoryKnowledge()
        self.clock = StoppedClock()
        self.asked_for = 0
        wiring.replace(
            {
                "knowledge": self.knowledge,
                "embedder": EMBEDDER,
                "vector_shelf": MemoryVectorShelf(),
                "policy": a_policy(),
                "reindexing": self,
                "clock": self.clock,
            }
        )

    def request(self) -> None:
        self.asked_for += 1

    def mirror(self) -> None:
        load_handler(ROOT / "functions" / "mirror").handler({}, None)

    def reindex(self) -> Any:
        return load_handler(ROOT / "functions" / "reindex").handler({}, None)

    def found(self, query: str) -> list[str]:
        return found(self.knowledge, query)


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    with a_guide() as guide:
        settings = {
            "DESKHAND_KNOWLEDGE_BUCKET": "knowledge",
            "DESKHAND_HELP_CENTRES": "zendesk",
            "DESKHAND_ZENDESK_URL": guide.server.address,
            "DESKHAND_ZENDESK_SECRET": "zendesk",
        }
        with wired_by(monkeypatch, settings), mock_aws():
            boto3.client("s3").create_bucket(Bucket="knowledge")
            boto3.client("secretsmanager").create_secret(
                Name="zendesk", SecretString=json.dumps({"agent": AGENT, "api_token": TOKEN})
            )
            yield House(guide)


def test_a_page_of_the_help_centre_is_found_until_it_is_there_no_more(house: House) -> None:
    parcels = house.guide.write("Parcels", "<p>Parcels travel two days.</p>")
    secret = house.guide.write("Parcels inside", "<p>Parcels that are lost cost us much.</p>")
    house.guide.restrict(secret)
    wiring.article_shelf().put("care", "# Care\n\nWash cold.\n")

    house.mirror()
    house.reindex()

    assert house.asked_for == 1
    assert house.found("parcels travel") == [parcels, "care"]  # and never what is internal

    house.guide.archive(parcels)
    house.clock.pass_by(days=1)
    house.mirror()
    house.reindex()

    assert house.asked_for == 2
    assert house.found("parcels travel") == ["care"]


def test_while_the_help_centre_is_away_all_that_it_said_is_found(house: House) -> None:
    parcels = house.guide.write("Parcels", "<p>Parcels travel two days.</p>")
    house.mirror()
    house.reindex()

    house.clock.pass_by(days=1)
    house.guide.server.go_wrong("broken")
    with pytest.raises(Unavailable):
        house.mirror()
    done = house.reindex()

    assert (done["embedded"], done["removed"]) == (0, 0)
    assert house.found("parcels travel") == [parcels]
