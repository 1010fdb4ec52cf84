"""Dead letters in memory: the twin for a laptop and for tests."""

from threading import Lock

from deskhand.domain.dead_letter import DeadLetter


class MemoryDeadLetters:
    """The port `DeadLetters`, behind one lock."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: dict[str, DeadLetter] = {}

    def keep(self, letter: DeadLetter) -> None:
        """Keeps the letter in place of what was kept of it."""
        with self._lock:
            self._kept[letter.id] = letter

    def load(self, letter_id: str) -> DeadLetter | None:
        """The letter, or None."""
        with self._lock:
            return self._kept.get(letter_id)

    def all(self) -> tuple[DeadLetter, ...]:
        """Every letter, oldest first."""
        with self._lock:
            kept = list(self._kept.values())
        return tuple(sorted(kept, key=lambda letter: (letter.sent_at, letter.id)))
