"""The reindex function says in its log how far it is, and what was wrong with which article."""

import logging

import pytest

from deskhand import wiring
from deskhand.adapters.memory.articles import MemoryArticles
from deskhand.adapters.memory.knowledge import MemoryKnowledge
from deskhand.adapters.memory.vectors import MemoryVectorShelf
from deskhand.domain.article import Trouble
from scripts.local_stack.handlers import load_handler
from tests.builders import ROOT, a_policy
from tests.knowledge import CountingEmbedder


class Articles(MemoryArticles):
    """One that can be read, and one that cannot."""

    def articles(self):
        yield from super().articles()
        yield Trouble(name="bad.md", reason="colour is no key of an article")


def test_its_log_tells_the_progress_and_the_troubles(caplog: pytest.LogCaptureFixture) -> None:
    articles = Articles()
    articles.put("delivery", "# Delivery\n\nTwo to four days.\n")
    ports = {
        "article_source": articles,
        "knowledge": MemoryKnowledge(),
        "embedder": CountingEmbedder(),
        "vector_shelf": MemoryVectorShelf(),
        "policy": a_policy(),
    }
    wiring.reset()
    wiring.replace(ports)
    try:
        function = load_handler(ROOT / "functions" / "reindex")
        function.logger.setLevel(logging.INFO)
        done = function.handler({}, None)
    finally:
        wiring.reset()

    lines = [vars(record) for record in caplog.records]
    far = [(line["done"], line["of"]) for line in lines if line["message"] == "embedding"]
    assert far == [(0, 1), (1, 1)]
    assert lines[-1]["message"] == "reindexed"
    assert lines[-1]["chunks"] == done["chunks"] == 1
    [trouble] = lines[-1]["troubles"]
    assert (trouble["name"], trouble["reason"]) == ("bad.md", "colour is no key of an article")
