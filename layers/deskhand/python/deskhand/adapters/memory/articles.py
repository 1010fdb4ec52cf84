"""A shelf of articles in this process's memory, for tests and for trying things out."""

from deskhand.adapters.article_files import ArticleFiles
from deskhand.adapters.article_shelf import TextShelf


class MemoryArticles(TextShelf):
    """Documents by name, as they were put."""

    def __init__(self) -> None:
        self._contents: dict[str, bytes] = {}

    def files(self) -> ArticleFiles:
        """What is there now."""
        sizes = {name: len(content) for name, content in self._contents.items()}
        return ArticleFiles(sizes, self._contents.get)

    def keep(self, name: str, content: bytes) -> None:
        """Keeps a file in place of any earlier one of that name."""
        self._contents[name] = content

    def has(self, name: str) -> bool:
        """Whether there is such a file."""
        return name in self._contents

    def load(self, name: str) -> bytes | None:
        """A file's content, or None."""
        return self._contents.get(name)

    def take_away(self, name: str) -> None:
        """Removes a file; one that is not there is fine."""
        self._contents.pop(name, None)
