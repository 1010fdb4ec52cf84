"""A stand-in for Anthropic's API and for Claude in Bedrock: a real server on this machine.

`with claude_server(brain) as server` answers what the SDK asks at `server.url` (or, as Bedrock, at
`server.bedrock_url`). The brain is given a request's body and says what the model says: a text, a
value that becomes JSON, or one of `replies`. What `server.next(...)` was told comes first.
"""

import json
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Event, Lock, Thread
from typing import Any

from tests.claude.prompt_cache import PromptCache, tokens_of
from tests.claude.replies import (
    KINDS,
    Answer,
    Breaks,
    Drops,
    Failure,
    HangUp,
    Reply,
    Silence,
    says,
)
from tests.claude.rules import MOST_REQUEST_BYTES, marked, refused
from tests.claude.streams import as_event, events_of

KEY = "sk-ant-a-key-of-the-tests"
IN_BEDROCK = "/anthropic"
SIGNED = "AWS4-HMAC-SHA256 "
FOR_GOOD_S = 10
"""So long a silent server holds on where nobody hangs up."""
Brain = Callable[[dict[str, Any]], object]


@dataclass(frozen=True)
class Seen:
    """One request as it arrived."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]


@dataclass
class ClaudeServer:
    """The stand-in while it runs."""

    url: str
    brain: Brain
    cache: PromptCache
    key: str = KEY
    requests: list[Seen] = field(default_factory=list)
    closing: Event = field(default_factory=Event)
    _next: deque[Reply] = field(default_factory=deque)
    _lock: Lock = field(default_factory=Lock)
    _numbers: Iterator[int] = field(default_factory=count)

    @property
    def bedrock_url(self) -> str:
        """Where it stands for Bedrock."""
        return self.url + IN_BEDROCK

    @property
    def bodies(self) -> list[dict[str, Any]]:
        """What was asked so far."""
        return [seen.body for seen in self.requests]

    def next(self, *replies: Reply) -> None:
        """What is said to the next requests, whatever the brain would say."""
        self._next.extend(replies)

    def forget(self) -> None:
        """Forgets what was asked and what is to be said; the cache stays."""
        self.requests.clear()
        self._next.clear()

    def reply(self, seen: Seen) -> Reply:
        """What is said to a request: the rules first, then what a test wants, then the brain."""
        with self._lock:
            self.requests.append(seen)
            in_bedrock = seen.path.startswith(IN_BEDROCK)
            if not self._is_let_in(seen, in_bedrock=in_bedrock):
                return Failure(401, "invalid x-api-key")
            if turned_down := refused(seen.body, in_bedrock=in_bedrock):
                return Failure(*turned_down)
            if self._next:
                return self._next.popleft()
        said = self.brain(seen.body)
        return said if isinstance(said, Reply) else says(said)

    def message(self, body: dict[str, Any], answer: Answer) -> dict[str, Any]:
        """The answer as the API gives it, with what it used."""
        output = sum(tokens_of(block | {"text": json.dumps(block)}) for block in answer.blocks)
        with self._lock:
            used = self.cache.usage(body)
        return {
            "id": f"msg_{next(self._numbers)}",
            "type": "message",
            "role": "assistant",
            "model": body["model"],
            "content": list(answer.blocks),
            "stop_reason": answer.stop,
            "stop_sequence": None,
            "stop_details": answer.details,
            "usage": used | {"output_tokens": output, "service_tier": "standard"},
        }

    def _is_let_in(self, seen: Seen, *, in_bedrock: bool) -> bool:
        said = seen.headers.get("authorization", "")
        if in_bedrock:
            return said.startswith(SIGNED) and "/bedrock-mantle/" in said
        return said == f"Bearer {self.key}" or seen.headers.get("x-api-key") == self.key


@contextmanager
def claude_server(
    brain: Brain = lambda _: "{}", *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Iterator[ClaudeServer]:
    """A stand-in that listens until the block ends; its prompt cache goes by the clock."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # head and body in one packet, or the other side waits for the second

        def do_POST(self) -> None:
            answered(self, server)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    listener = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listener.daemon_threads = True
    url = f"http://127.0.0.1:{listener.server_address[1]}"
    server = ClaudeServer(url, brain, PromptCache(clock))
    thread = Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        listener.shutdown()
        listener.server_close()
        thread.join()


