"""Which store of knowledge stands behind the port, by the setting that names it."""

import subprocess
import sys
from collections.abc import Iterator

import pytest

from deskhand import wiring
from deskhand.adapters.circuit_breaking import BreakingKnowledge
from tests.wired import wired_by

STORES = {
    "embedded": "EmbeddedKnowledge",
    "opensearch:https://search.example": "OpenSearchKnowledge",
    "opensearch:http://127.0.0.1:9200": "OpenSearchKnowledge",
    "opensearch-hybrid:https://search.example": "OpenSearchKnowledge",
    "opensearch-serverless:https://search.example": "OpenSearchKnowledge",
}


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    settings = {"DESKHAND_KNOWLEDGE_BUCKET": "articles", "DESKHAND_KNOWLEDGE_STORE": request.param}
    with wired_by(monkeypatch, settings):
        yield request.param


def test_each_store_is_behind_a_breaker(store: str) -> None:
    knowledge = wiring.knowledge()

    assert isinstance(knowledge, BreakingKnowledge)
    assert type(knowledge._knowledge).__name__ == STORES[store]


def test_who_does_not_search_in_opensearch_does_not_load_its_client() -> None:
    code = (
        "import sys; from deskhand import wiring;"
        "from deskhand.adapters.opensearch import opening, knowledge;"
        "sys.exit('opensearchpy' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
