"""Builds the knowledge base anew beside the old one and swaps it in."""

from typing import Any

from deskhand import wiring
from deskhand.jobs.reindex import reindex


def handler(_event: object, _context: object) -> dict[str, Any]:
    """Indexes what changed, and says how much that was."""
    return reindex(
        source=wiring.article_shelf(),
        knowledge=wiring.knowledge(),
        embedder=wiring.embedder(),
        begun=wiring.vector_shelf(),
        macros=wiring.policy().macros,
    ).model_dump(mode="json")
