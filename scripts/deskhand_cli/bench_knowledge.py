"""How long the knowledge base takes in each store, beside the bare library on the same data."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from deskhand.adapters.embedded_knowledge import EmbeddedKnowledge
from deskhand.adapters.index_shelves import FolderShelf
from deskhand.domain.search import Filters
from deskhand.jobs.reindex import reindex
from deskhand.ports import KnowledgeBase, Vector, utc_now
from scripts.deskhand_cli.bench_bare import BareIndex, BareSearch
from scripts.deskhand_cli.bench_base import MadeUpArticles, RandomEmbedder
from scripts.deskhand_cli.bench_embedding import time_the_embedding
from scripts.search_server import ServerMissingError, search_server

LIMIT = 5
WARM_UP, QUESTIONS = 10, 100
FILTERS = Filters(on=date(2026, 11, 21))
PROBE = """\
import json, os, sys
from pathlib import Path
from deskhand.adapters.index_file import Index
from scripts.deskhand_cli.memory_watch import held_mib
content = Path(sys.argv[1]).read_bytes()
before = held_mib(os.getpid())
index = Index("probed", content)
print(json.dumps((held_mib(os.getpid()) - before) * 1.048576))
"""

Report = Callable[[str, int, int], None]
Search = Callable[[str, Vector], object]


@dataclass(frozen=True)
class StoreFigures:
    """One store at one size; a figure that a store does not have is None."""

    store: str
    chunks: int
    p50_ms: float
    p95_ms: float
    bare_p50_ms: float
    bare_p95_ms: float
    ratio: float
    """The median of each question's time over that of the bare library."""
    filled_s: float
    """Cutting, building, checking and swapping, without embedding."""
    unchanged_s: float
    """A second run over the same articles, by a process that has just started."""
    index_mb: float
    memory_mb: float | None


def time_the_knowledge(sizes: Sequence[int], report: Report) -> dict[str, Any]:
    """Searches, fills and memory of both stores at each size, and a reindex beside its embedder."""
    left_out = ""
    stores = [one for size in sizes for one in _embedded(size, report)]
    try:
        with search_server() as url:
            stores += [one for size in sizes for one in _in_opensearch(url, size, report)]
    except ServerMissingError as error:
        left_out = str(error)
    return {
        "stores": [asdict(one) for one in stores],
        "left_out": left_out,
        "embedding": time_the_embedding(report),
    }


def _embedded(size: int, report: Report) -> Iterator[StoreFigures]:
    source, told = MadeUpArticles(size), f"embedded, {size:,} chunks"
    with tempfile.TemporaryDirectory(prefix="deskhand-bench-") as folder:
        shelf = FolderShelf(folder)
        knowledge = EmbeddedKnowledge(shelf, clock=utc_now)
        filled_s = _filled(knowledge, source, report, told)
        unchanged_s = _unchanged(EmbeddedKnowledge(shelf, clock=utc_now), source)
        file = Path(folder) / f"{shelf.current()}.sqlite"
        with BareIndex(file.read_bytes()) as bare:
            yield StoreFigures(
                store="embedded",
                chunks=size,
                **_compared(knowledge, bare, source, report, told),
                filled_s=filled_s,
                unchanged_s=unchanged_s,
                index_mb=round(file.stat().st_size / 1e6, 1),
                memory_mb=_memory_mb(file),
            )


def _in_opensearch(url: str, size: int, report: Report) -> Iterator[StoreFigures]:
    from deskhand.adapters.opensearch.client import open_client
    from deskhand.adapters.opensearch.joining import joined_there
    from deskhand.adapters.opensearch.opening import in_a_domain
    from scripts.deskhand_cli.bench_bare import bare_opensearch

    source, told = MadeUpArticles(size), f"OpenSearch, {size:,} chunks"
    knowledge = in_a_domain(url, utc_now)
    filled_s = _filled(knowledge, source, report, told)
    unchanged_s = _unchanged(in_a_domain(url, utc_now), source)
    client = open_client(url, service="es", timeout_s=30)
    bare, size_mb = bare_opensearch(client, FILTERS)
    stores = {
        "OpenSearch": knowledge,
        "OpenSearch, joined there": in_a_domain(url, utc_now, joined_there),
    }
    for name, store in stores.items():
        yield StoreFigures(
            store=name,
            chunks=size,
            **_compared(store, bare, source, report, told),
            filled_s=filled_s,
            unchanged_s=unchanged_s,
            index_mb=size_mb,
            memory_mb=None,
        )
    client.close()


def _filled(knowledge: KnowledgeBase, source: MadeUpArticles, report: Report, told: str) -> float:
    report(f"{told}: filling", 0, source.chunks)
    with _timed() as taken:
        done = reindex(
            source=source,
            knowledge=knowledge,
            embedder=RandomEmbedder(),
            report=lambda done, total: report(f"{told}: filling", done, total),
        )
    assert done.chunks == source.chunks
    return round(taken[0], 2)


def _unchanged(knowledge: KnowledgeBase, source: MadeUpArticles) -> float:
    with _timed() as taken:
        done = reindex(source=source, knowledge=knowledge, embedder=RandomEmbedder())
    assert done.version == ""
    return round(taken[0], 2)


def _compared(
    knowledge: KnowledgeBase, bare: BareSearch, source: MadeUpArticles, report: Report, told: str
) -> dict[str, float]:
    """Each question is asked of ours and of the bare library, one right after the other."""
    questions = source.questions(WARM_UP + QUESTIONS)
    vectors = RandomEmbedder(seed=source.chunks).embed(questions)
    ours_ms: list[float] = []
    bare_ms: list[float] = []
    for number, (question, vector) in enumerate(zip(questions, vectors, strict=True), start=1):
        search = partial(knowledge.search, question, vector, limit=LIMIT, filters=FILTERS)
        runs: list[tuple[Callable[[], object], list[float]]]
        runs = [(search, ours_ms), (bare.prepared(question, vector), bare_ms)]
        # The second of two finds its data warm, so they take turns at it.
        for run, taken_ms in runs if number % 2 else reversed(runs):
            with _timed() as taken:
                run()
            taken_ms.append(taken[0] * 1000)
        report(f"{told}: asking", number, len(questions))
    ours_ms, bare_ms = ours_ms[WARM_UP:], bare_ms[WARM_UP:]
    return {
        "p50_ms": round(median(ours_ms), 2),
        "p95_ms": round(quantiles(ours_ms, n=20)[-1], 2),
        "bare_p50_ms": round(median(bare_ms), 2),
        "bare_p95_ms": round(quantiles(bare_ms, n=20)[-1], 2),
        "ratio": round(median(a / b for a, b in zip(ours_ms, bare_ms, strict=True)), 2),
    }


def _memory_mb(file: Path) -> float:
    """What a process holds more once it has read the index."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, str(file)],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return round(float(json.loads(done.stdout)), 1)


@contextmanager
def _timed() -> Iterator[list[float]]:
    """Afterwards the list holds the seconds that the block took."""
    taken: list[float] = []
    began_s = time.perf_counter()
    yield taken
    taken.append(time.perf_counter() - began_s)