def answered(line: BaseHTTPRequestHandler, server: ClaudeServer) -> None:
    """Answers one request, in whatever way it is to be answered."""
    length = int(line.headers.get("content-length", "0"))
    raw = line.rfile.read(length)
    if length > MOST_REQUEST_BYTES:
        return _fails(line, Failure(413, "Request exceeds the maximum size"))
    headers = {name.lower(): value for name, value in line.headers.items()}
    seen = Seen(line.path, headers, json.loads(raw))
    if line.path.endswith("/count_tokens"):
        counted = sum(map(tokens_of, marked(seen.body)))
        return _sends(line, 200, json.dumps({"input_tokens": counted}).encode())
    match server.reply(seen):
        case Failure() as failure:
            _fails(line, failure)
        case Silence():
            server.closing.wait(FOR_GOOD_S)
            line.close_connection = True
        case Drops(every_s=every_s):
            _drips(line, server, every_s)
        case HangUp(answer=answer):
            message = json.dumps(server.message(seen.body, answer)).encode()
            _sends(line, 200, message, sent=len(message) // 2)
        case Breaks() as breaks:
            _breaks(line, server, seen, breaks)
        case Answer() as answer if seen.body.get("stream"):
            _streams(line, [*events_of(server.message(seen.body, answer))])
        case Answer() as answer:
            _sends(line, 200, json.dumps(server.message(seen.body, answer)).encode())
    return None


def _sends(
    line: BaseHTTPRequestHandler,
    status: int,
    body: bytes,
    *,
    sent: int | None = None,
    headers: Mapping[str, str] | None = None,
) -> None:
    line.send_response(status)
    named = {"content-type": "application/json", "request-id": "req_stand_in", **(headers or {})}
    for name, value in named.items():
        line.send_header(name, value)
    line.send_header("content-length", str(len(body)))
    line.end_headers()
    line.wfile.write(body[:sent])
    if sent is not None:
        line.close_connection = True


def _fails(line: BaseHTTPRequestHandler, failure: Failure) -> None:
    if failure.page:
        html = {"content-type": "text/html"} | failure.headers
        return _sends(line, failure.status, failure.page.encode(), headers=html)
    error = {"type": KINDS.get(failure.status, "api_error"), "message": failure.message}
    body = {"type": "error", "error": error, "request_id": "req_stand_in"}
    return _sends(line, failure.status, json.dumps(body).encode(), headers=failure.headers)


def _drips(line: BaseHTTPRequestHandler, server: ClaudeServer, every_s: float) -> None:
    line.send_response(200)
    line.send_header("content-type", "application/json")
    line.send_header("content-length", "1000000")
    line.end_headers()
    line.close_connection = True
    try:
        while not server.closing.wait(every_s):
            line.wfile.write(b" ")
            line.wfile.flush()
    except OSError:
        return


def _streams(line: BaseHTTPRequestHandler, events: list[bytes]) -> None:
    line.send_response(200)
    line.send_header("content-type", "text/event-stream")
    line.end_headers()
    for event in events:
        line.wfile.write(event)
    line.close_connection = True


def _breaks(line: BaseHTTPRequestHandler, server: ClaudeServer, seen: Seen, how: Breaks) -> None:
    events = [*events_of(server.message(seen.body, how.answer))][:4]
    if how.overloaded:
        error = {"type": "overloaded_error", "message": "Overloaded"}
        events.append(as_event("error", {"error": error}))
    _streams(line, events)


def a_brain_by_schema(answers: dict[str, object]) -> Brain:
    """A brain that answers by the title of the schema that it is asked for."""

    def brain(body: dict[str, Any]) -> object:
        shape = (body.get("output_config") or {}).get("format") or {}
        return answers[shape.get("schema", {}).get("title", "")]

    return brain
