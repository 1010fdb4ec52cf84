"""A shelf of articles in this process's memory, for tests and for trying things out."""

from collections.abc import Iterator

from deskhand.adapters.article_texts import check_document, checked_id, once_each
from deskhand.domain.article import Article


class MemoryArticles:
    """Documents by id, as they were put."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def articles(self) -> Iterator[Article]:
        """Every article that there is now."""
        yield from once_each((f"{id}.md", id, text) for id, text in sorted(self._texts.items()))

    def put(self, article_id: str, text: str) -> None:
        """Keeps one article, if it can be read, in place of any earlier one of that id."""
        check_document(article_id, text)
        self._texts[article_id] = text

    def get(self, article_id: str) -> str | None:
        """The text as it was put, or None."""
        return self._texts.get(checked_id(article_id))

    def remove(self, article_id: str) -> bool:
        """Takes it away; False: it was not there."""
        return self._texts.pop(checked_id(article_id), None) is not None
