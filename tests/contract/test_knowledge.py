"""One suite for every knowledge base: what is found, what is kept back, and how it is swapped."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from deskhand.adapters.embedded_knowledge import EmbeddedKnowledge
from deskhand.adapters.index_shelves import FolderShelf, S3Shelf, Shelf
from deskhand.adapters.memory.knowledge import MemoryKnowledge
from deskhand.errors import Rejected, Unavailable
from deskhand.ports import KnowledgeBase
from tests.builders import StoppedClock
from tests.knowledge import TODAY, CountingEmbedder, an_article, fill

EMBEDDER = CountingEmbedder()


@pytest.fixture
def s3() -> Iterator[Any]:
    with mock_aws():
        client = boto3.client(
            "s3",
            region_name="us-east-1",
            aws_access_key_id="testing",
            aws_secret_access_key="testing",
        )
        client.create_bucket(Bucket="knowledge")
        yield client


@pytest.fixture(params=["folder", "s3"])
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Shelf:
    if request.param == "folder":
        return FolderShelf(tmp_path / "index")
    return S3Shelf(request.getfixturevalue("s3"), "knowledge", "index")


@pytest.fixture(params=["memory", "embedded in a folder", "embedded in s3"])
def knowledge(request: pytest.FixtureRequest, tmp_path: Path) -> KnowledgeBase:
    if request.param == "memory":
        return MemoryKnowledge()
    if request.param == "embedded in a folder":
        return EmbeddedKnowledge(FolderShelf(tmp_path), clock=StoppedClock())
    shelf = S3Shelf(request.getfixturevalue("s3"), "knowledge")
    return EmbeddedKnowledge(shelf, clock=StoppedClock())


@pytest.fixture
def reader(shelf: Shelf) -> Callable[..., EmbeddedKnowledge]:
    def make(clock: StoppedClock | None = None, **more: Any) -> EmbeddedKnowledge:
        return EmbeddedKnowledge(shelf, clock=clock or StoppedClock(), **more)

    return make


def found(knowledge: KnowledgeBase, query: str, **bent: Any) -> list[str]:
    [vector] = EMBEDDER.embed([query])
    asked = {"limit": 5, "on": TODAY} | bent
    return [passage.article_id for passage in knowledge.search(query, vector, **asked)]


DELIVERY = an_article("Parcels travel two to four days.", id="delivery", category="delivery")
RETURNS = an_article(
    "Send anything back within 30 days.", id="returns", title="Returns", category="returns"
)


def test_nothing_is_found_before_anything_was_indexed(knowledge):
    assert found(knowledge, "parcels") == []
    assert knowledge.fingerprint == ""
    assert knowledge.indexed() == {}


def test_the_passage_that_speaks_of_it_comes_first_with_its_score(knowledge):
    fill(knowledge, DELIVERY, RETURNS, embedder=EMBEDDER)
    [vector] = EMBEDDER.embed(["can I send it back after 30 days"])

    best, other = knowledge.search("can I send it back", vector, limit=5, on=TODAY)

    assert best.article_id == "returns"
    assert (best.title, best.text) == ("Returns", "Send anything back within 30 days.")
    assert best.id.startswith("returns#")
    assert 1 >= best.score > other.score >= 0
    assert 1 >= best.similarity > other.similarity


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


def test_what_is_indexed_is_told_with_hash_and_vector(knowledge):
    fill(knowledge, DELIVERY, embedder=EMBEDDER)

    [(chunk_id, (content_hash, vector))] = knowledge.indexed().items()
    assert chunk_id.startswith("delivery#")
    assert content_hash
    assert list(vector) == pytest.approx(EMBEDDER.embed(["Delivery\n" + DELIVERY.text])[0])
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


# --- one index, many readers ---------------------------------------------------------------------


def test_a_reader_sees_a_new_index_once_it_looks_again(reader):
    clock = StoppedClock()
    writer, other = reader(), reader(clock, refresh_s=30)
    fill(writer, DELIVERY, embedder=EMBEDDER)
    assert found(other, "days") == ["delivery"]

    fill(writer, RETURNS, embedder=EMBEDDER)
    clock.pass_by(seconds=29)
    assert found(other, "days") == ["delivery"]
    clock.pass_by(seconds=1)
    assert found(other, "days") == ["returns"]


@pytest.mark.parametrize("written_before_the_crash", [0, 1])
def test_a_crash_at_any_point_leaves_the_old_index_serving(
    reader, shelf, monkeypatch, written_before_the_crash
):
    fill(reader(), DELIVERY, embedder=EMBEDDER)
    serving = shelf.current()
    writes = shelf if isinstance(shelf, FolderShelf) else shelf._objects
    name = "_write" if isinstance(shelf, FolderShelf) else "put"
    write, left = getattr(writes, name), iter(range(written_before_the_crash))

    def crash(*args: Any, **more: Any) -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt
        write(*args, **more)

    monkeypatch.setattr(writes, name, crash)
    with pytest.raises(KeyboardInterrupt):
        fill(reader(), RETURNS, embedder=EMBEDDER)

    assert shelf.current() == serving
    assert found(reader(), "days") == ["delivery"]


def test_the_old_index_serves_on_while_a_new_one_cannot_be_read(reader, shelf):
    clock = StoppedClock()
    other = reader(clock)
    fill(reader(), DELIVERY, embedder=EMBEDDER)
    assert found(other, "days") == ["delivery"]

    shelf.publish("29990101T000000-broken", b"no database at all" * 100)
    clock.pass_by(minutes=5)

    assert found(other, "days") == ["delivery"]


def test_a_broken_index_is_refused_in_words_and_healed_by_the_next_run(reader, shelf):
    shelf.publish("20260101T000000-broken", b"no database at all" * 100)

    with pytest.raises(Rejected, match="index 20260101T000000-broken is broken"):
        found(reader(), "days")
    healing = reader()
    assert healing.indexed() == {}
    fill(healing, DELIVERY, embedder=EMBEDDER)
    assert found(reader(), "days") == ["delivery"]


def test_two_runs_at_once_leave_one_whole_index_serving(reader):
    one, other = reader(), reader()
    fill(one, DELIVERY, embedder=EMBEDDER)
    last = fill(other, RETURNS, embedder=EMBEDDER)

    late = reader()
    assert found(late, "days") == ["returns"]
    assert late.indexed().keys() == other.indexed().keys()
    assert last != ""


def test_old_versions_are_cleared_away_but_never_what_serves(reader, shelf):
    clock = StoppedClock()
    writer = reader(clock)
    versions = []
    for _ in range(6):
        versions.append(fill(writer, DELIVERY, embedder=EMBEDDER))
        clock.pass_by(seconds=1)

    assert shelf.fetch(versions[-1])
    assert shelf.fetch(versions[-3])
    with pytest.raises(Unavailable):
        shelf.fetch(versions[0])

    # A clock that went wrong makes the oldest name serve.
    shelf.publish("00000101T000000-early", shelf.fetch(versions[-1]))
    assert shelf.fetch("00000101T000000-early")


def test_a_question_of_another_size_is_refused_in_words(reader):
    knowledge = reader()
    fill(knowledge, DELIVERY, embedder=EMBEDDER)

    with pytest.raises(Rejected, match=r"3 dimensions.*256: run the reindex"):
        knowledge.search("parcels", [1.0, 0.0, 0.0], limit=1, on=TODAY)


def test_a_bucket_that_is_not_there_is_named(s3):
    with pytest.raises(Rejected, match="the bucket nowhere said NoSuchBucket"):
        S3Shelf(s3, "nowhere").publish("v1", b"")
