"""Asks a service for JSON over HTTP: one request at a time, each with a time limit.

urllib3 is what botocore itself stands on, so it is in every function already and in no layer.
"""

import json
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, ClassVar, TypeVar
from urllib.parse import urlsplit

import urllib3
from pydantic import BaseModel, ValidationError

from deskhand.errors import Rejected, Unavailable
from deskhand.text.deliveries import in_plain_words

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

AnswerT = TypeVar("AnswerT", bound=BaseModel)
_THIS_MACHINE = {"127.0.0.1", "localhost", "::1"}


def is_private(address: str) -> bool:
    """Whether nobody on the way can read what goes to this address."""
    parts = urlsplit(address)
    return parts.scheme == "https" or parts.hostname in _THIS_MACHINE


class JsonApi(ABC):
    """A service's REST interface under one address. Where it asks for a short pause, it is asked
    once more after it."""

    service: ClassVar[str]
    """As people call it."""
    setting: ClassVar[str]
    """The environment variable that holds its address."""

    def __init__(
        self,
        address: str,
        *,
        timeout_s: float = 7.0,
        patience_s: float = 3.0,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        if not is_private(address):
            raise Rejected(f"{self.setting} has to begin with https://, not {address!r}")
        self._address = address.rstrip("/")
        self._patience_s = patience_s
        self._pause = pause
        limits = urllib3.Timeout(connect=min(timeout_s, 3.0), read=timeout_s)
        self._http = urllib3.PoolManager(timeout=limits, retries=False)

    @abstractmethod
    def headers(self) -> Mapping[str, str]:
        """What each request says of us."""

    @abstractmethod
    def refusal(self, answer: "BaseHTTPResponse", path: str) -> Exception | None:
        """What an answer means to this service alone; None where all mean the same by it."""

    def wait_s(self, answer: "BaseHTTPResponse") -> float:
        """How long it asks to be left alone; for ever when it does not say."""
        text = answer.headers.get("retry-after", "")
        return float(text) if text.isdigit() else float("inf")

    def asked(
        self,
        shape: type[AnswerT],
        method: str,
        target: str,
        body: bytes | None = None,
        *,
        named: str = "",
    ) -> AnswerT:
        """What it answers; `named` is what its errors call the target instead."""
        path = named or target
        answer = self._sent(method, target, body)
        wait_s = self.wait_s(answer)
        if answer.status == 429 and wait_s <= self._patience_s:
            self._pause(wait_s)
            answer = self._sent(method, target, body)
        if not 200 <= answer.status < 300:
            raise self.refusal(answer, path) or self._common_refusal(answer, path)
        try:
            given = json.loads(answer.data)
        except ValueError as error:
            raise Unavailable(f"{self.service}, whose answer was cut off,") from error
        try:
            return shape.model_validate(given)
        except ValidationError as error:
            words = in_plain_words(error)
            raise Rejected(
                f"{self.service} answered {path} with what we cannot read: {words}"
            ) from error

    def _sent(self, method: str, target: str, body: bytes | None) -> "BaseHTTPResponse":
        try:
            return self._http.request(
                method, self._address + target, body=body, headers=self.headers(), redirect=False
            )
        except urllib3.exceptions.HTTPError as error:
            raise Unavailable(self.service) from error

    def _common_refusal(self, answer: "BaseHTTPResponse", path: str) -> Exception:
        status = answer.status
        if status >= 500 or status == 408:
            return Unavailable(f"{self.service} (it answered {status})")
        if status < 400:
            return Rejected(f"{self.service} sends us elsewhere ({status}): look at {self.setting}")
        said = answer.data[:300].decode("utf-8", "replace").replace("\n", " ")
        return Rejected(f"{self.service} refused {path} ({status}): {said}")
