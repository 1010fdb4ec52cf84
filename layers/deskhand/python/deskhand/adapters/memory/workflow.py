"""The state machine in memory: it runs nothing, and remembers what it was told."""

from dataclasses import dataclass
from threading import Lock
from typing import Literal

from deskhand.domain.turn import Envelope, Turn

Status = Literal["running", "stopped", "unknown"]


@dataclass(frozen=True)
class Started:
    """An execution as it was started."""

    envelope: Envelope
    gather_s: int
    approval_s: int


class MemoryWorkflow:
    """The port `Workflow` for tests, which read `started` and `resumed` and set the status."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._status: dict[str, Status] = {}
        self._parked: set[str] = set()
        self.started: list[Started] = []
        self.resumed: list[tuple[str, Envelope]] = []

    def start(self, turn: Turn, *, gather_s: int, approval_s: int) -> None:
        """Starts the turn's execution; one that was started already is a success."""
        with self._lock:
            if turn.id not in self._status:
                self._status[turn.id] = "running"
                self.started.append(Started(Envelope.of(turn), gather_s, approval_s))

    def status(self, turn_id: str) -> Status:
        """How the turn's execution stands."""
        with self._lock:
            return self._status.get(turn_id, "unknown")

    def resume(self, task_token: str, envelope: Envelope) -> bool:
        """Lets a parked execution go on. False: it no longer waits."""
        with self._lock:
            if task_token not in self._parked:
                return False
            self._parked.remove(task_token)
            self.resumed.append((task_token, envelope))
            return True

    def set_status(self, turn_id: str, status: Status) -> None:
        """From now on the execution stands so."""
        with self._lock:
            self._status[turn_id] = status

    def park(self, task_token: str) -> None:
        """An execution waits with this token."""
        with self._lock:
            self._parked.add(task_token)
