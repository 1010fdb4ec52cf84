"""What a reindex takes beside the time of its embedder alone, in the same run."""

import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from deskhand.adapters.embedded_knowledge import EmbeddedKnowledge
from deskhand.adapters.index_shelves import FolderShelf
from deskhand.adapters.minilm_embedder import MiniLmEmbedder
from deskhand.jobs.reindex import reindex
from deskhand.ports import Embedder, utc_now
from scripts.deskhand_cli.bench_base import MadeUpArticles
from scripts.local_stack.stack import LOCAL_PARAMETERS

CHUNKS = 1_000

Report = Callable[[str, int, int], None]


class TimedEmbedder:
    """An embedder, and the seconds that were spent inside it."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.spent_s = 0.0

    @property
    def fingerprint(self) -> str:
        """The embedder's own."""
        return self._embedder.fingerprint

    def embed(self, texts: Sequence[str]) -> Any:
        """What the embedder gives."""
        began_s = time.perf_counter()
        try:
            return self._embedder.embed(texts)
        finally:
            self.spent_s += time.perf_counter() - began_s


def time_the_embedding(report: Report, *, chunks: int = CHUNKS) -> dict[str, float]:
    """A first run over made-up articles with the shipped embedder."""
    told = f"reindexing {chunks:,} chunks with the shipped embedder"
    embedder = TimedEmbedder(MiniLmEmbedder(Path(LOCAL_PARAMETERS["ModelsDir"])))
    with tempfile.TemporaryDirectory(prefix="deskhand-bench-") as folder:
        began_s = time.perf_counter()
        reindex(
            source=MadeUpArticles(chunks),
            knowledge=EmbeddedKnowledge(FolderShelf(folder), clock=utc_now),
            embedder=embedder,
            report=lambda done, total: report(told, done, total),
        )
        whole_s = time.perf_counter() - began_s
    return {
        "chunks": chunks,
        "whole_s": round(whole_s, 2),
        "embedder_s": round(embedder.spent_s, 2),
        "ratio": round(whole_s / embedder.spent_s, 3),
        "chunks_per_s": round(chunks / whole_s, 1),
    }
