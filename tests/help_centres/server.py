"""A mock help centre on a port of this machine: real HTTP, and faults for whoever asks for them."""

import json
import threading
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal, Protocol
from urllib.parse import parse_qsl, urlsplit

LONGEST_SILENCE_S = 30.0

FaultKind = Literal[
    "busy",  # 429
    "broken",  # 500
    "silent",  # no answer
    "cut off",  # half an answer
    "no JSON",  # an answer in another language
    "elsewhere",  # a redirect
    "locked out",  # 401
    "forbidden",  # 403
    "nothing there",  # 404
]
STATUS = {"busy": 429, "broken": 500, "locked out": 401, "forbidden": 403, "nothing there": 404}


class Vendor(Protocol):
    """What a vendor answers when nothing goes wrong."""

    authorization: str

    def answer(self, path: str, query: Mapping[str, str]) -> tuple[int, Any]:
        """The status and what is in the body; whoever is asked strangely says so with an
        AssertionError."""
        ...


class HelpCentreServer:
    """The server with what it was asked, and what it will do wrong."""

    def __init__(self, vendor: Vendor) -> None:
        self.vendor = vendor
        self.address = ""
        self.asked: list[str] = []
        """The path and query of every request."""
        self.headers: list[dict[str, str]] = []
        self.strange: list[str] = []
        """What the vendor would not have understood of us."""
        self.faults: deque[tuple[FaultKind, dict[str, str]]] = deque()
        self.fine_before_faults = 0
        """How many requests more go well, before the faults come."""
        self.over = threading.Event()

    def go_wrong(self, *kinds: FaultKind, after: int = 0, **headers: str) -> None:
        """The next requests go wrong, one for each of these, after so many that do not."""
        self.fine_before_faults = after
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.faults.extend((kind, named) for kind in kinds)

    def fault(self) -> tuple[FaultKind, dict[str, str]] | None:
        """What goes wrong with this request."""
        if self.faults and self.fine_before_faults:
            self.fine_before_faults -= 1
            return None
        return self.faults.popleft() if self.faults else None


class _Handler(BaseHTTPRequestHandler):
    centre: HelpCentreServer

    def do_GET(self) -> None:
        centre = self.centre
        centre.asked.append(self.path)
        centre.headers.append({name.lower(): value for name, value in self.headers.items()})
        if self.headers.get("authorization") != centre.vendor.authorization:
            return self._send(401, {"error": "Couldn't authenticate you"})
        if (fault := centre.fault()) is not None:
            return self._fail(*fault)
        parts = urlsplit(self.path)
        try:
            return self._send(*centre.vendor.answer(parts.path, dict(parse_qsl(parts.query))))
        except AssertionError as error:
            centre.strange.append(f"{self.path}: {error}")
            return self._send(400, {"error": "BadRequest"})

    def log_message(self, *_: Any) -> None:
        """Keeps silent."""

    def _fail(self, kind: FaultKind, headers: dict[str, str]) -> None:
        if kind in STATUS:
            return self._send(STATUS[kind], {"error": kind}, headers)
        if kind == "elsewhere":
            return self._send(302, {}, {"location": f"{self.centre.address}/"})
        if kind == "no JSON":
            return self._send(200, None, raw=b"<html>")
        if kind == "cut off":
            self.send_response(200)
            self.send_header("content-length", "1000")
            self.end_headers()
            self.wfile.write(b'{"articles": [{"id": 1')
            return None
        self.centre.over.wait(LONGEST_SILENCE_S)  # until the test is over
        return None

    def _send(
        self,
        status: int,
        answer: Any,
        headers: dict[str, str] | None = None,
        raw: bytes | None = None,
    ) -> None:
        data = json.dumps(answer).encode() if raw is None else raw
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@contextmanager
def serving(vendor: Vendor) -> Iterator[HelpCentreServer]:
    """A help centre that is up; at the end it must have understood everything that it was asked."""
    centre = HelpCentreServer(vendor)
    handler = type("Handler", (_Handler,), {"centre": centre})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = False  # closing waits for them
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    centre.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield centre
    finally:
        centre.over.set()
        server.shutdown()
        thread.join()
        server.server_close()
    assert centre.strange == []
