"""Takes what a helpdesk or a customer sends and puts it in the queue."""

from collections.abc import Mapping
from typing import Any

from deskhand import wiring
from deskhand.gateway import answer


def handler(event: Mapping[str, Any], _context: object) -> dict[str, Any]:
    """Answers an HTTP request of API Gateway."""
    return answer(event, wiring.intake().routes())
