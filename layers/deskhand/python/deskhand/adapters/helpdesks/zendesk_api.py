"""Speaks HTTP with Zendesk: what it is asked, page after page, and what its refusals mean."""

import json
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from urllib.parse import urlencode

import urllib3

from deskhand.adapters.helpdesks.zendesk_account import ZendeskAccount
from deskhand.adapters.helpdesks.zendesk_shapes import Page, Shape
from deskhand.adapters.json_api import JsonApi, is_private
from deskhand.errors import Rejected, Unavailable

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

AnswerT = TypeVar("AnswerT", bound=Shape)
MOST_HOPS = 3
PIECE_BYTES = 65_536
MOST_PAGES = 60  # a ticket has at most 5,000 comments, a page 100


class NotThereError(Rejected):
    """Zendesk has no such thing."""


class CollisionError(Unavailable):
    """The ticket was changed after it was read, so nothing was written."""


class Fetched(NamedTuple):
    """What came of asking for a file."""

    status: int
    headers: Mapping[str, str]
    data: bytes


class ZendeskApi(JsonApi):
    """Zendesk's REST interface under one address."""

    service = "Zendesk"
    setting = "DESKHAND_ZENDESK_URL"

    def __init__(
        self,
        address: str,
        account: Callable[[], ZendeskAccount],
        *,
        timeout_s: float = 7.0,
        patience_s: float = 3.0,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        super().__init__(address, timeout_s=timeout_s, patience_s=patience_s, pause=pause)
        self._account = account

    def get(self, shape: type[AnswerT], path: str, **query: str) -> AnswerT:
        """What is there. `Rejected`: nothing is, or we may not see it."""
        return self.asked(shape, "GET", f"{path}?{urlencode(query)}" if query else path)

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
        return self.asked(shape, "PUT", path, json.dumps(body).encode())

    def file_at(self, url: str, *, max_bytes: int, until_s: float = float("inf")) -> bytes:
        """A file's content. It is asked for at Zendesk itself, which sends us on to where it lies;
        there nobody is told who we are. `Rejected`: it lies elsewhere, is gone, is larger, or is
        not there until then, by `time.monotonic`."""
        if not url.startswith(f"{self._address}/"):
            raise Rejected("Zendesk names a place for a file that is not its own")
        answer = self._fetched(url, self.headers(), max_bytes, until_s)
        for _ in range(MOST_HOPS):
            place = answer.headers.get("location", "") if 300 <= answer.status < 400 else ""
            if not place:
                break
            if not is_private(place):
                raise Rejected("Zendesk sends us to a file over an open line")
            answer = self._fetched(place, {}, max_bytes, until_s)
        if answer.status == 429 or answer.status >= 500:
            raise Unavailable(f"Zendesk (a file was answered with {answer.status})")
        if answer.status != 200:
            raise Rejected(f"Zendesk does not give us the file ({answer.status})")
        if len(answer.data) > max_bytes:
            raise Rejected(f"the file is larger than {max_bytes} bytes")
        return answer.data

    def _fetched(
        self, url: str, headers: Mapping[str, str], max_bytes: int, until_s: float
    ) -> "Fetched":
        """No more of it than is allowed and a little: as it was sent, so that nothing unfolds."""
        plain = {**headers, "accept-encoding": "identity"}
        content = bytearray()
        try:
            with self._http.request(
                "GET", url, headers=plain, redirect=False, preload_content=False
            ) as answer:
                while piece := answer.read1(PIECE_BYTES, decode_content=False):
                    content += piece
                    if len(content) > max_bytes:
                        break
                    if time.monotonic() > until_s:
                        raise Rejected("the file comes too slowly")
                return Fetched(answer.status, answer.headers, bytes(content))
        except urllib3.exceptions.HTTPError as error:
            raise Unavailable(self.service) from error

    def headers(self) -> Mapping[str, str]:
        """Who asks, and that it is about JSON."""
        account = self._account()
        headers = urllib3.make_headers(basic_auth=f"{account.agent}/token:{account.api_token}")
        return {**headers, "accept": "application/json", "content-type": "application/json"}

    def refusal(self, answer: "BaseHTTPResponse", path: str) -> Exception | None:
        """What is not there, was changed meanwhile, or may not be asked (now)."""
        status = answer.status
        if status == 404:
            return NotThereError(f"Zendesk has nothing at {path}")
        if status == 409:
            return CollisionError("the ticket, which somebody else has just changed,")
        if status == 429:
            wait_s = answer.headers.get("retry-after", "some")
            return Unavailable(f"Zendesk, which asks for a pause of {wait_s} seconds,")
        if status in (401, 403):
            return Rejected(
                f"Zendesk does not let us in ({status}): look at the agent and its API token"
            )
        return None
