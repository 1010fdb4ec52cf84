"""Gives each message of the queue to a turn."""

from collections.abc import Mapping
from typing import Any

from deskhand import wiring
from deskhand.jobs.dispatch import dispatch
from deskhand.queue import in_order


def handler(event: Mapping[str, Any], context: Any) -> dict[str, Any]:
    """Takes a batch of the FIFO queue; a message that fails stops only its own conversation."""
    return in_order(event, context, lambda arrival: dispatch(arrival, turns=wiring.turns()))
