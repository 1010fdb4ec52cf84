"""Speaks HTTP with Zendesk: one request at a time, each with a time limit.

urllib3 is what botocore itself stands on, so it is in every function already and in no layer.
"""

import json
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode, urlsplit

import urllib3
from pydantic import ValidationError

from deskhand.adapters.helpdesks.zendesk_account import ZendeskAccount
from deskhand.adapters.helpdesks.zendesk_shapes import Page, Shape
from deskhand.errors import Rejected, Unavailable
from deskhand.text.deliveries import in_plain_words

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

AnswerT = TypeVar("AnswerT", bound=Shape)
MOST_PAGES = 60  # a ticket has at most 5,000 comments, a page 100
OF_THIS_MACHINE = {"127.0.0.1", "localhost", "::1"}


class NotThereError(Rejected):
    """Zendesk has no such thing."""


class CollisionError(Unavailable):
    """The ticket was changed after it was read, so nothing was written."""


class ZendeskApi:
    """Zendesk's REST interface under one address."""

    def __init__(
        self,
        address: str,
        account: Callable[[], ZendeskAccount],
        *,
        timeout_s: float = 7.0,
        patience_s: float = 3.0,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._address = _checked(address)
        self._account = account
        self._patience_s = patience_s
        self._pause = pause
        limits = urllib3.Timeout(connect=min(timeout_s, 3.0), read=timeout_s)
        self._http = urllib3.PoolManager(timeout=limits, retries=False)

    def get(self, shape: type[AnswerT], path: str, **query: str) -> AnswerT:
        """What is there. `Rejected`: nothing is, or we may not see it."""
        return self._asked(shape, "GET", f"{path}?{urlencode(query)}" if query else path)

    def pages(self, path: str, **query: str) -> list[Page]:
        """A whole list, page after page, in the order in which it came about."""
        pages = [self.get(Page, path, **query, **{"page[size]": "100"})]
        while pages[-1].meta.has_more:
            if len(pages) == MOST_PAGES:
                raise Rejected(f"Zendesk has more than {MOST_PAGES} pages at {path}")
            after = {"page[size]": "100", "page[after]": pages[-1].meta.after_cursor}
            pages.append(self.get(Page, path, **query, **after))
        return pages

    def put(self, shape: type[AnswerT], path: str, body: Mapping[str, Any]) -> AnswerT:
        """What became of a change. `Unavailable`: nobody knows whether it was made, unless it is
        a `CollisionError`."""
        return self._asked(shape, "PUT", path, json.dumps(body).encode())

    def _asked(
        self, shape: type[AnswerT], method: str, path: str, body: bytes | None = None
    ) -> AnswerT:
        answer = self._sent(method, path, body)
        wait_s = _wait_s(answer)
        if answer.status == 429 and wait_s <= self._patience_s:
            self._pause(wait_s)
            answer = self._sent(method, path, body)
        _refuse(answer, path)
        try:
            given = json.loads(answer.data)
        except ValueError as error:
            raise Unavailable("Zendesk, whose answer was cut off,") from error
        try:
            return shape.model_validate(given)
        except ValidationError as error:
            words = in_plain_words(error)
            raise Rejected(f"Zendesk answered {path} with what we cannot read: {words}") from error

    def _sent(self, method: str, path: str, body: bytes | None) -> "BaseHTTPResponse":
        account = self._account()
        headers = urllib3.make_headers(basic_auth=f"{account.agent}/token:{account.api_token}")
        headers |= {"accept": "application/json", "content-type": "application/json"}
        try:
            return self._http.request(
                method, self._address + path, body=body, headers=headers, redirect=False
            )
        except urllib3.exceptions.HTTPError as error:
            raise Unavailable("Zendesk") from error


def _checked(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme != "https" and parts.hostname not in OF_THIS_MACHINE:
        raise Rejected(f"DESKHAND_ZENDESK_URL has to begin with https://, not {address!r}")
    return address.rstrip("/")


def _wait_s(answer: "BaseHTTPResponse") -> float:
    """How long Zendesk asks to be left alone; for ever when it does not say."""
    text = answer.headers.get("retry-after", "")
    return float(text) if text.isdigit() else float("inf")


def _refuse(answer: "BaseHTTPResponse", path: str) -> None:
    """Raises what an answer means that is none of success."""
    status = answer.status
    if 200 <= status < 300:
        return
    if status == 404:
        raise NotThereError(f"Zendesk has nothing at {path}")
    if status == 409:
        raise CollisionError("the ticket, which somebody else has just changed,")
    if status == 429:
        wait_s = answer.headers.get("retry-after", "some")
        raise Unavailable(f"Zendesk, which asks for a pause of {wait_s} seconds,")
    if status >= 500 or status == 408:
        raise Unavailable(f"Zendesk (it answered {status})")
    if status in (401, 403):
        raise Rejected(
            f"Zendesk does not let us in ({status}): look at the agent and its API token"
        )
    if status < 400:
        raise Rejected(f"Zendesk sends us elsewhere ({status}): look at DESKHAND_ZENDESK_URL")
    raise Rejected(f"Zendesk refused {path} ({status}): {_said(answer.data)}")


def _said(data: bytes) -> str:
    return data[:300].decode("utf-8", "replace").replace("\n", " ")
