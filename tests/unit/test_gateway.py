"""HTTP events in and responses out."""

import base64
import json
from typing import Any

import pytest

from deskhand.domain.web import Answer, Request
from deskhand.errors import Rejected, Unavailable
from deskhand.gateway import LARGEST_ANSWER_BYTES, answer, read_request


def an_event(**bent: Any) -> dict[str, Any]:
    given = {
        "version": "2.0",
        "routeKey": "POST /webhooks/{helpdesk}",
        "headers": {"X-Signed": "yes"},
        "pathParameters": {"helpdesk": "inbox%3A1"},
        "body": "{}",
        "isBase64Encoded": False,
    }
    return given | bent


def test_a_request_keeps_the_raw_body_that_was_signed() -> None:
    raw = '{"a":  "ü"}'
    plain = read_request(an_event(body=raw))
    coded = read_request(
        an_event(body=base64.b64encode(raw.encode()).decode(), isBase64Encoded=True)
    )
    assert plain.body == coded.body == raw.encode()
    assert plain.headers == {"x-signed": "yes"}
    assert plain.path == {"helpdesk": "inbox:1"}


def test_a_request_without_a_body_or_headers_is_read() -> None:
    event = an_event(body=None, headers=None, pathParameters=None, queryStringParameters=None)
    assert read_request(event) == Request(route="POST /webhooks/{helpdesk}")


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (Rejected("there is no such thing"), 400, "there is no such thing"),
        (Unavailable("the queue"), 503, "the queue is not available"),
    ],
)
def test_an_error_is_told_with_a_status(error: Exception, status: int, words: str) -> None:
    def fails(_request: Request) -> Answer:
        raise error

    response = answer(an_event(), {"POST /webhooks/{helpdesk}": fails})
    assert response["statusCode"] == status
    assert words in json.loads(response["body"])["error"]


def test_a_page_is_sent_as_html_that_nobody_keeps() -> None:
    routes = {"POST /webhooks/{helpdesk}": lambda _: Answer(status=200, page="<p>hello</p>")}
    response = answer(an_event(), routes)
    assert response["headers"]["content-type"].startswith("text/html")
    assert response["headers"]["cache-control"] == "no-store"
    assert response["body"] == "<p>hello</p>"


def test_an_answer_that_lambda_would_refuse_to_give_is_refused_with_its_size() -> None:
    longest = LARGEST_ANSWER_BYTES - 1_000

    def says(length: int) -> dict[str, Any]:
        said = Answer(status=200, body={"text": "x" * length})
        return answer(an_event(), {"POST /webhooks/{helpdesk}": lambda _: said})

    for length, status in ((longest, 200), (longest + 2_000, 413)):
        response = says(length)
        assert response["statusCode"] == status
        assert len(json.dumps(response)) < 6 * 1024 * 1024
    assert f"at most {LARGEST_ANSWER_BYTES} are given" in json.loads(response["body"])["error"]
