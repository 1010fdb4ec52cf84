"""A circuit breaker: what fails again and again is left alone for a while.

Each warm container learns for itself. To share what is known would cost a read of the table before
every call, and make the table's troubles the model's; a container that learns anew costs the other
side a few calls.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Lock

from deskhand.errors import Rejected, Unavailable
from deskhand.ports import Clock

FAILURES = 3
"""So many in a row open the circuit: what one turn's retries are enough to find out."""
PAUSE = timedelta(seconds=15)
LONGEST_PAUSE = timedelta(minutes=4)


class CircuitBreaker:
    """Counts how often one thing was unavailable in a row, and refuses to ask it for a while.

    When the pause is over one call is let through; its success closes the circuit, its failure
    doubles the pause. `Rejected` is an answer like any other: whoever says no is there.
    """

    def __init__(
        self,
        what: str,
        clock: Clock,
        *,
        failures: int = FAILURES,
        pause: timedelta = PAUSE,
        longest_pause: timedelta = LONGEST_PAUSE,
    ) -> None:
        self._what = what
        self._clock = clock
        self._most = failures
        self._pauses = (pause, longest_pause)
        self._lock = Lock()
        self._failed = 0
        self._closed_until: datetime | None = None
        self._probing = False

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Wraps one call. `Unavailable` at once: it failed too often just now."""
        probe = self._admitted()
        try:
            yield
        except Unavailable:
            self._note(answered=False)
            raise
        except Rejected:
            self._note(answered=True)
            raise
        else:
            self._note(answered=True)
        finally:
            if probe:
                self._probe_is_over()

    def _admitted(self) -> bool:
        """Whether this call is the probe; a call that must not be made is refused."""
        with self._lock:
            if self._closed_until is None:
                return False
            if self._probing or self._clock() < self._closed_until:
                raise Unavailable(
                    f"{self._what}, which failed {self._failed} times in a row and is left alone "
                    f"until {self._closed_until:%H:%M:%S} UTC,"
                )
            self._probing = True
            return True

    def _note(self, *, answered: bool) -> None:
        with self._lock:
            if answered:
                self._failed, self._closed_until = 0, None
                return
            self._failed += 1
            if self._failed >= self._most:
                pause, longest = self._pauses
                doubled = min(self._failed - self._most, 10)
                self._closed_until = self._clock() + min(pause * 2**doubled, longest)

    def _probe_is_over(self) -> None:
        with self._lock:
            self._probing = False
