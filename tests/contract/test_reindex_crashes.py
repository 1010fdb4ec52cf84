"""A reindex that dies at any of its calls leaves the old index serving; the next one finishes."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from deskhand.adapters.embedded_knowledge import EmbeddedKnowledge
from deskhand.adapters.index_shelves import KEPT, FolderShelf, S3Shelf, Shelf
from deskhand.adapters.memory.articles import MemoryArticles
from deskhand.adapters.memory.vectors import MemoryVectorShelf
from deskhand.adapters.vector_shelf import S3VectorShelf
from deskhand.jobs import reindex as job
from deskhand.jobs.reindex import Reindexed, reindex
from deskhand.ports import VectorShelf
from tests.builders import StoppedClock
from tests.contract.crashing import Crash, Lifeline, Mortal, mortal_client
from tests.knowledge import CountingEmbedder, a_bucket, filters

OLD = {"delivery": "Two to four days.", "returns": "Within 30 days."}
NEW = {"delivery": "Two to four days.", **{f"page-{n}": f"After {n} days." for n in range(5)}}


class Base:
    """One knowledge base, whoever reads or builds it: a shelf, and what runs have begun with."""

    def __init__(
        self,
        shelf: Shelf,
        begun: VectorShelf,
        files: Callable[[], list[str]],
        mortal: Callable[[Lifeline], AbstractContextManager[None]],
    ) -> None:
        self.shelf = shelf
        self.files = files
        self._begun = begun
        self._mortal = mortal

    def run(
        self,
        pages: dict[str, str],
        lifeline: Lifeline | None = None,
        embedder: CountingEmbedder | None = None,
    ) -> Reindexed:
        """A reindex by a process of its own; with a lifeline one that dies."""
        source = MemoryArticles()
        for name, text in pages.items():
            source.put(name, f"# {name}\n\n{text}\n")
        ports = {
            "source": source,
            "knowledge": EmbeddedKnowledge(self.shelf, clock=StoppedClock()),
            "embedder": embedder or CountingEmbedder(),
            "begun": self._begun,
        }
        if lifeline:
            ports = {name: Mortal(port, lifeline) for name, port in ports.items()}
        with self._mortal(lifeline) if lifeline else nullcontext():
            return reindex(**ports)

    def texts(self) -> set[str]:
        """All that a process that has just started finds."""
        knowledge = EmbeddedKnowledge(self.shelf, clock=StoppedClock())
        [vector] = CountingEmbedder().embed(["days"])
        found = knowledge.search("days", vector, limit=99, filters=filters())
        return {passage.text for passage in found}


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two chunks a part, so that a run over a few pages leaves something half done."""
    monkeypatch.setattr(job, "BATCH", 1)
    monkeypatch.setattr(job, "PART", 2)


@pytest.fixture(params=["folder", "s3"])
def fresh_base(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Base]]:
    numbers = count()
    if request.param == "folder":
        yield lambda: _in_a_folder(tmp_path / str(next(numbers)))
        return
    with a_bucket() as client:
        yield lambda: _in_a_bucket(client, f"base-{next(numbers)}")


def _in_a_folder(path: Path) -> Base:
    def files() -> list[str]:
        return [file.name for file in path.iterdir()]

    return Base(FolderShelf(path), MemoryVectorShelf(), files, _mortal_disk)


def _in_a_bucket(client: Any, prefix: str) -> Base:
    def files() -> list[str]:
        listed = client.list_objects_v2(Bucket="knowledge", Prefix=f"{prefix}/")
        return [one["Key"].removeprefix(f"{prefix}/") for one in listed.get("Contents", [])]

    return Base(
        S3Shelf(client, "knowledge", prefix),
        S3VectorShelf(client, "knowledge", f"{prefix}/embedded"),
        files,
        lambda lifeline: mortal_client(client, lifeline),
    )


@contextmanager
def _mortal_disk(lifeline: Lifeline) -> Iterator[None]:
    """What changes a disk counts, before and after; a killed process tidies nothing up."""
    with pytest.MonkeyPatch.context() as patching:
        for name in ("replace", "fsync", "unlink"):
            patching.setattr(os, name, _counted(getattr(os, name), name, lifeline))
        yield


def _counted(does: Callable[..., Any], name: str, lifeline: Lifeline) -> Callable[..., Any]:
    def counted(*args: Any, **more: Any) -> Any:
        lifeline.call(f"before {name}")
        given = does(*args, **more)
        lifeline.call(f"after {name}")
        return given

    return counted


def test_wherever_a_run_dies_one_index_serves_whole_and_the_next_run_finishes(fresh_base):
    deaths: list[str] = []
    went_on = 0
    for calls in count():
        base, lifeline = fresh_base(), Lifeline(calls)
        base.run(OLD)
        serving = base.shelf.current()
        try:
            base.run(NEW, lifeline)
        except Crash:
            deaths.append(lifeline.died_at)
        swapped = base.shelf.current() != serving
        assert base.texts() == set((NEW if swapped else OLD).values()), lifeline.died_at

        again = base.run(NEW)

        assert base.texts() == set(NEW.values()), lifeline.died_at
        assert again.embedded + again.kept == again.chunks == len(NEW)
        went_on += again.version != "" and again.kept > 1
        left = [name for name in base.files() if name not in ("current", "lock")]
        assert all(name.endswith(".sqlite") for name in left), (lifeline.died_at, left)
        assert len(left) <= KEPT
        if not lifeline.died_at:
            break

    assert {"before embed", "after embed", "before put", "after replace"} <= set(deaths)
    assert went_on, "no second run had the use of what the first one had embedded"


def test_a_run_that_dies_again_and_again_still_gets_further_each_time(fresh_base):
    base = fresh_base()
    many = {f"page-{n}": f"After {n} days." for n in range(20)}

    class Failing(CountingEmbedder):
        def embed(self, texts):
            if len(self.batches) == 5:
                raise Crash
            return super().embed(texts)

    embedders = []
    for _ in range(5):
        embedders.append(Failing())
        with suppress(Crash):
            base.run(many, embedder=embedders[-1])

    assert [len(embedder.batches) for embedder in embedders] == [5, 5, 5, 5, 4]
    assert base.texts() == set(many.values())
