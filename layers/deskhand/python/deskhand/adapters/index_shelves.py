"""Where versions of the index lie, and the pointer that says which of them serves."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Protocol

from deskhand.adapters.s3_objects import S3Objects
from deskhand.errors import Rejected, Unavailable

POINTER = "current"
QUICKER = "another reindex was quicker: run it again, only what changed is embedded"
KEPT = 3
"""How many versions stay: a reader that has just read the pointer must still find its file."""


class Shelf(Protocol):
    """Index files that never change, one a version, and the name of the one that serves."""

    def current(self) -> str:
        """The version that serves; empty before the first."""
        ...

    def fetch(self, version: str) -> bytes:
        """The whole file of a version. `Unavailable`: it is not there any more, since another one
        serves now. `Rejected`: it serves, and is not there."""
        ...

    def publish(self, version: str, content: bytes, *, after: str | None = None) -> None:
        """Keeps the file, then lets it serve in one step; whatever fails before leaves the old
        one serving. Old versions are cleared away afterwards.
        `Unavailable`: something else serves than `after`, if that was given."""
        ...


class FolderShelf:
    """A shelf in a folder of this machine."""

    def __init__(self, path: Path | str) -> None:
        self._path = Path(path)

    def current(self) -> str:
        """The version that serves; empty before the first."""
        pointer = self._path / POINTER
        return pointer.read_text(encoding="ascii").strip() if pointer.exists() else ""

    def fetch(self, version: str) -> bytes:
        """The whole file of a version."""
        try:
            return self._file(version).read_bytes()
        except FileNotFoundError:
            raise _gone(version, serving=self.current()) from None
        except OSError as error:
            raise Unavailable(f"index {version} cannot be read: {error.strerror}") from error

    def publish(self, version: str, content: bytes, *, after: str | None = None) -> None:
        """Keeps the file, then lets it serve in one step."""
        try:
            with self._alone():
                for left in self._path.glob("*.part"):  # by a run that died while it wrote
                    left.unlink()
                self._write(self._file(version), content)
                if after is not None and self.current() != after:
                    raise Unavailable(QUICKER)
                self._write(self._path / POINTER, version.encode("ascii"))
                versions = [file.stem for file in self._path.glob("*.sqlite")]
                for old in _outdated(versions, serving=version):
                    self._file(old).unlink()
        except OSError as error:
            raise Unavailable(f"index {version} cannot be kept: {error.strerror}") from error

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """No other process or thread writes here meanwhile; whoever dies lets the next one in."""
        self._path.mkdir(parents=True, exist_ok=True)
        with (self._path / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _file(self, version: str) -> Path:
        return self._path / f"{version}.sqlite"

    def _write(self, file: Path, content: bytes) -> None:
        with NamedTemporaryFile(dir=self._path, suffix=".part", delete=False) as part:
            try:
                part.write(content)
                part.flush()
                os.fsync(part.fileno())
                os.replace(part.name, file)
            except BaseException:
                os.unlink(part.name)
                raise


class S3Shelf:
    """A shelf in an S3 bucket."""

    def __init__(self, client: Any, bucket: str, prefix: str = "index") -> None:
        self._objects = S3Objects(client, bucket, prefix)

    def current(self) -> str:
        """The version that serves; empty before the first."""
        return (self._objects.get(POINTER) or b"").decode("ascii").strip()

    def fetch(self, version: str) -> bytes:
        """The whole file of a version."""
        content = self._objects.get(f"{version}.sqlite")
        if content is None:
            raise _gone(version, serving=self.current())
        return content

    def publish(self, version: str, content: bytes, *, after: str | None = None) -> None:
        """Keeps the file, then lets it serve in one step."""
        self._objects.put(f"{version}.sqlite", content, content_type="application/vnd.sqlite3")
        self._point(version, after)
        versions = [
            name.removesuffix(".sqlite") for name in self._objects.names() if ".sqlite" in name
        ]
        for old in _outdated(versions, serving=self.current()):
            self._objects.remove(f"{old}.sqlite")

    def _point(self, version: str, after: str | None) -> None:
        new = version.encode("ascii")
        if after is None:
            self._objects.put(POINTER, new, content_type="text/plain")
        elif not self._objects.swap(
            POINTER, after.encode("ascii") or None, new, content_type="text/plain"
        ):
            raise Unavailable(QUICKER)


def _gone(version: str, *, serving: str) -> Exception:
    if version == serving:
        return Rejected(f"index {version} is missing; run the reindex")
    return Unavailable(f"index {version} is not there any more")


def _outdated(versions: list[str], *, serving: str) -> list[str]:
    """All but the newest; names begin with the time at which they were made."""
    return [version for version in sorted(versions)[:-KEPT] if version != serving]
