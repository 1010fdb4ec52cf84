"""How versions of the index are kept: one serves whatever crashes, and readers see the next."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from deskhand.adapters.embedded_knowledge import EmbeddedKnowledge
from deskhand.adapters.index_shelves import KEPT, FolderShelf, S3Shelf, Shelf
from deskhand.errors import Rejected, Unavailable
from tests.builders import StoppedClock
from tests.knowledge import DELIVERY, EMBEDDER, RETURNS, a_bucket, fill, filters, found


@pytest.fixture(params=["folder", "s3"])
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shelf]:
    if request.param == "folder":
        yield FolderShelf(tmp_path / "index")
    else:
        with a_bucket() as client:
            yield S3Shelf(client, "knowledge", "index")


@pytest.fixture
def reader(shelf: Shelf) -> Callable[..., EmbeddedKnowledge]:
    def make(clock: StoppedClock | None = None, **more: Any) -> EmbeddedKnowledge:
        return EmbeddedKnowledge(shelf, clock=clock or StoppedClock(), **more)

    return make


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


def test_of_two_runs_at_once_the_one_with_older_articles_gives_way(reader):
    early, late = reader(), reader()
    early.indexed()
    late.indexed()
    fill(late, RETURNS, embedder=EMBEDDER)

    with pytest.raises(Unavailable, match="another reindex was quicker: run it again"):
        fill(early, DELIVERY, embedder=EMBEDDER)
    assert found(reader(), "days") == ["returns"]

    early.indexed()
    fill(early, DELIVERY, RETURNS, embedder=EMBEDDER)
    assert set(found(reader(), "days")) == {"delivery", "returns"}


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
        knowledge.search("parcels", [1.0, 0.0, 0.0], limit=1, filters=filters())


def test_a_bucket_that_is_not_there_is_named():
    with a_bucket() as s3, pytest.raises(Rejected, match="the bucket nowhere said NoSuchBucket"):
        S3Shelf(s3, "nowhere").publish("v1", b"")


def test_an_index_that_somebody_deleted_is_told_of_and_made_anew(reader, shelf):
    warm = reader()
    fill(warm, DELIVERY, embedder=EMBEDDER)
    serving = shelf.current()
    _delete(shelf, f"{serving}.sqlite")

    with pytest.raises(Rejected, match=f"index {serving} is missing; run the reindex"):
        found(reader(), "days")
    assert found(warm, "days") == ["delivery"]
    healing = reader()
    assert healing.indexed() == {}
    fill(healing, DELIVERY, embedder=EMBEDDER)
    assert found(reader(), "days") == ["delivery"]


def test_a_shelf_that_somebody_emptied_is_filled_by_a_process_that_still_knows_it(reader, shelf):
    warm = reader()
    fill(warm, DELIVERY, embedder=EMBEDDER)
    _delete(shelf, "current")

    assert warm.indexed() == {}
    fill(warm, DELIVERY, embedder=EMBEDDER)
    assert found(reader(), "days") == ["delivery"]


def test_a_reader_that_is_overtaken_by_swaps_reads_the_newest(reader, shelf, monkeypatch):
    fill(reader(), DELIVERY, embedder=EMBEDDER)
    overtaken, fetch, clock = reader(), shelf.fetch, StoppedClock()

    def late(version: str) -> bytes:
        monkeypatch.setattr(shelf, "fetch", fetch)
        for _ in range(KEPT):
            clock.pass_by(seconds=1)
            fill(reader(clock), RETURNS, embedder=EMBEDDER)
        return fetch(version)

    monkeypatch.setattr(shelf, "fetch", late)

    assert found(overtaken, "days") == ["returns"]


def _delete(shelf: Shelf, name: str) -> None:
    if isinstance(shelf, FolderShelf):
        (shelf._path / name).unlink()
    else:
        assert isinstance(shelf, S3Shelf)
        shelf._objects.remove(name)
