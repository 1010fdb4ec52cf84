"""Hands over the conversation of a message that could not be dispatched."""

from collections.abc import Mapping
from typing import Any

from deskhand import wiring
from deskhand.jobs.dispatch import hand_over_poison
from deskhand.queue import letters


def handler(event: Mapping[str, Any], _context: object) -> dict[str, Any]:
    """Takes a batch of the dead-letter queue; one that cannot be handed over yet stays there."""
    return letters(
        event, lambda arrival, why: hand_over_poison(arrival, why=why, turns=wiring.turns())
    )
