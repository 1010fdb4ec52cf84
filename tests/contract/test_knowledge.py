"""One suite for every knowledge base: what is found, what is kept back, and how it is swapped."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from deskhand.adapters.embedded_knowledge import EmbeddedKnowledge
from deskhand.adapters.index_shelves import FolderShelf, S3Shelf
from deskhand.adapters.memory.knowledge import MemoryKnowledge
from deskhand.adapters.opensearch.joining import joined_here, joined_there
from deskhand.domain.article import Article
from deskhand.domain.evidence import Passage
from deskhand.ports import KnowledgeBase
from tests.builders import StoppedClock
from tests.knowledge import DELIVERY, EMBEDDER, RETURNS, a_bucket, an_article, fill, filters, found
from tests.opensearch import in_opensearch


@pytest.fixture(
    params=[
        "memory",
        "embedded in a folder",
        "embedded in s3",
        "opensearch, joined here",
        "opensearch, joined there",
        "opensearch, serverless",
    ]
)
def knowledge(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[KnowledgeBase]:
    kind = request.param
    if kind == "memory":
        yield MemoryKnowledge()
    elif kind == "embedded in a folder":
        yield EmbeddedKnowledge(FolderShelf(tmp_path), clock=StoppedClock())
    elif kind == "embedded in s3":
        with a_bucket() as client:
            yield EmbeddedKnowledge(S3Shelf(client, "knowledge"), clock=StoppedClock())
    else:
        url = request.getfixturevalue("opensearch")
        with in_opensearch(url) as searched:
            if kind == "opensearch, serverless":
                with a_bucket() as s3:
                    yield searched.serverless(url, s3, "knowledge")
            else:
                joining = joined_here if kind == "opensearch, joined here" else joined_there
                yield searched.knowledge(joining=joining)


def test_nothing_is_found_before_anything_was_indexed(knowledge):
    assert found(knowledge, "parcels") == []
    assert knowledge.fingerprint == ""
    assert knowledge.indexed() == {}


def test_the_passage_that_speaks_of_it_comes_first_with_its_score(knowledge):
    fill(knowledge, DELIVERY, RETURNS, embedder=EMBEDDER)
    [vector] = EMBEDDER.embed(["can I send it back after 30 days"])

    best, other = knowledge.search("can I send it back", vector, limit=5, filters=filters())

    assert best.article_id == "returns"
    assert (best.title, best.text) == ("Returns", "Send anything back within 30 days.")
    assert best.id.startswith("returns#")
    assert 1 >= best.score > other.score >= 0
    assert 1 >= best.similarity > other.similarity


def test_a_word_that_is_said_twice_counts_twice(knowledge):
    owls = an_article("Owls sleep.", id="owls", title="Page")
    hens = an_article("Hens sleep.", id="hens", title="Page")
    more = [an_article(f"Bird {name} sings.", id=f"b{name}", title="Page") for name in range(8)]
    fill(knowledge, owls, hens, *more, embedder=EMBEDDER)

    def by_words(query: str) -> list[str]:
        passages = knowledge.search(query, None, limit=2, filters=filters())
        return [passage.article_id for passage in passages]

    assert by_words("owls owls hens") == ["owls", "hens"]
    assert by_words("owls hens hens") == ["hens", "owls"]


def test_as_many_are_given_as_were_asked_for(knowledge):
    fill(knowledge, DELIVERY, RETURNS, embedder=EMBEDDER)

    assert len(found(knowledge, "days", limit=1)) == 1


def test_internal_pages_are_never_found(knowledge):
    internal = an_article("Parcels of friends travel free.", id="secret", audience="internal")
    fill(knowledge, DELIVERY, internal, embedder=EMBEDDER)

    assert found(knowledge, "parcels of friends") == ["delivery"]


@pytest.mark.parametrize(
    ("day", "in_force"),
    [("2026-01-31", []), ("2026-02-01", ["delivery"]), ("2026-03-31", ["delivery"]),
     ("2026-04-01", [])],
)  # fmt: skip
def test_a_page_answers_from_its_first_to_its_last_day(knowledge, day, in_force):
    days = {"effective_from": date(2026, 2, 1), "effective_until": date(2026, 3, 31)}
    fill(knowledge, DELIVERY.model_copy(update=days), embedder=EMBEDDER)

    assert found(knowledge, "parcels", on=date.fromisoformat(day)) == in_force


def test_a_category_narrows_and_none_means_all(knowledge):
    fill(knowledge, DELIVERY, RETURNS, embedder=EMBEDDER)

    assert found(knowledge, "days", categories=("returns",)) == ["returns"]
    assert set(found(knowledge, "days", categories=())) == {"delivery", "returns"}
    assert found(knowledge, "days", categories=("nothing",)) == []


def test_a_language_narrows_and_none_means_all(knowledge):
    german = an_article("Pakete brauchen drei Tage.", id="lieferung", language="de")
    fill(knowledge, DELIVERY, german, embedder=EMBEDDER)

    assert found(knowledge, "parcels", language="de") == ["lieferung"]
    assert set(found(knowledge, "parcels", language="")) == {"delivery", "lieferung"}


def test_of_equals_the_more_binding_comes_first(knowledge):
    binding = DELIVERY.model_copy(update={"id": "policy", "authority": 9})
    fill(knowledge, DELIVERY, binding, embedder=EMBEDDER)

    assert found(knowledge, "parcels") == ["policy", "delivery"]


@pytest.mark.parametrize("query", ["", "?!", "and the", '"quotes" AND (NOT near*', "p:arcels -x"])
def test_any_words_can_be_asked(knowledge, query):
    fill(knowledge, DELIVERY, embedder=EMBEDDER)

    assert found(knowledge, query) == ["delivery"]


def test_words_alone_find_only_what_shares_one(knowledge):
    fill(knowledge, DELIVERY, RETURNS, embedder=EMBEDDER)

    [passage] = knowledge.search("parcels", None, limit=5, filters=filters())

    assert passage.article_id == "delivery"
    assert passage.score > 0
    assert passage.similarity == 0


def test_meaning_alone_puts_all_in_order(knowledge):
    fill(knowledge, DELIVERY, RETURNS, embedder=EMBEDDER)
    [vector] = EMBEDDER.embed(["parcels"])

    nearest, other = knowledge.search("", vector, limit=5, filters=filters())

    assert (nearest.article_id, other.article_id) == ("delivery", "returns")
    assert nearest.similarity > other.similarity


def test_what_holds_only_for_some_is_told_only_to_them(knowledge):
    pro = an_article(
        "Parcels of our pro plan travel free.", id="pro", only_for={"plan": ["pro", "team"]}
    )
    fill(knowledge, DELIVERY, pro, embedder=EMBEDDER)

    assert found(knowledge, "parcels") == ["delivery"]
    assert found(knowledge, "parcels", reader={"plan": "free"}) == ["delivery"]
    assert set(found(knowledge, "parcels", reader={"plan": "team"})) == {"delivery", "pro"}


def test_all_that_a_text_asks_of_its_reader_has_to_hold(knowledge):
    only_for = {"plan": ["pro"], "region": ["NL", "BE"], "channel": ["chat"]}
    fill(knowledge, an_article("Call us.", id="call", only_for=only_for), embedder=EMBEDDER)
    meant = {"plan": "pro", "region": "BE", "channel": "chat"}

    assert found(knowledge, "call us", reader=meant) == ["call"]
    for key in meant:
        assert found(knowledge, "call us", reader=meant | {key: "other"}) == []


def test_a_passage_tells_all_that_its_article_says_of_itself(knowledge):
    article = an_article(
        "Clean it with water.",
        id="care",
        authority=3,
        policy_id="P-7",
        effective_from="2026-01-01",
        last_reviewed="2026-10-01",
        product="nest box",
        url="https://shop.example/care",
        only_for={"region": ["NL"]},
    )
    fill(knowledge, article, embedder=EMBEDDER)
    [vector] = EMBEDDER.embed(["clean"])

    asked = filters(reader={"region": "NL"})
    [passage] = knowledge.search("clean", vector, limit=1, filters=asked)

    for told in Passage.model_fields.keys() & Article.model_fields.keys() - {"id"}:
        assert getattr(passage, told) == getattr(article, told)


def test_what_is_indexed_is_told_with_hash_and_vector(knowledge):
    fill(knowledge, DELIVERY, embedder=EMBEDDER)

    [(chunk_id, content_hash)] = knowledge.indexed().items()
    assert chunk_id.startswith("delivery#")
    assert content_hash
    vectors = knowledge.vectors([chunk_id, "nobody"])
    assert list(vectors) == [chunk_id]
    wanted = EMBEDDER.embed(["Delivery\n" + DELIVERY.text])[0]
    assert list(vectors[chunk_id]) == pytest.approx(wanted)
    assert knowledge.fingerprint == EMBEDDER.fingerprint


def test_a_new_index_takes_the_whole_place_of_the_old_one(knowledge):
    first = fill(knowledge, DELIVERY, embedder=EMBEDDER)
    second = fill(knowledge, RETURNS, embedder=EMBEDDER)

    assert first != second
    assert found(knowledge, "parcels") == ["returns"]


def test_everything_may_be_taken_away(knowledge):
    fill(knowledge, DELIVERY, embedder=EMBEDDER)
    fill(knowledge, embedder=EMBEDDER)

    assert found(knowledge, "parcels") == []
    assert knowledge.indexed() == {}
