"""Looks into the articles as the agent does, for people, over HTTP."""

from collections.abc import Mapping
from typing import Any

from deskhand import wiring
from deskhand.gateway import answer

wiring.before_snapshot(wiring.policy, wiring.embedder)


def handler(event: Mapping[str, Any], _context: object) -> dict[str, Any]:
    """Answers an HTTP request of API Gateway."""
    return answer(event, wiring.search().routes())
