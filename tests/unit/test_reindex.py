"""A reindex embeds only what changed, and changes nothing where nothing did."""

import pytest

from deskhand.adapters.memory.articles import MemoryArticles
from deskhand.adapters.memory.knowledge import MemoryKnowledge
from deskhand.domain.article import Trouble
from deskhand.domain.macros import Macros
from deskhand.errors import Rejected, Unavailable
from deskhand.jobs.reindex import BATCH, Reindexed, reindex
from deskhand.text.chunks import cut
from tests.knowledge import CountingEmbedder, filters

PAGE = "# Delivery\n\n## Times\n\nTwo to four days.\n\n## Costs\n\nFree from 75 EUR.\n"


class Desk:
    """A knowledge base with its source, and how to bring it up to date."""

    def __init__(self) -> None:
        self.source = MemoryArticles()
        self.knowledge = MemoryKnowledge()
        self.heard: list[tuple[int, int]] = []

    def reindex(self, embedder: CountingEmbedder | None = None) -> Reindexed:
        self.embedder = embedder or CountingEmbedder()
        return reindex(
            source=self.source,
            knowledge=self.knowledge,
            embedder=self.embedder,
            report=lambda done, total: self.heard.append((done, total)),
        )

    def texts(self) -> set[str]:
        [vector] = CountingEmbedder().embed(["delivery"])
        passages = self.knowledge.search("delivery", vector, limit=99, filters=filters())
        return {passage.text for passage in passages}


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.source.put("delivery", PAGE)
    return desk


def test_the_first_run_embeds_everything_with_its_titles(desk):
    done = desk.reindex()

    assert done == Reindexed(chunks=2, embedded=2, kept=0, removed=0, version="1")
    assert desk.embedder.embedded == [
        "Delivery\nTimes\nTwo to four days.",
        "Delivery\nCosts\nFree from 75 EUR.",
    ]


def test_a_second_run_over_the_same_articles_does_nothing(desk):
    desk.reindex()

    assert desk.reindex() == Reindexed(chunks=2, embedded=0, kept=2, removed=0, version="")
    assert desk.embedder.batches == []


def test_an_edit_embeds_only_the_piece_that_it_touches(desk):
    desk.reindex()
    desk.source.put("delivery", PAGE.replace("75", "50"))

    assert desk.reindex() == Reindexed(chunks=2, embedded=1, kept=1, removed=1, version="2")
    assert desk.embedder.embedded == ["Delivery\nCosts\nFree from 50 EUR."]
    assert desk.texts() == {"Two to four days.", "Free from 50 EUR."}


def test_a_new_day_in_the_front_matter_renews_the_index_without_embedding(desk):
    desk.reindex()
    desk.source.put("delivery", f"---\neffective_until: 2020-01-01\n---\n{PAGE}")

    assert desk.reindex() == Reindexed(chunks=2, embedded=0, kept=2, removed=0, version="2")
    assert desk.texts() == set()


def test_what_was_removed_is_found_no_more(desk):
    desk.source.put("care", "# Care\n\nWash cold.\n")
    desk.reindex()
    desk.source.remove("delivery")

    assert desk.reindex() == Reindexed(chunks=1, embedded=0, kept=1, removed=2, version="2")
    assert desk.texts() == {"Wash cold."}


def test_the_last_article_may_go_too(desk):
    desk.reindex()
    desk.source.remove("delivery")

    assert desk.reindex() == Reindexed(chunks=0, embedded=0, kept=0, removed=2, version="2")
    assert desk.reindex().version == ""


def test_another_embedder_embeds_everything_anew(desk):
    desk.reindex()
    done = desk.reindex(CountingEmbedder("counting-2"))

    assert (done.embedded, done.kept, done.version) == (2, 0, "2")
    assert desk.knowledge.fingerprint == "counting-2"
    assert desk.reindex(CountingEmbedder("counting-2")).version == ""


def test_what_was_removed_goes_though_the_embedder_has_changed(desk):
    desk.reindex()
    desk.source.remove("delivery")

    assert desk.reindex(CountingEmbedder("counting-2")).removed == 2
    assert desk.texts() == set()


