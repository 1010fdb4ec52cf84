"""The mock Zendesk on a port of this machine: real HTTP, and faults for whoever asks for them."""

import base64
import json
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal
from urllib.parse import parse_qsl, urlsplit

from tests.helpdesks.zendesk_rules import operation, wrong_with
from tests.helpdesks.zendesk_state import GROUPS, US, RefusedError, ZendeskState

AGENT, TOKEN = "deskhand@example.com", "t0ken"
LONGEST_SILENCE_S = 30.0

FaultKind = Literal[
    "busy",  # 429
    "broken",  # 500, and nothing was done
    "broken but saved",  # 500, although it was done
    "silent",  # no answer, and nothing was done
    "silent but saved",  # no answer, although it was done
    "cut off",  # half an answer, although it was done
    "elsewhere",  # a redirect
    "locked out",  # 401
]
SAVED = {"broken but saved", "silent but saved", "cut off"}


@dataclass(frozen=True)
class Fault:
    """What goes wrong with the next request of this method."""

    kind: FaultKind
    method: str = "PUT"
    retry_after: str = ""


@dataclass
class ZendeskServer:
    """The server with its state, what it was asked, and what it will do wrong."""

    state: ZendeskState = field(default_factory=ZendeskState)
    address: str = ""
    page_size: int = 100
    asked: list[tuple[str, str, Any]] = field(default_factory=list)
    """Every request: its method, its path with the query, its body."""
    strange: list[str] = field(default_factory=list)
    """What Zendesk would not have understood of us."""
    faults: deque[Fault] = field(default_factory=deque)
    meanwhile: deque[Callable[[], object]] = field(default_factory=deque)
    """What others do in the moment before each of the next writes."""
    happened: Counter[str] = field(default_factory=Counter)
    """How often which fault has come to pass."""
    over: threading.Event = field(default_factory=threading.Event)
    files: dict[str, bytes] = field(default_factory=dict)
    """What lies behind attachments, by their path."""
    stored_with: dict[str, str] = field(default_factory=dict)
    """What else the place where files lie says of them."""
    told: list[str] = field(default_factory=list)
    """Who asked for a file where it lies, as they said."""

    def attach(self, name: str, content: bytes, **bent: Any) -> dict[str, Any]:
        """An attachment as a comment names it, whose content can be fetched."""
        path = f"/attachments/token/{len(self.files) + 1}/{name}"
        self.files[path] = content
        return {
            "file_name": name,
            "content_type": "image/jpeg",
            "size": len(content),
            "content_url": f"{self.address}{path}",
            "malware_scan_result": "malware_not_found",
        } | bent

    @property
    def writes(self) -> list[Any]:
        """The bodies of the updates that were asked for."""
        return [body for method, _, body in self.asked if method == "PUT"]

    def go_wrong(self, *kinds: FaultKind, method: str = "PUT", retry_after: str = "") -> None:
        """The next requests of that method go wrong, one for each of these."""
        self.faults.extend(Fault(kind, method, retry_after) for kind in kinds)

    def fault_for(self, method: str) -> Fault | None:
        """What goes wrong with this request."""
        if self.faults and self.faults[0].method == method:
            return self.faults.popleft()
        return None

    def answer(self, method: str, target: str, body: Any) -> tuple[int, Any]:
        """What Zendesk answers when nothing goes wrong."""
        parts = urlsplit(target)
        query = dict(parse_qsl(parts.query))
        found = operation(method, parts.path)
        if found is None:
            self.strange.append(f"{method} {parts.path}")
            return 404, {"error": "InvalidEndpoint", "description": "Not found"}
        if wrong := wrong_with(found[0], list(query), body):
            self.strange.append(wrong)
            return 400, {"error": "BadRequest", "description": wrong}
        try:
            return 200, self._found(method, parts.path, found[1].get("ticket_id", 0), query, body)
        except RefusedError as refusal:
            return refusal.status, refusal.body

    def _found(
        self, method: str, path: str, ticket_id: int, query: dict[str, str], body: Any
    ) -> Any:
        state = self.state
        if method == "PUT":
            return state.update(ticket_id, body["ticket"], by=US)
        if path.endswith("/me"):
            return {"user": state.users[US]}
        if path.endswith("/groups"):
            groups = [{"id": id_, "name": name} for id_, name in GROUPS.items()]
            return self._page("groups", groups, query)
        ticket = state.ticket(ticket_id)
        if path.endswith("/audits"):
            return self._page("audits", state.audits[ticket_id], query)
        if path.endswith("/comments"):
            page = self._page("comments", state.comments[ticket_id], query)
            authors = {comment["author_id"] for comment in page["comments"]}
            return page | {"users": [state.users[id_] for id_ in authors if id_ in state.users]}
        named = {ticket["requester_id"], ticket["assignee_id"]}
        return {
            "ticket": ticket,
            "users": [state.users[id_] for id_ in named if id_ in state.users],
            "groups": [{"id": i, "name": n} for i, n in GROUPS.items() if i == ticket["group_id"]],
        }

    def _page(self, name: str, things: list[Any], query: dict[str, str]) -> dict[str, Any]:
        start = int(query.get("page[after]", "0"))
        end = start + min(self.page_size, int(query.get("page[size]", "100")))
        more = end < len(things)
        meta = {"has_more": more, "after_cursor": str(end) if more else None}
        return {name: things[start:end], "meta": meta}


