"""Reads documents in a process of its own, so that a parser which hangs or dies harms nobody."""

import os
import select
import subprocess
import sys
import time
from datetime import date
from types import TracebackType
from typing import Any

from deskhand.adapters.documents.frames import frame, parsed_frame, unframed_size
from deskhand.adapters.documents.page import Page
from deskhand.adapters.documents.reading import check_size
from deskhand.errors import Rejected, Unavailable

LONGEST_S = 60.0
"""For one document: the largest that are fine take about ten seconds."""
MEMORY_BYTES = 700_000_000
"""Of the process: what a function of 1 GB has left beside the embedder."""
LONGEST_START_S = 60.0
READER = "deskhand.adapters.documents.reader"
# Lambda's Python finds its own library by this variable, which it would set itself.
_ENVIRONMENT = {"PYTHONUTF8": "1", "LD_LIBRARY_PATH": f"{sys.base_prefix}/lib"}


class DocumentReader:
    """A process that is started for the first document, and anew after one that broke it.

    It knows no secret of ours: its environment is empty but for where Python finds our code.
    """

    def __init__(self, *, longest_s: float = LONGEST_S, memory_bytes: int = MEMORY_BYTES) -> None:
        self._longest_s = longest_s
        self._memory_bytes = memory_bytes
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "DocumentReader":
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._end()

    def read(self, name: str, content: bytes) -> Page:
        """The document as Markdown; `Rejected`: what is wrong with it and what to do;
        `Unavailable`: there is no process to read it."""
        try:
            check_size(len(content))
            answer = self._asked(name, content)
        except ValueError as error:
            raise Rejected(f"{name}: {error}") from error
        if refused := answer.get("refused"):
            raise Rejected(refused)
        dated = {key: date.fromisoformat(day) for key, day in answer["days"].items()}
        return Page(answer["text"], {**answer["fields"], **dated}, tuple(answer["notes"]))

    def _asked(self, name: str, content: bytes) -> dict[str, Any]:
        process = self._process or self._started()
        assert process.stdin is not None
        try:
            process.stdin.write(frame({"name": name}) + frame(content))
            process.stdin.flush()
            return _answer(process, within_s=self._longest_s)
        except TimeoutError as error:
            self._end()
            raise ValueError(
                f"it was not read within {self._longest_s:g} s: split it, or save it anew in a"
                " simpler form"
            ) from error
        except (BrokenPipeError, EOFError) as error:
            self._end()
            raise ValueError(
                "reading it broke the reader: save it anew in a simpler form"
            ) from error

    def _started(self) -> "subprocess.Popen[bytes]":
        """The process, ready to read. A document is not to blame where that cannot be had."""
        command = (sys.executable, "-P", "-m", READER, str(self._memory_bytes))
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_ENVIRONMENT | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                cwd="/",
            )
            _answer(self._process, within_s=LONGEST_START_S)
        except (OSError, EOFError) as error:  # a TimeoutError is an OSError too
            self._end()
            raise Unavailable("the process that reads documents") from error
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.communicate()


def _answer(process: "subprocess.Popen[bytes]", *, within_s: float) -> dict[str, Any]:
    """The next object that it says; TimeoutError, or EOFError where it ends without one."""
    assert process.stdout is not None
    deadline = time.monotonic() + within_s
    got = b""
    while (size := unframed_size(got)) is None or len(got) < size:
        left_s = max(deadline - time.monotonic(), 0)
        ready, _, _ = select.select([process.stdout], [], [], left_s)
        if not ready:
            raise TimeoutError
        piece = os.read(process.stdout.fileno(), 1 << 20)
        if not piece:
            raise EOFError
        got += piece
    return parsed_frame(got)
