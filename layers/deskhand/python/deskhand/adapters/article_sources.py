"""Where articles come from: a folder of Markdown files, or those under a prefix of an S3 bucket."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from deskhand.adapters.article_texts import check_document, checked_id, decoded, once_each
from deskhand.adapters.s3_objects import S3Objects
from deskhand.domain.article import Article
from deskhand.errors import Rejected

_FOR_PEOPLE = "readme.md"


class FolderArticles:
    """The Markdown files of a folder and the folders in it; a README is for people."""

    def __init__(self, path: Path | str) -> None:
        self._path = Path(path)

    def articles(self) -> Iterator[Article]:
        """Every article that there is now."""
        if not self._path.is_dir():
            raise Rejected(f"{self._path}: there is no such folder: name the one with the articles")
        files = (file for file in sorted(self._path.rglob("*.md")) if _is_article(file))
        yield from once_each(self._read(file) for file in files)

    def _read(self, file: Path) -> tuple[str, str, str]:
        name = file.relative_to(self._path).as_posix()
        return name, file.stem, decoded(file.read_bytes(), name)


class S3Articles:
    """The documents that were put into a bucket, each an object `<id>.md`."""

    def __init__(self, client: Any, bucket: str, prefix: str = "articles") -> None:
        self._objects = S3Objects(client, bucket, prefix)

    def articles(self) -> Iterator[Article]:
        """Every article that there is now."""
        yield from once_each(self._texts())

    def put(self, article_id: str, text: str) -> None:
        """Keeps one article, if it can be read, in place of any earlier one of that id."""
        check_document(article_id, text)
        self._objects.put(f"{article_id}.md", text.encode(), content_type="text/markdown")

    def get(self, article_id: str) -> str | None:
        """The text as it was put, or None."""
        content = self._objects.get(f"{checked_id(article_id)}.md")
        return None if content is None else decoded(content, article_id)

    def remove(self, article_id: str) -> bool:
        """Takes it away; False: it was not there."""
        name = f"{checked_id(article_id)}.md"
        was_there = self._objects.has(name)
        self._objects.remove(name)
        return was_there

    def _texts(self) -> Iterator[tuple[str, str, str]]:
        for name in self._objects.names():
            content = self._objects.get(name) if name.endswith(".md") else None
            if content is not None:  # None: removed since it was listed
                stem = name.rpartition("/")[2].removesuffix(".md")
                yield name, stem, decoded(content, name)


def _is_article(file: Path) -> bool:
    return file.name.lower() != _FOR_PEOPLE and not file.name.startswith(".")
