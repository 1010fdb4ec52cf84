"""Hands over the conversation of a message that could not be dispatched."""

from collections.abc import Mapping
from typing import Any

from deskhand import wiring
from deskhand.jobs.dead_letters import see_to
from deskhand.queue import letters


def handler(event: Mapping[str, Any], _context: object) -> dict[str, Any]:
    """Takes a batch of the dead-letter queue; one that cannot be handed over yet stays there."""
    return letters(
        event, lambda letter: see_to(letter, kept=wiring.dead_letters(), turns=wiring.turns())
    )
