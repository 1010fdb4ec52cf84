"""The files of the built-in helpdesk in memory: the twin for a laptop and for tests."""

from threading import Lock

from deskhand.adapters.kept_files import within


class MemoryFiles:
    """The port `FileShelf`."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: dict[tuple[str, str, str], bytes] = {}

    def keep(self, ticket_id: str, message_id: str, name: str, content: bytes) -> None:
        """Keeps the file in place of any earlier one of that name of that message."""
        with self._lock:
            self._kept[ticket_id, message_id, name] = content

    def content(self, ticket_id: str, message_id: str, name: str, *, max_bytes: int) -> bytes:
        """The file of that name of that message. `Rejected`: there is none, or it is larger."""
        with self._lock:
            found = self._kept.get((ticket_id, message_id, name))
        return within(max_bytes, found, f"file {name!r} of message {message_id}")
