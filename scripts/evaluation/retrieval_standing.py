"""A house with the shipped embedder, offline model and policies, over an index of its own."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deskhand import wiring
from deskhand.adapters.embedded_knowledge import EmbeddedKnowledge
from deskhand.adapters.index_shelves import FolderShelf
from deskhand.ports import utc_now
from scripts.deskhand_cli.memory_house import SETTINGS
from scripts.evaluation.retrieval_house import House
from scripts.evaluation.retrieval_views import RememberingEmbedder


@contextmanager
def standing_house(folder: Path) -> Iterator[House]:
    """A house that stands while the block lasts; the environment is then as it was."""
    before = dict(os.environ)
    os.environ.update(SETTINGS)
    wiring.reset()
    try:
        yield House(
            knowledge=EmbeddedKnowledge(FolderShelf(folder), clock=utc_now),
            embedder=RememberingEmbedder(wiring.embedder()),
            model=wiring.language_model(),
            permissions=wiring.permissions(),
            policy=wiring.policy(),
            now=utc_now(),
        )
    finally:
        wiring.reset()
        os.environ.clear()
        os.environ.update(before)