def test_many_are_embedded_in_batches_and_the_progress_is_told(desk):
    for number in range(BATCH + 5):
        desk.source.put(f"page-{number}", f"# Page {number}\n\nText {number}.\n")
    desk.reindex()

    assert [len(batch) for batch in desk.embedder.batches] == [BATCH, 7]
    assert desk.heard == [(0, BATCH + 7), (BATCH, BATCH + 7), (BATCH + 7, BATCH + 7)]


def test_a_broken_article_is_told_of_and_the_rest_is_indexed(desk, monkeypatch):
    broken = Trouble(name="care.md", reason="colour is no key of an article")
    [delivery] = desk.source.articles()
    monkeypatch.setattr(desk.source, "articles", lambda: [broken, delivery])

    assert desk.reindex().troubles == (broken,)
    assert len(desk.texts()) == 2
    assert desk.reindex() == Reindexed(
        chunks=2, embedded=0, kept=2, removed=0, troubles=(broken,), version=""
    )


def test_articles_are_filled_in_and_one_that_cannot_be_is_told_of(desk):
    desk.source.put("hours", "# Hours\n\nWe answer {{ hours }}.\n")
    desk.source.put("care", "# Care\n\nWash at {{ degrees }}.\n")
    macros = Macros(variables={"hours": "nine to five"})

    done = reindex(
        source=desk.source, knowledge=desk.knowledge, embedder=CountingEmbedder(), macros=macros
    )

    assert "We answer nine to five." in desk.texts()
    [trouble] = done.troubles
    assert trouble.name == "care.md"
    assert trouble.reason.startswith("line 3: `{{ degrees }}` is not in macros.toml")


def test_another_value_embeds_only_the_piece_that_says_it(desk):
    desk.source.put("hours", "# Hours\n\n## Open\n\n{{ hours }}.\n\n## Shut\n\nSundays.\n")
    ports = {"source": desk.source, "knowledge": desk.knowledge}
    reindex(**ports, embedder=CountingEmbedder(), macros=Macros(variables={"hours": "Nine"}))
    embedder = CountingEmbedder()
    reindex(**ports, embedder=embedder, macros=Macros(variables={"hours": "Ten"}))

    assert embedder.embedded == ["Hours\nOpen\nTen."]


def test_an_article_that_cannot_be_cut_stops_no_other(desk, monkeypatch):
    def cut_or_fail(article):
        if article.id == "knot":
            raise RecursionError("maximum recursion depth exceeded")
        return cut(article)

    desk.source.put("knot", "# Knot\n\nTie it.\n")
    monkeypatch.setattr("deskhand.jobs.reindex.cut", cut_or_fail)

    [trouble] = desk.reindex().troubles

    assert trouble.name == "knot.md"
    assert "maximum recursion depth exceeded" in trouble.reason
    assert desk.texts() == {"Two to four days.", "Free from 75 EUR."}


def test_where_no_article_can_be_read_the_old_index_serves_on(desk, monkeypatch):
    desk.reindex()
    broken = Trouble(name="care.md", reason="colour is no key of an article")
    monkeypatch.setattr(desk.source, "articles", lambda: [broken])

    with pytest.raises(Rejected, match=r"none of 1 articles can be read.*care.md: colour"):
        desk.reindex()
    assert len(desk.texts()) == 2


def test_an_embedder_that_fails_leaves_the_old_index_serving(desk):
    class Failing(CountingEmbedder):
        def embed(self, texts):
            raise Unavailable("the embedder")

    desk.reindex()
    desk.source.put("delivery", PAGE.replace("75", "50"))
    with pytest.raises(Unavailable):
        desk.reindex(Failing())
    assert "Free from 75 EUR." in desk.texts()


def test_a_run_needs_nobody_to_report_to(desk):
    done = reindex(source=desk.source, knowledge=desk.knowledge, embedder=CountingEmbedder())

    assert done.embedded == 2
