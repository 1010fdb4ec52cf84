"""A shelf of articles over files of any kind: what is put there is kept as Markdown by its id."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping

from deskhand.adapters.article_files import ArticleFiles, articles_in
from deskhand.adapters.article_texts import as_markdown, check_document, checked_id, named
from deskhand.adapters.documents.apart import DocumentReader
from deskhand.adapters.documents.page import typed
from deskhand.domain.article import Article, Trouble
from deskhand.errors import Rejected

LONGEST_PUT_S = 20.0
"""Whoever puts a document waits for the answer, and API Gateway waits for 30 seconds."""
MEMORY_TO_PUT_BYTES = 350_000_000
"""What a function of 512 MB has left to read it with."""


class TextShelf(ABC):
    """Articles by id, each in a file `<id>.md`."""

    @abstractmethod
    def files(self) -> ArticleFiles:
        """What lies there now."""

    @abstractmethod
    def keep(self, name: str, content: bytes) -> None:
        """Keeps a file in place of any earlier one of that name."""

    @abstractmethod
    def has(self, name: str) -> bool:
        """Whether there is such a file."""

    @abstractmethod
    def load(self, name: str) -> bytes | None:
        """A file's content, or None."""

    @abstractmethod
    def take_away(self, name: str) -> None:
        """Removes a file."""

    def articles(self) -> Iterator[Article | Trouble]:
        """Every article that there is now, and what is wrong with the others."""
        yield from articles_in(self.files())

    def put(self, article_id: str, text: str) -> None:
        """Keeps one article, if it can be read, in place of any earlier one of that id."""
        check_document(article_id, text)
        self.keep(f"{article_id}.md", text.encode())

    def put_document(
        self, article_id: str, content: bytes, *, suffix: str, said: Mapping[str, str]
    ) -> tuple[str, ...]:
        """Keeps a document of any kind as Markdown; gives what a person should look at."""
        name = f"{checked_id(article_id)}{suffix}"
        keys = {key: typed(value) for key, value in said.items()}
        with DocumentReader(longest_s=LONGEST_PUT_S, memory_bytes=MEMORY_TO_PUT_BYTES) as reader:
            try:
                text, notes = as_markdown(name, content, said=keys, read=reader.read)
            except ValueError as error:
                raise Rejected(named(name, error)) from error
        more = check_document(article_id, text)
        self.keep(f"{article_id}.md", text.encode())
        return (*notes, *more)

    def get(self, article_id: str) -> str | None:
        """The text as it was put, or None."""
        content = self.load(f"{checked_id(article_id)}.md")
        return None if content is None else content.decode("utf-8", "replace")

    def remove(self, article_id: str) -> bool:
        """Takes it away; False: it was not there."""
        name = f"{checked_id(article_id)}.md"
        was_there = self.has(name)
        self.take_away(name)
        return was_there
