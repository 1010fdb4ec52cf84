"""Gives each message of the queue to a turn."""

from collections.abc import Mapping
from typing import Any

from deskhand import wiring
from deskhand.jobs.dispatch import take
from deskhand.queue import in_order


def handler(event: Mapping[str, Any], context: Any) -> dict[str, Any]:
    """Takes a batch of the FIFO queue; a message that fails stops only its own conversation."""
    turns, codes = wiring.turns(), wiring.codes()
    return in_order(event, context, lambda arrival: take(arrival, turns=turns, codes=codes))
