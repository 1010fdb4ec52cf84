"""A help centre in this process's memory, for tests and for trying things out."""

from collections.abc import Iterator

from deskhand.domain.help_centre import HelpCentreChanges, HelpPage


class MemoryHelpCentre:
    """Pages by id; it counts its changes, and a cursor is how many there were."""

    def __init__(self) -> None:
        self._pages: dict[str, tuple[int, HelpPage | None]] = {}
        self._count = 0

    def publish(self, page: HelpPage) -> None:
        """Everybody who may read it sees this now."""
        self._count += 1
        self._pages[page.id] = (self._count, page)

    def unpublish(self, page_id: str) -> None:
        """It is a draft again."""
        self._count += 1
        self._pages[page_id] = (self._count, None)

    def archive(self, page_id: str) -> None:
        """It is there no more, and nobody is told."""
        del self._pages[page_id]

    def changed_since(self, cursor: str) -> Iterator[HelpCentreChanges]:
        """What changed after so many changes, or everything."""
        since = int(cursor or "0")
        new = {id_: page for id_, (count, page) in self._pages.items() if count > since}
        yield HelpCentreChanges(
            pages=tuple(page for page in new.values() if page is not None),
            gone=tuple(id_ for id_, page in new.items() if page is None),
            cursor=str(self._count),
        )
