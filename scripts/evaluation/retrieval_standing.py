"""A house with the shipped embedder, offline model and policies, over an index of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deskhand import wiring
from deskhand.adapters.embedded_knowledge import EmbeddedKnowledge
from deskhand.adapters.index_shelves import FolderShelf
from deskhand.ports import utc_now
from scripts.deskhand_cli.memory_house import SETTINGS, wired
from scripts.evaluation.retrieval_house import House
from scripts.evaluation.retrieval_views import RememberingEmbedder


@contextmanager
def standing_house(folder: Path, *, reranker: str) -> Iterator[House]:
    """A house that stands while the block lasts.

    `reranker` is `none`, or names one as the setting DESKHAND_RERANKER does.
    """
    with wired(SETTINGS | {"DESKHAND_RERANKER": reranker}):
        yield House(
            knowledge=EmbeddedKnowledge(FolderShelf(folder), clock=utc_now),
            embedder=RememberingEmbedder(wiring.embedder()),
            model=wiring.language_model(),
            permissions=wiring.permissions(),
            policy=wiring.policy(),
            now=utc_now(),
            reranker=wiring.reranker(),
            reranker_name=reranker,
        )
