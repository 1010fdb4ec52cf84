"""Finishes whatever has no ending, each minute."""

from typing import Any

from deskhand import wiring
from deskhand.jobs.settle import settle


def handler(_event: object, _context: object) -> dict[str, Any]:
    """Sweeps once, and says what was found."""
    return settle(wiring.turns()).model_dump(mode="json")
