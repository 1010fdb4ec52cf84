"""Where articles come from: the documents of a folder, or those under a prefix of an S3 bucket."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from deskhand.adapters.article_files import ArticleFiles, articles_in
from deskhand.adapters.article_shelf import TextShelf
from deskhand.adapters.s3_objects import S3Objects
from deskhand.domain.article import Article, Trouble
from deskhand.errors import Rejected


class FolderArticles:
    """The Markdown, HTML, PDF and DOCX files of a folder and the folders in it."""

    def __init__(self, path: Path | str) -> None:
        self._path = Path(path)

    def articles(self) -> Iterator[Article | Trouble]:
        """Every article that there is now, and what is wrong with the others."""
        if not self._path.is_dir():
            raise Rejected(f"{self._path}: there is no such folder: name the one with the articles")
        found = (file for file in self._path.rglob("*") if file.is_file())
        sizes = {file.relative_to(self._path).as_posix(): file.stat().st_size for file in found}
        yield from articles_in(ArticleFiles(sizes, self._load))

    def _load(self, name: str) -> bytes | None:
        file = self._path / name
        return file.read_bytes() if file.exists() else None


class S3Articles(TextShelf):
    """The documents under a prefix of a bucket: those that were put, each as `<id>.md`, and those
    that people have laid there themselves."""

    def __init__(self, client: Any, bucket: str, prefix: str = "articles") -> None:
        self._objects = S3Objects(client, bucket, prefix)

    def files(self) -> ArticleFiles:
        """What lies there now."""
        return ArticleFiles(self._objects.sizes(), self._objects.get)

    def keep(self, name: str, content: bytes) -> None:
        """Keeps a file in place of any earlier one of that name."""
        self._objects.put(name, content, content_type="text/markdown")

    def has(self, name: str) -> bool:
        """Whether there is such a file."""
        return self._objects.has(name)

    def load(self, name: str) -> bytes | None:
        """A file's content, or None."""
        return self._objects.get(name)

    def take_away(self, name: str) -> None:
        """Removes a file."""
        self._objects.remove(name)
