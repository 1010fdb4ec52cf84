"""The clock, so that tests can tell the time."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time, so that tests can."""

    def __call__(self) -> datetime:
        """Now, with its zone."""
        ...


def utc_now() -> datetime:
    """The clock of this machine."""
    return datetime.now(UTC)
