"""Between API Gateway's HTTP events and the jobs that answer them."""

import base64
import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote

from aws_lambda_powertools import Logger

from deskhand.domain.web import Answer, Request, refusal
from deskhand.errors import Rejected, Unavailable

Route = Callable[[Request], Answer]

LARGEST_ANSWER_BYTES = 5_500_000
"""Lambda gives 6 MB, in which the body is once more a JSON text; the local AWS gives anything."""

logger = Logger(service="deskhand")


def answer(event: Mapping[str, Any], routes: Mapping[str, Route]) -> dict[str, Any]:
    """The response to one event (payload format 2.0); an error is told, not raised.

    `Rejected` is the sender's to mend (400), `Unavailable` is worth another try (503).
    """
    request = read_request(event)
    try:
        found = routes[request.route](request)
    except Rejected as error:
        found = refusal(400, str(error))
    except Unavailable as error:
        found = refusal(503, f"{error} is not available; send it again")
    body = found.page or json.dumps(found.body)
    size = len(json.dumps(body))
    if size > LARGEST_ANSWER_BYTES:
        found = refusal(
            413, f"the answer has {size} bytes; at most {LARGEST_ANSWER_BYTES} are given"
        )
        body = json.dumps(found.body)
    logger.info("answered", extra={"route": request.route, "status": found.status})
    html = bool(found.page)
    return {
        "statusCode": found.status,
        "headers": {
            "content-type": "text/html; charset=utf-8" if html else "application/json",
            "cache-control": "no-store",
            "x-content-type-options": "nosniff",
            **({"content-security-policy": "frame-ancestors 'none'"} if html else {}),
        },
        "body": body,
    }


def read_request(event: Mapping[str, Any]) -> Request:
    """The request in an event, with its raw body."""
    body = event.get("body") or ""
    raw = base64.b64decode(body) if event.get("isBase64Encoded") else body.encode()
    path = event.get("pathParameters") or {}
    return Request(
        route=event["routeKey"],
        path={name: unquote(value) for name, value in path.items()},
        query=event.get("queryStringParameters") or {},
        headers={name.lower(): value for name, value in (event.get("headers") or {}).items()},
        body=raw,
    )
