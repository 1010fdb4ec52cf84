"""Builds the knowledge base anew beside the old one and swaps it in."""

from typing import Any

from aws_lambda_powertools import Logger

from deskhand import wiring
from deskhand.jobs.reindex import reindex

logger = Logger(service="deskhand")


def handler(_event: object, _context: object) -> dict[str, Any]:
    """Indexes what changed; its log says how far it is, and what was wrong with which article."""
    done = reindex(
        source=wiring.article_source(),
        knowledge=wiring.knowledge(),
        embedder=wiring.embedder(),
        begun=wiring.vector_shelf(),
        macros=wiring.policy().macros,
        report=lambda done, total: logger.info("embedding", extra={"done": done, "of": total}),
    ).model_dump(mode="json")
    logger.info("reindexed", extra=done)
    return done
