"""The queue between intake and dispatch in memory: the twin for a laptop and for tests."""

from threading import Lock

from deskhand.domain.ticket import Arrival


class MemoryInbox:
    """The port `Inbox`: what was put, in order, until it is taken."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: list[Arrival] = []
        self._delivery_ids: set[tuple[str, str]] = set()

    def put(self, arrival: Arrival) -> None:
        """Accepts one message; one of a delivery that was put before is dropped."""
        delivery = (arrival.helpdesk, arrival.delivery_id)
        with self._lock:
            if delivery not in self._delivery_ids:
                self._delivery_ids.add(delivery)
                self._waiting.append(arrival)

    def take(self) -> tuple[Arrival, ...]:
        """Everything that waits, oldest first; it waits no longer."""
        with self._lock:
            taken, self._waiting = tuple(self._waiting), []
        return taken
