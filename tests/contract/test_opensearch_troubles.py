"""What OpenSearch may answer instead of passages, and what we make of it."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from deskhand.adapters.opensearch.building import Builder
from deskhand.adapters.opensearch.client import GoneError, check_answer, open_client, reached
from deskhand.adapters.opensearch.index import DOMAIN, SERVERLESS, Version
from deskhand.adapters.opensearch.pointers import S3Pointer
from deskhand.errors import Rejected, Unavailable
from tests.knowledge import a_bucket, a_chunk

Answer = tuple[int, str]
VERSION = Version(name="kb-1", fingerprint="counting-1", chunks=1, dimensions=2)
MADE = (200, '{"acknowledged": true}')


class Scripted:
    """A server that gives these answers in turn, the last one for ever."""

    def __init__(self) -> None:
        self.answers: list[Answer] = []
        self.heard: list[tuple[str, str, str]] = []
        script = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                script.heard.append((self.command, self.path, body))
                more = len(script.answers) > 1
                status, text = script.answers.pop(0) if more else script.answers[0]
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text.encode())

            do_GET = do_POST = do_PUT = do_DELETE = answer  # noqa: N815

            def log_message(self, format: str, *args: object) -> None:
                return

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.client = open_client(
            f"http://127.0.0.1:{self.server.server_port}", service="es", timeout_s=2
        )


@pytest.fixture
def scripted() -> Iterator[Scripted]:
    one = Scripted()
    thread = threading.Thread(target=one.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield one
    finally:
        one.client.close()
        one.server.shutdown()
        one.server.server_close()
        thread.join()


def refused(status: int, reason: str = "so it is") -> Answer:
    return status, json.dumps({"error": {"type": "some_exception", "reason": reason}})


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_what_is_busy_is_worth_another_try(scripted: Scripted, status: int) -> None:
    scripted.answers = [refused(status)]

    with pytest.raises(Unavailable, match=str(status)), reached():
        scripted.client.search(index="kb", body={})


@pytest.mark.parametrize(
    ("status", "what_to_do"),
    [
        (400, "run the reindex"),
        (401, "has to name this function's role"),
        (403, "has to name this function's role"),
        (405, "its log says more"),
        (413, "too large"),
    ],
)
def test_what_is_refused_says_what_to_do(scripted: Scripted, status: int, what_to_do: str) -> None:
    scripted.answers = [refused(status)]

    with pytest.raises(Rejected, match=f"said {status} .*{what_to_do}"), reached():
        scripted.client.search(index="kb", body={})


def test_what_is_not_there_stays_between_the_adapters(scripted: Scripted) -> None:
    scripted.answers = [refused(404)]

    with pytest.raises(GoneError), reached():
        scripted.client.search(index="kb", body={})


def test_an_answer_that_is_none_is_worth_another_try(scripted: Scripted) -> None:
    scripted.answers = [(200, "<html>please wait</html>")]

    with pytest.raises(Unavailable, match="no answer that can be read"), reached():
        scripted.client.search(index="kb", body={})


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ({"error": {"type": "t", "reason": "r"}, "status": 400}, Rejected),
        ({"error": {"type": "t", "reason": "r"}, "status": 404}, GoneError),
        ({"error": {"type": "t", "reason": "r"}, "status": 429}, Unavailable),
        ({"error": {"type": "t", "reason": "r"}, "status": 503}, Unavailable),
        ({"timed_out": True, "_shards": {"failed": 0}}, Unavailable),
        ({"timed_out": False, "_shards": {"failed": 1}}, Unavailable),
    ],
)
def test_one_of_several_searches_may_fail(answer: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        check_answer(answer)


def bulk_answer(*statuses: int) -> Answer:
    items = [
        {"index": {"status": status, "error": {"type": "some_exception", "reason": "so it is"}}}
        for status in statuses
    ]
    return 200, json.dumps({"errors": True, "items": items})


@pytest.mark.parametrize(
    ("statuses", "error"), [((400,), Rejected), ((503,), Unavailable), ((400, 503), Unavailable)]
)
def test_a_chunk_that_is_not_taken_fails_the_whole_run(
    scripted: Scripted, statuses: tuple[int, ...], error: type[Exception]
) -> None:
    scripted.answers = [MADE, bulk_answer(*statuses)]
    chunks = [a_chunk(id=f"a{number}") for number in range(len(statuses))]

    with pytest.raises(error):
        a_builder(scripted, DOMAIN).build(VERSION, chunks, [[0.6, 0.8]] * len(chunks))


def test_what_was_written_is_waited_for_but_not_for_ever(scripted: Scripted) -> None:
    taken = (200, '{"errors": false, "items": [{"index": {"status": 201}}]}')
    waited: list[float] = []
    scripted.answers = [MADE, taken, (200, '{"count": 0}')]

    with pytest.raises(Unavailable, match="does not show all 1 chunks after 120 s"):
        a_builder(scripted, SERVERLESS, wait=waited.append).build(
            VERSION, [a_chunk()], [[0.6, 0.8]]
        )
    assert sum(waited) == 120


def test_what_is_shown_at_last_is_waited_for_no_longer(scripted: Scripted) -> None:
    taken = (200, '{"errors": false, "items": [{"index": {"status": 201}}]}')
    waited: list[float] = []
    scripted.answers = [MADE, taken, (200, '{"count": 0}'), (200, '{"count": 1}')]

    a_builder(scripted, SERVERLESS, wait=waited.append).build(VERSION, [a_chunk()], [[0.6, 0.8]])

    assert len(waited) == 1


@pytest.mark.parametrize("flavour", [DOMAIN, SERVERLESS], ids=["a domain", "serverless"])
def test_no_request_is_larger_than_a_collection_takes(scripted: Scripted, flavour: Any) -> None:
    scripted.answers = [(200, '{"errors": false, "items": [], "count": 600}')]
    long = a_chunk().model_copy(update={"text": "Parcels travel. " * 1_500})
    vectors = [[0.123456789] * 384] * 600

    a_builder(scripted, flavour).build(VERSION, [long] * 600, vectors)

    sent = [body for _, path, body in scripted.heard if path == "/_bulk"]
    assert sum(len(body) for body in sent) > 2 * (10 << 20)
    assert max(len(body) for body in sent) < 10 << 20
    assert ('"_id"' in sent[0]) is flavour.takes_ids


@pytest.mark.parametrize(("service", "url"), [("es", "https://a"), ("aoss", "https://b")])
def test_what_is_on_aws_is_asked_with_a_signature(
    monkeypatch: pytest.MonkeyPatch, service: Any, url: str
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    client = open_client(url, service=service, timeout_s=1)

    [connection] = client.transport.connection_pool.connections
    headers = connection.http_auth("GET", url, "", {})
    assert f"/eu-west-1/{service}/aws4_request" in headers["Authorization"]
    assert client.transport.hosts == [{"host": url[-1], "port": 443, "use_ssl": True}]


@pytest.mark.parametrize("url", ["http://search.example", "search.example", ""])
def test_nothing_travels_in_the_open(url: str) -> None:
    with pytest.raises(Rejected, match="has to begin with https://"):
        open_client(url, service="es", timeout_s=1)


def test_of_two_pointers_that_read_the_same_only_one_moves() -> None:
    with a_bucket() as s3:
        first, second = S3Pointer(s3, "knowledge", "kb"), S3Pointer(s3, "knowledge", "kb")
        assert first.current() == ""

        first.swap("kb-1", after="")
        with pytest.raises(Unavailable, match="another reindex was quicker"):
            second.swap("kb-2", after="")
        first.swap("kb-3", after="kb-1")
        with pytest.raises(Unavailable, match="another reindex was quicker"):
            second.swap("kb-4", after="kb-1")

        assert second.current() == "kb-3"


def test_a_pointer_that_moves_between_reading_and_writing_is_not_overwritten() -> None:
    with a_bucket() as s3:
        S3Pointer(s3, "knowledge", "kb").swap("kb-1", after="")

        class Overtaken:
            exceptions = s3.exceptions

            def __getattr__(self, name: str) -> Any:
                return getattr(s3, name)

            def put_object(self, **asked: Any) -> Any:
                s3.put_object(Bucket="knowledge", Key="index/kb", Body=b"kb-2")
                return s3.put_object(**asked)

        with pytest.raises(Unavailable, match="another reindex was quicker"):
            S3Pointer(Overtaken(), "knowledge", "kb").swap("kb-3", after="kb-1")
        assert S3Pointer(s3, "knowledge", "kb").current() == "kb-2"


def test_a_pointer_that_was_moved_though_the_answer_was_lost_has_moved() -> None:
    with a_bucket() as s3:

        class AsksTwice:
            exceptions = s3.exceptions

            def __getattr__(self, name: str) -> Any:
                return getattr(s3, name)

            def put_object(self, **asked: Any) -> Any:
                s3.put_object(**asked)
                return s3.put_object(**asked)

        S3Pointer(AsksTwice(), "knowledge", "kb").swap("kb-1", after="")
        assert S3Pointer(s3, "knowledge", "kb").current() == "kb-1"


def a_builder(
    scripted: Scripted, flavour: Any, wait: Callable[[float], None] = lambda _: None
) -> Builder:
    return Builder(scripted.client, "kb", flavour, replicas="0-1", wait=wait)
