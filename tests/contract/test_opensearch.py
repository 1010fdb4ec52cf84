"""What only a server has: swaps while people search, two runs at once, and crashes in between."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Barrier, Event
from typing import Any

import pytest
from opensearchpy import ConnectionError

from deskhand.adapters.opensearch.client import open_client
from deskhand.errors import Rejected, Unavailable
from deskhand.ports import KnowledgeBase, utc_now
from tests.builders import StoppedClock
from tests.knowledge import (
    DELIVERY,
    EMBEDDER,
    RETURNS,
    a_bucket,
    an_article,
    fill,
    filters,
    found,
)
from tests.opensearch import Searched, in_opensearch

NEVER = 1_000


class Killed(BaseException):
    """The process ended, and nobody cleaned up after it."""


class DyingClient:
    """What breaks off at one of its requests, before it was made or after it was heard, and
    perhaps at the next ones, too."""

    def __init__(
        self, url: str, *, at: int, heard: bool, by: Callable[[], BaseException], times: int = 1
    ) -> None:
        self.client = open_client(url, service="es", timeout_s=30)
        self.requests = 0
        perform = self.client.transport.perform_request

        def perform_or_die(*args: Any, **more: Any) -> Any:
            self.requests += 1
            if not at <= self.requests < at + times:
                return perform(*args, **more)
            if heard:
                perform(*args, **more)
            raise by()

        self.client.transport.perform_request = perform_or_die


def cut_off() -> BaseException:
    return ConnectionError("N/A", "the line is cut", OSError())


@pytest.fixture
def searched(opensearch: str) -> Iterator[Searched]:
    with in_opensearch(opensearch) as one:
        yield one


@pytest.fixture
def requests_of_a_swap(opensearch: str, searched: Searched) -> int:
    """How many requests it takes to put a new index in the place of an old one."""
    fill(searched.knowledge(), DELIVERY, embedder=EMBEDDER)
    counted = DyingClient(opensearch, at=NEVER, heard=False, by=Killed)
    reindexed(searched.knowledge(through=counted.client), RETURNS)
    return counted.requests


def reindexed(knowledge: KnowledgeBase, *articles: Any) -> str:
    """A run as the job makes it: what serves is asked first."""
    knowledge.indexed()
    return fill(knowledge, *articles, embedder=EMBEDDER)


def generation(name: str) -> list[Any]:
    return [
        an_article(f"Parcels of kind {number} travel {name}.", id=f"{name}-{number}")
        for number in range(12)
    ]


@pytest.mark.parametrize("heard", [False, True], ids=["not heard", "heard"])
@pytest.mark.parametrize(
    ("by", "times"), [(Killed, 1), (cut_off, 1), (cut_off, 2)], ids=["killed", "cut off", "twice"]
)
def test_a_crash_at_any_request_leaves_one_whole_index_serving_and_the_next_run_heals(
    searched: Searched, opensearch: str, requests_of_a_swap: int, heard: bool, by: Any, times: int
) -> None:
    clock = StoppedClock()
    assert requests_of_a_swap > 6
    for at in range(1, requests_of_a_swap + 1):
        clock.now += timedelta(minutes=1)
        reindexed(searched.knowledge(clock=clock), DELIVERY)
        clock.now += timedelta(minutes=1)
        dying = DyingClient(opensearch, at=at, heard=heard, by=by, times=times)
        try:
            reindexed(searched.knowledge(clock=clock, through=dying.client), RETURNS)
        except (Killed, Unavailable):
            whole = (["delivery"], ["returns"])
        else:
            whole = (["returns"],)
        assert dying.requests >= at
        assert found(searched.knowledge(), "parcels") in whole

    clock.now += timedelta(minutes=1)
    last = reindexed(searched.knowledge(clock=clock), RETURNS)
    assert searched.indexes[-1] == last
    assert len(searched.indexes) == 2  # the one that serves, and the one before it


@pytest.mark.parametrize("heard", [False, True], ids=["not heard", "heard"])
def test_a_crash_leaves_one_whole_index_serving_in_a_collection_too(
    searched: Searched, opensearch: str, heard: bool
) -> None:
    clock = StoppedClock()

    def run(*articles: Any, at: int = NEVER) -> DyingClient:
        clock.now += timedelta(minutes=1)
        dying = DyingClient(opensearch, at=at, heard=heard, by=Killed)
        with suppress(Killed):
            reindexed(searched.serverless(*where, through=dying.client, clock=clock), *articles)
        dying.client.close()
        return dying

    with a_bucket() as s3:
        where = (opensearch, s3, "knowledge")
        run(DELIVERY)
        needed = run(RETURNS).requests
        assert needed > 6
        for at in range(1, needed + 1):
            run(DELIVERY)
            run(RETURNS, at=at)
            assert found(searched.serverless(*where), "parcels") in (["delivery"], ["returns"])
        run(RETURNS)
        assert found(searched.serverless(*where), "parcels") == ["returns"]
    assert len(searched.indexes) == 2


def test_no_question_fails_or_sees_two_indexes_while_they_are_swapped(searched: Searched) -> None:
    reindexed(searched.knowledge(clock=utc_now), *generation("slowly"))
    done = Event()

    def ask(refresh_s: float) -> int:
        reader = searched.knowledge(clock=utc_now, refresh_s=refresh_s)
        asked = 0
        while not (done.is_set() and asked):
            articles = found(reader, "how do parcels travel", limit=10)
            assert len(articles) == 10
            assert len({article.split("-")[0] for article in articles}) == 1
            asked += 1
        return asked

    with ThreadPoolExecutor(3) as pool:
        # One looks each time which index serves; one keeps to the first, which goes meanwhile.
        readers = [pool.submit(ask, refresh_s) for refresh_s in (0.0, 0.0, 3600.0)]
        try:
            for name in ("quickly", "slowly", "quickly"):
                reindexed(searched.knowledge(clock=utc_now), *generation(name))
        finally:
            done.set()
        assert all(reader.result() for reader in readers)
    assert found(searched.knowledge(), "parcels travel quickly")[0].startswith("quickly")


@pytest.mark.parametrize("before", [(), (DELIVERY,)], ids=["the very first", "a later one"])
def test_of_two_runs_at_once_one_wins_and_the_other_may_try_again(
    searched: Searched, before: tuple[Any, ...]
) -> None:
    if before:
        reindexed(searched.knowledge(), *before)
    both_were_told = Barrier(2)

    def run(article: Any) -> str:
        knowledge = searched.knowledge()
        knowledge.indexed()
        both_were_told.wait()
        return fill(knowledge, article, embedder=EMBEDDER)

    with ThreadPoolExecutor(2) as pool:
        ended = [pool.submit(run, article) for article in (RETURNS, an_article(id="third"))]
    faults = [one.exception() for one in ended]

    (gave_way,) = (fault for fault in faults if fault is not None)
    assert isinstance(gave_way, Unavailable)  # whichever of its reasons the other one met
    winner = ["returns", "third"][faults.index(None)]
    assert found(searched.knowledge(), "parcels") == [winner]
    assert reindexed(searched.knowledge(), DELIVERY)
    assert found(searched.knowledge(), "parcels") == ["delivery"]


def test_a_run_that_was_overtaken_gives_way(searched: Searched) -> None:
    slow, quick = searched.knowledge(), searched.knowledge()
    for run in (slow, quick):
        run.indexed()
    fill(quick, RETURNS, embedder=EMBEDDER)

    with pytest.raises(Unavailable, match="another reindex was quicker"):
        fill(slow, DELIVERY, embedder=EMBEDDER)
    assert found(searched.knowledge(), "parcels") == ["returns"]


def test_a_run_that_is_overtaken_in_the_last_moment_gives_way(
    searched: Searched, opensearch: str
) -> None:
    fill(searched.knowledge(), DELIVERY, embedder=EMBEDDER)
    client = open_client(opensearch, service="es", timeout_s=30)
    move = client.indices.update_aliases

    def move_too_late(**asked: Any) -> Any:
        fill(searched.knowledge(), RETURNS, embedder=EMBEDDER)
        return move(**asked)

    client.indices.update_aliases = move_too_late
    with pytest.raises(Unavailable, match="another reindex was quicker"):
        fill(searched.knowledge(through=client), an_article(id="third"), embedder=EMBEDDER)
    client.close()
    assert found(searched.knowledge(), "parcels") == ["returns"]
    assert len(searched.indexes) == 2


def test_the_index_that_was_just_replaced_stays_and_what_is_younger_is_never_touched(
    searched: Searched,
) -> None:
    clock = StoppedClock()
    served = []
    for _ in range(3):
        clock.now += timedelta(minutes=1)
        served.append(reindexed(searched.knowledge(clock=clock), DELIVERY))
    assert searched.indexes == served[1:]

    tomorrow = f"{searched.prefix}-20991231"
    searched.client.indices.create(index=tomorrow)  # another run builds it
    clock.now += timedelta(minutes=1)
    served.append(reindexed(searched.knowledge(clock=clock), DELIVERY))
    assert searched.indexes == [*served[2:], tomorrow]


def test_an_index_that_somebody_removed_is_nothing_indexed_and_the_next_run_makes_one(
    searched: Searched,
) -> None:
    version = reindexed(searched.knowledge(), DELIVERY)
    searched.client.indices.delete(index=version)
    reader = searched.knowledge()

    assert reader.fingerprint == ""
    assert reader.indexed() == {}
    assert found(reader, "parcels") == []
    reindexed(reader, RETURNS)
    assert found(searched.knowledge(), "parcels") == ["returns"]


def test_a_question_of_another_size_is_refused_in_words(searched: Searched) -> None:
    fill(searched.knowledge(), DELIVERY, embedder=EMBEDDER)

    with pytest.raises(Rejected, match=r"the question has 2 dimensions.*run the reindex"):
        searched.knowledge().search("parcels", [0.6, 0.8], limit=3, filters=filters())


def test_a_server_that_does_not_answer_is_unavailable() -> None:
    nobody = Searched("http://127.0.0.1:9")

    with pytest.raises(Unavailable, match="OpenSearch cannot be reached"):
        found(nobody.knowledge(), "parcels")


def test_many_chunks_keep_their_hashes_and_vectors(searched: Searched) -> None:
    articles = [an_article(f"Parcel {number} travels.", id=f"a{number}") for number in range(1_203)]
    knowledge = searched.knowledge()
    fill(knowledge, *articles, embedder=EMBEDDER)

    held = searched.knowledge().indexed()
    assert len(held) == len(articles)
    vectors = searched.knowledge().vectors(held)
    assert vectors.keys() == held.keys()
    assert len(found(knowledge, "parcel 77", limit=20)) == 20
