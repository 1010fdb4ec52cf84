"""Speaks HTTP with Intercom: one request at a time, each with a time limit."""

import json
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlencode, urlsplit

import urllib3
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from deskhand.domain.noun import Noun
from deskhand.errors import Rejected, Unavailable
from deskhand.ports import Clock
from deskhand.text.deliveries import in_plain_words

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

AnswerT = TypeVar("AnswerT", bound=BaseModel)
VERSION = "2.16"
OF_THIS_MACHINE = {"127.0.0.1", "localhost", "::1"}


class IntercomAccount(Noun):
    """What the secret of Intercom holds."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    access_token: str = Field(min_length=1, pattern=r"^[!-~]+$")


def read_account(text: str) -> IntercomAccount:
    """The account in the secret's text. `Rejected`: what is wrong with it, and no part of it."""
    try:
        return IntercomAccount.model_validate_json(text)
    except ValidationError as error:
        wanted = "a JSON object with access_token"
        raise Rejected(
            f"the secret of Intercom is to be {wanted}; {in_plain_words(error)}"
        ) from None


class IntercomApi:
    """Intercom's REST interface under the address of one region."""

    def __init__(
        self,
        address: str,
        account: Callable[[], IntercomAccount],
        *,
        clock: Clock,
        timeout_s: float = 7.0,
        patience_s: float = 3.0,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._address = _checked(address)
        self._account = account
        self._clock = clock
        self._patience_s = patience_s
        self._pause = pause
        limits = urllib3.Timeout(connect=min(timeout_s, 3.0), read=timeout_s)
        self._http = urllib3.PoolManager(timeout=limits, retries=False)

    def get(self, shape: type[AnswerT], path: str, **query: str) -> AnswerT:
        """What is there. `Rejected`: nothing is, or we may not see it."""
        target = f"{path}?{urlencode(query)}" if query else path
        answer = self._sent(target)
        wait_s = self._wait_s(answer)
        if answer.status == 429 and wait_s <= self._patience_s:
            self._pause(wait_s)
            answer = self._sent(target)
        _refuse(answer, path, wait_s)
        try:
            return shape.model_validate(json.loads(answer.data))
        except ValidationError as error:
            words = in_plain_words(error)
            raise Rejected(f"Intercom answered {path} with what we cannot read: {words}") from error
        except ValueError as error:
            raise Unavailable("Intercom, whose answer was cut off,") from error

    def _sent(self, target: str) -> "BaseHTTPResponse":
        headers = {
            "authorization": f"Bearer {self._account().access_token}",
            "accept": "application/json",
            "intercom-version": VERSION,
        }
        try:
            return self._http.request(
                "GET", self._address + target, headers=headers, redirect=False
            )
        except urllib3.exceptions.HTTPError as error:
            raise Unavailable("Intercom") from error

    def _wait_s(self, answer: "BaseHTTPResponse") -> float:
        """How long Intercom asks to be left alone; for ever when it does not say."""
        wait_s = answer.headers.get("retry-after", "")
        if wait_s.isdigit():
            return float(wait_s)
        until = answer.headers.get("x-ratelimit-reset", "")
        if until.isdigit():
            return max(float(until) - self._clock().timestamp(), 0.0)
        return float("inf")


def _checked(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme != "https" and parts.hostname not in OF_THIS_MACHINE:
        raise Rejected(f"DESKHAND_INTERCOM_URL has to begin with https://, not {address!r}")
    return address.rstrip("/")


def _refuse(answer: "BaseHTTPResponse", path: str, wait_s: float) -> None:
    """Raises what an answer means that is none of success."""
    status = answer.status
    if 200 <= status < 300:
        return
    if status == 429:
        raise Unavailable(f"Intercom, which asks for a pause of {wait_s:g} seconds,")
    if status >= 500 or status == 408:
        raise Unavailable(f"Intercom (it answered {status})")
    if status in (401, 403):
        raise Rejected(
            f"Intercom does not let us in ({status}): look at the access token, and whether its"
            " app may read articles"
        )
    if status == 404:
        raise Rejected(
            f"Intercom has nothing at {path}: look at DESKHAND_INTERCOM_URL, or take intercom out"
            " of the parameter HelpCentres"
        )
    if status < 400:
        raise Rejected(f"Intercom sends us elsewhere ({status}): look at DESKHAND_INTERCOM_URL")
    said = answer.data[:300].decode("utf-8", "replace").replace("\n", " ")
    raise Rejected(f"Intercom refused {path} ({status}): {said}")
