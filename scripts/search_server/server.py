"""Starts OpenSearch, and ends it when the last process that uses it is gone, however it went.

The server's standard input is a named pipe that every user of it holds open: when the last one
lets go, or is killed, the server reads the end and stops by itself.
"""

import fcntl
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.local_stack.ports import answers, free_port
from scripts.local_stack.stack import ROOT

HOME = ROOT / ".cache" / "opensearch"
START_TIMEOUT_S = 90
JAVA_OPTIONS = (
    *("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
    *("-Djava.awt.headless=true", "-Dlog4j2.disable.jmx=true", "-Dio.netty.noUnsafe=true"),
    "-Djava.locale.providers=SPI,COMPAT",
)


class ServerMissingError(Exception):
    """OpenSearch cannot be started here; says what to do."""


@contextmanager
def search_server() -> Iterator[str]:
    """The address of an OpenSearch of one's own, empty at first, while the block lasts."""
    with (
        tempfile.TemporaryDirectory(prefix="deskhand-search-", ignore_cleanup_errors=True) as name,
        shared_search_server(Path(name)) as url,
    ):
        yield url


@contextmanager
def shared_search_server(folder: Path) -> Iterator[str]:
    """The address of the OpenSearch that all who name this folder share; the first starts it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        url, held, server = _joined(folder) or _started(folder)
    try:
        yield url
    finally:
        os.close(held)
        if server:  # whoever started it stays until the others have let go, too
            server.wait()


def _joined(folder: Path) -> tuple[str, int, None] | None:
    """The server that runs already, held open; None: none does."""
    try:
        held = os.open(folder / "pipe", os.O_WRONLY | os.O_NONBLOCK)
    except OSError:  # no pipe, or no server that reads it
        return None
    url = (folder / "url").read_text(encoding="ascii")
    if answers(url):
        return url, held, None
    os.close(held)
    return None


def _started(folder: Path) -> tuple[str, int, "subprocess.Popen[bytes]"]:
    pipe, log = folder / "pipe", folder / "server.log"
    pipe.unlink(missing_ok=True)
    os.mkfifo(pipe, 0o600)
    # Without a reader nobody may open a pipe to write, so the reading end comes first; the server
    # has to wait for words in it, which the flag of our opening would forbid.
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    held = os.open(pipe, os.O_WRONLY)
    os.set_blocking(reading, True)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    try:
        with log.open("wb") as output:
            server = subprocess.Popen(
                _command(folder, port), cwd=HOME, stdin=reading, stdout=output, stderr=output
            )
        _wait_until_it_answers(url, server, log)
    except BaseException:
        os.close(held)
        raise
    finally:
        os.close(reading)
    (folder / "url").write_text(url, encoding="ascii")
    return url, held, server


def _command(folder: Path, port: int) -> list[str]:
    java = shutil.which("java")
    if java is None or not (HOME / ".fetched").is_file():
        raise ServerMissingError(
            "OpenSearch is not here: install Java 17 (a JDK) and Maven, then say `make opensearch`"
        )
    return [
        java,
        *JAVA_OPTIONS,
        *("-cp", "classes:lib/*:knn/*:neural/*", "SearchServer"),
        *(str(folder / "node"), str(port)),
    ]


def _wait_until_it_answers(url: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while not answers(url):
        if server.poll() is not None or time.monotonic() > deadline:
            server.kill()
            server.wait()
            raise ServerMissingError(f"OpenSearch did not start: {log.read_text()[-2000:]}")
        time.sleep(0.1)
