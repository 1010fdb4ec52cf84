"""Several build the index and many search it, all at once: none harms another."""

import threading
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from deskhand.adapters.embedded_knowledge import EmbeddedKnowledge
from deskhand.adapters.index_shelves import FolderShelf, S3Shelf, Shelf
from deskhand.domain.article import Article
from deskhand.errors import Unavailable
from deskhand.ports import KnowledgeBase
from scripts.local_stack import LocalStack
from tests.builders import StoppedClock
from tests.contract.racing import RACERS, race
from tests.knowledge import DELIVERY, EMBEDDER, RETURNS, an_article, fill, filters
from tests.opensearch import in_opensearch

[VECTOR] = EMBEDDER.embed(["days"])


@pytest.fixture(params=["folder", "s3"])
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shelf]:
    """A shelf that stands races; moto in this process is no judge of them."""
    if request.param == "folder":
        yield FolderShelf(tmp_path / "index")
        return
    local: LocalStack = request.getfixturevalue("local_aws")
    bucket = f"races-{uuid.uuid4().hex[:8]}"
    client = local.boto3_client("s3")
    client.create_bucket(Bucket=bucket)
    yield S3Shelf(client, bucket)


@pytest.fixture
def knowing(shelf: Shelf) -> Callable[..., EmbeddedKnowledge]:
    def make(clock: StoppedClock | None = None, **more: Any) -> EmbeddedKnowledge:
        return EmbeddedKnowledge(shelf, clock=clock or StoppedClock(), **more)

    return make


def test_of_many_runs_at_once_each_builds_upon_the_one_before_or_gives_way(knowing, shelf, pool):
    fill(knowing(), DELIVERY, embedder=EMBEDDER)
    shared, serving = knowing(), shelf.current()
    published: list[tuple[str, str]] = []

    def run(number: int) -> str:
        knowledge = shared if number % 2 else knowing()
        knowledge.indexed()
        told = shelf.current()
        try:
            version = fill(knowledge, an_article(id=f"run-{number}"), embedder=EMBEDDER)
        except Unavailable:
            return ""
        published.append((told, version))
        return version

    for _ in range(5):
        race(pool, *(partial(run, number) for number in range(RACERS)))

    # Had two put theirs in the place of the same one, an index would have two successors.
    after = dict(published)
    assert len(after) == len(published) >= 5
    steps = 0
    while serving in after:
        serving, steps = after[serving], steps + 1
    assert (serving, steps) == (shelf.current(), len(published))


@pytest.fixture(params=["embedded", "opensearch"])
def running_twice(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[KnowledgeBase]:
    if request.param == "embedded":
        yield EmbeddedKnowledge(FolderShelf(tmp_path), clock=StoppedClock())
        return
    with in_opensearch(request.getfixturevalue("opensearch")) as searched:
        yield searched.knowledge()


def test_two_runs_in_one_process_are_told_apart(running_twice):
    knowledge = running_twice
    fill(knowledge, DELIVERY, embedder=EMBEDDER)
    knowledge.indexed()
    with ThreadPoolExecutor(1) as other:
        other.submit(knowledge.indexed).result()
        other.submit(fill, knowledge, RETURNS, embedder=EMBEDDER).result()

    with pytest.raises(Unavailable, match="another reindex was quicker"):
        fill(knowledge, DELIVERY, embedder=EMBEDDER)


def test_no_search_fails_and_none_sees_a_mix_while_indexes_are_swapped(knowing, pool):
    clock, swapping = StoppedClock(), threading.Event()
    writer = knowing(clock)
    fill(writer, *_pages(0), embedder=EMBEDDER)
    always_looking = knowing(refresh_s=0)

    def swaps() -> int:
        swapping.wait()
        for number in range(1, 11):
            clock.pass_by(seconds=1)
            fill(writer, *_pages(number), embedder=EMBEDDER)
        swapping.clear()
        return 0

    def searches() -> int:
        swapping.set()
        seen = set()
        while swapping.is_set() or not seen:
            for knowledge in (always_looking, knowing()):
                passages = knowledge.search("days", VECTOR, limit=9, filters=filters())
                assert len(passages) == 5
                seen |= {passage.category for passage in passages}
                assert len({passage.category for passage in passages}) == 1
        return len(seen)

    _, *seen = race(pool, swaps, *[searches] * 3)
    assert max(seen) > 1


def _pages(version: int) -> list[Article]:
    return [
        an_article(f"After {page} days.", id=f"page-{page}", category=f"v{version}")
        for page in range(5)
    ]
