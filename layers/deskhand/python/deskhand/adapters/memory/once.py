"""What was taken in before, in memory: the twin for a laptop and for tests."""

from collections.abc import Callable
from threading import Lock

from deskhand.errors import Unavailable


class MemoryOnce:
    """The port `Once`: a key whose work failed may be tried again."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._done: set[str] = set()
        self._doing: set[str] = set()

    def do(self, key: str, work: Callable[[], None]) -> None:
        """Does the work unless it was done for this key before."""
        with self._lock:
            if key in self._done:
                return
            if key in self._doing:
                raise Unavailable("this delivery, which is being taken in right now,")
            self._doing.add(key)
        try:
            work()
            self._done.add(key)
        finally:
            self._doing.discard(key)
