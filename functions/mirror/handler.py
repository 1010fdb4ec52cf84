"""Mirrors what help centres publish, for the reindex to read."""

from typing import Any

from aws_lambda_powertools import Logger

from deskhand import wiring
from deskhand.jobs.mirror import mirror_all

logger = Logger(service="deskhand")


def handler(_event: object, _context: object) -> dict[str, Any]:
    """Mirrors each help centre; its log says what changed, and what was wrong with which page."""
    done = mirror_all(
        wiring.help_centres(),
        reindexing=wiring.reindexing(),
        clock=wiring.clock(),
        report=lambda one: logger.info("mirrored", extra=one.model_dump(mode="json")),
    )
    return {"help_centres": [one.source for one in done]}