class _Handler(BaseHTTPRequestHandler):
    zendesk: ZendeskServer

    def do_GET(self) -> None:
        self._answer()

    def do_PUT(self) -> None:
        self._answer()

    def log_message(self, *_: Any) -> None:
        """Keeps silent."""

    def _answer(self) -> None:
        zendesk = self.zendesk
        length = int(self.headers.get("content-length") or 0)
        body = json.loads(self.rfile.read(length)) if length else None
        if self.path.startswith("/stored/"):
            return self._send_stored()
        zendesk.asked.append((self.command, self.path, body))
        fault = zendesk.fault_for(self.command)
        wanted = base64.b64encode(f"{AGENT}/token:{TOKEN}".encode()).decode()
        if self.headers.get("authorization") != f"Basic {wanted}":
            return self._send(401, {"error": "Couldn't authenticate you"})
        if self.path in zendesk.files and fault is None:
            return self._send(302, {}, {"location": f"{zendesk.address}/stored{self.path}"})
        if self.command == "PUT" and zendesk.meanwhile:
            zendesk.meanwhile.popleft()()
        if fault is None or fault.kind in SAVED:
            status, answer = zendesk.answer(self.command, self.path, body)
        if fault is None:
            return self._send(status, answer)
        return self._fail(fault)

    def _send_stored(self) -> None:
        """Where files lie anybody who knows the place is given them, and nobody is asked who."""
        self.zendesk.told.append(self.headers.get("authorization") or "nobody")
        content = self.zendesk.files[self.path.removeprefix("/stored")]
        self.send_response(200)
        for name, value in self.zendesk.stored_with.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _fail(self, fault: Fault) -> None:
        self.zendesk.happened[fault.kind] += 1
        if fault.kind == "busy":
            headers = {"retry-after": fault.retry_after} if fault.retry_after else {}
            return self._send(429, {"error": "TooManyRequests"}, headers)
        if fault.kind.startswith("broken"):
            return self._send(500, {"error": "InternalError"})
        if fault.kind == "elsewhere":
            return self._send(302, {}, {"location": f"{self.zendesk.address}/api/v2/users/me"})
        if fault.kind == "locked out":
            return self._send(401, {"error": "Couldn't authenticate you"})
        if fault.kind == "cut off":
            self.send_response(200)
            self.send_header("content-length", "1000")
            self.end_headers()
            self.wfile.write(b'{"ticket": {"id": 1')
            return None
        self.zendesk.over.wait(LONGEST_SILENCE_S)  # until the test is over
        return None

    def _send(self, status: int, answer: Any, headers: dict[str, str] | None = None) -> None:
        data = json.dumps(answer).encode()
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@contextmanager
def zendesk_server() -> Iterator[ZendeskServer]:
    """A Zendesk that is up; at the end it must have understood everything that it was asked."""
    zendesk = ZendeskServer()
    handler = type("Handler", (_Handler,), {"zendesk": zendesk})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = False  # closing waits for them
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    zendesk.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield zendesk
    finally:
        zendesk.over.set()
        server.shutdown()
        thread.join()
        server.server_close()
    assert zendesk.strange == []
