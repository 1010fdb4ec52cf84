"""A request ends within its time, however the other side spreads its silence over it."""

from collections.abc import Iterator

import httpx2
import pytest

from deskhand.adapters.models.claude.in_time import LEAST_S, UNTIL, InTime
from tests.claude.asking import Seconds


def a_request(limit_s: float = 10.0, connect_s: float = 5.0) -> httpx2.Request:
    limits = httpx2.Timeout(limit_s, connect=connect_s).as_dict()
    return httpx2.Request("POST", "https://api.example/", extensions={"timeout": limits})


def test_each_step_has_what_is_left_and_never_more_than_its_own_limit() -> None:
    seconds, request = Seconds(), a_request()
    InTime(seconds).begins(request)
    step, limits = request.extensions["trace"], request.extensions["timeout"]

    seconds.now_s += 2
    step("connection.start_tls.started", {})
    assert (limits["connect"], limits["read"]) == (5.0, 8.0)
    seconds.now_s += 4.5
    step("http11.receive_response_headers.started", {})
    assert limits["read"] == 3.5
    seconds.now_s += 9
    step("http11.receive_response_body.started", {})
    assert limits["read"] == LEAST_S


def test_an_answer_in_drops_is_cut_off_when_its_time_is_over() -> None:
    seconds, request, closed = Seconds(), a_request(), []
    in_time = InTime(seconds)
    in_time.begins(request)

    class Slow(httpx2.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            for _ in range(100):
                seconds.now_s += 3
                yield b" "

        def close(self) -> None:
            closed.append(True)

    response = httpx2.Response(200, request=request, stream=Slow())
    in_time.ends(response)
    with pytest.raises(httpx2.ReadTimeout):
        response.read()
    assert seconds.now_s == request.extensions[UNTIL] + 2
    response.close()
    assert closed


def test_an_answer_in_time_is_whole() -> None:
    seconds, request = Seconds(), a_request()
    in_time = InTime(seconds)
    in_time.begins(request)
    response = httpx2.Response(200, request=request, stream=httpx2.ByteStream(b"Hello"))
    in_time.ends(response)
    assert response.read() == b"Hello"


def test_the_client_asks_before_each_step_how_long_it_may_take() -> None:
    """Else the limits above would be shortened for nobody."""
    from deskhand.adapters.models.claude.doors import load_sdk
    from tests.claude.server import claude_server

    steps: list[str] = []

    def begins(request: httpx2.Request) -> None:
        request.extensions["trace"] = lambda step, _: steps.append(step)

    http = load_sdk().DefaultHttpxClient(event_hooks={"request": [begins]})
    with claude_server() as server, http:
        http.post(f"{server.url}/v1/messages/count_tokens", json={"messages": []})
    started = [step.split(".")[-2] for step in steps if step.endswith("started")]
    assert started[:4] == [
        "connect_tcp",
        "send_request_headers",
        "send_request_body",
        "receive_response_headers",
    ]
